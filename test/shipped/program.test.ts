import { request } from 'node:http'
import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { startProgram } from './support/program.ts'

describe('the program', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('ends cleanly on %s, with a connection open', async (signal) => {
    const program = await startProgram(['serve', '--port', '0'])
    await fetch(`${program.url}/status.php`)
    expect(await program.end(signal)).toBe(0)
    expect(program.err).toBe('')
  })

  it('refuses with one line and exit code 2', async () => {
    await expect(startProgram(['serve', '--profile', 'nextcloud-1'])).rejects.toThrow(
      /^ocs-mock ended with 2: ocs-mock: Failed to find the profile "nextcloud-1"[^\n]*\n$/,
    )
  })

  it('survives whatever comes in', async () => {
    const program = await startProgram(['serve', '--port', '0', '--quiet'])
    const { port } = new URL(program.url)
    for (const bytes of BROKEN) await sendBytes(Number(port), bytes)
    for (const path of STRANGE) {
      await sendRequest(Number(port), path)
    }
    expect((await fetch(`${program.url}/status.php`)).status).toBe(200)
    expect(await program.end()).toBe(0)
    expect(program.err).toBe('')
  })
})

/** What is no HTTP, or ends too early. */
const BROKEN = [
  'GET\r\n\r\n',
  '\u0000\u0001\u0002',
  'GET /status.php HTTP/1.1\r\n\r\n',
  'POST /ocs/v2.php/cloud/groups HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nshort',
  'POST /ocs/v2.php/cloud/groups HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
]

const STRANGE = [
  '/ocs/v2.php/%',
  '/ocs/v2.php/%ff%fe',
  '/ocs/v2.php/cloud/users/%00',
  '/ocs/v2.php/config?a[[]]=1&[b]=2&__proto__[x]=1',
  '/ocs/v2.php//////',
  '/ocs/v2.php/../../etc/passwd',
  '/w//status.php',
  '/w/%/status.php',
  '/__admin/%',
  '//',
  `/ocs/v2.php/${'x/'.repeat(5000)}`,
]

/** Send and hang up when an answer came, or when there is none to wait for. */
function sendBytes(port: number, bytes: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes, () => socket.end()))
    socket.on('data', () => socket.destroy())
    socket.on('error', () => resolve())
    socket.on('close', () => resolve())
  })
}

/** A request that no URL parser has looked at. */
function sendRequest(port: number, path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const headers = { 'OCS-APIRequest': 'true', Authorization: `Basic ${btoa('admin:admin')}`, Cookie: 'a=%; b' }
    const sent = request({ port, host: '127.0.0.1', path, headers }, (response) => {
      response.resume()
      response.on('end', () => resolve(response.statusCode))
    })
    sent.on('error', reject)
    sent.end()
  })
}
