import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningServer, startServer } from '#adapters/node-server.ts'
import { main } from '#cli/main.ts'
import { createOcsMock } from '#index.ts'
import type { Answer, Call } from '#line/call.ts'
import { judgeRecording } from '#verify/record.ts'
import { readRecording } from '#verify/recording.ts'
import { shipped } from '../../support/catalogue.ts'
import { recordedIo } from '../../support/command-io.ts'

const folder = mkdtempSync(join(tmpdir(), 'ocs-mock-proxy-'))
afterAll(() => rmSync(folder, { recursive: true }))

const ocs = createOcsMock({
  seed: { users: [{ id: 'alice', password: 'alice-password', groups: ['staff'] }] },
  onNotBuilt: () => {},
})
/** What becomes of an answer of the fake. */
let spoil = (_call: Call, answer: Answer): Answer => answer
let server: RunningServer
beforeAll(async () => {
  server = await startServer({ handle: async (call) => spoil(call, await ocs.handle(call)) })
})
afterAll(() => server.close())

type SendRequest = (path: string, init?: RequestInit & { as?: string }) => Promise<Response>

/** Run the command while a client asks, and end it. */
async function throughProxy(
  client: (ask: SendRequest, shown: () => string) => Promise<void>,
  args: readonly string[] = [],
) {
  const io = recordedIo()
  const ended = main(['record', '--proxy', server.url, ...args], io)
  let proxy: string | undefined
  while (!proxy) {
    await new Promise((resolve) => setImmediate(resolve))
    proxy = /^(http\S+) stands in front/m.exec(io.text.out)?.[1]
  }
  const ask: SendRequest = async (path, { as = 'alice:alice-password', ...init } = {}) => {
    const headers = new Headers({ 'OCS-APIRequest': 'true', Accept: 'application/json', ...(init.headers as object) })
    if (as !== '') headers.set('Authorization', `Basic ${btoa(as)}`)
    const answer = await fetch(proxy + path, { redirect: 'manual', ...init, headers })
    return new Response(await answer.arrayBuffer(), answer)
  }
  await client(ask, () => io.text.err)
  io.end()
  return { code: await ended, ...io.text }
}

const ordinaryClient = async (ask: SendRequest) => {
  await ask('/status.php')
  await ask('/ocs/v2.php/cloud/capabilities', { as: '' })
  await ask('/ocs/v2.php/cloud/user')
  await ask('/ocs/v1.php/cloud/user?format=xml', { headers: { Accept: '*/*' } })
  await ask('/ocs/v2.php/cloud/users')
  await ask('/ocs/v2.php/cloud/users', { as: 'admin:admin' })
  await ask('/ocs/v2.php/cloud/users/nobody', { as: 'admin:admin' })
  await ask('/ocs/v2.php/cloud/users', { as: 'admin:wrong' })
  await ask('/ocs/v2.php/cloud/users', { as: '' })
  await ask('/ocs/v2.php/no/such/route')
  await ask('/ocs/v2.php/cloud/user', { headers: { 'OCS-APIRequest': '' } })
  await ask('/ocs/v2.php/core/getapppassword')
  const status = { method: 'PUT', body: new URLSearchParams({ statusType: 'away' }) }
  await ask('/ocs/v2.php/apps/user_status/api/v1/user_status/status', status)
  await ask('/ocs/v2.php/apps/user_status/api/v1/user_status')
  const group = {
    method: 'POST',
    body: JSON.stringify({ groupid: 'team' }),
    headers: { 'Content-Type': 'application/json' },
  }
  await ask('/ocs/v2.php/cloud/groups', { ...group, as: 'admin:admin' })
  await ask('/ocs/v2.php/cloud/groups', { ...group, as: 'admin:admin' })
  await ask('/ocs/v2.php/apps/spreed/api/v4/room')
}

describe('ocs-mock record --proxy', () => {
  it('finds nothing in what a client asks of a server that conforms', async () => {
    const { code, out, err } = await throughProxy(ordinaryClient)
    expect(err).not.toContain('expected')
    expect(code).toBe(0)
    expect(out).toMatch(/^provisioning_api +\d+ +· /m)
    expect(out).toContain('1 requests were not judged: the app spreed is not defined here.')
    expect(err).toContain('1 requests passed and were not recorded: they asked for something else than OCS.')
  })

  it('says what is wrong while it goes on, once for each', async () => {
    spoil = (call, answer) =>
      call.path.endsWith('/cloud/user') && answer.status === 200
        ? { ...answer, body: String(answer.body).replace('"enabled":true', '"enabled":"yes"') }
        : answer
    let live = ''
    const { code, out, err } = await throughProxy(async (ask, shown) => {
      await ask('/ocs/v2.php/cloud/user')
      while (!shown().includes('$OCS_USER')) await new Promise((resolve) => setImmediate(resolve))
      live = shown()
      await ask('/ocs/v2.php/cloud/user')
    })
    spoil = (_call, answer) => answer
    expect(code).toBe(1)
    expect(live).toContain('breaks: /ocs/data/enabled (schema)')
    expect(live).toContain('seen     alice v2 json')
    expect(err.match(/\/ocs\/data\/enabled/g)).toHaveLength(1)
    expect(out).toContain('1 breaks')
    expect(out + err).not.toContain('alice-password')
  })

  it('notices a client that gets what it may not have', async () => {
    spoil = (call, answer) =>
      answer.status === 403 && call.path.endsWith('/cloud/users')
        ? {
            ...answer,
            status: 200,
            body: '{"ocs":{"meta":{"status":"ok","statuscode":200,"message":"OK"},"data":{"users":["admin"]}}}',
          }
        : answer
    const { code, out } = await throughProxy(async (ask) => {
      await ask('/ocs/v2.php/cloud/user')
      await ask('/ocs/v2.php/cloud/users')
    })
    spoil = (_call, answer) => answer
    expect(code).toBe(1)
    expect(out).toContain('403 Logged in account must be at least a sub admin')
  })

  it('keeps what passed, to be judged again, and says what differs the next time', async () => {
    const to = ['--to', join(folder, 'client')]
    ocs.reset()
    expect((await throughProxy(ordinaryClient, to)).out).toContain('There is no recording yet.')
    ocs.reset()
    expect((await throughProxy(ordinaryClient, [...to, '--update'])).err).toMatch(/Wrote 16 answers to 16 questions/)
    const recording = readRecording(join(folder, 'client'))
    expect(recording.cases.map(({ kind }) => kind)).not.toContain('valid')
    expect(await judgeRecording(recording, shipped.catalogue)).toEqual([])
    ocs.reset()
    const { out } = await throughProxy(
      (ask) => ask('/ocs/v2.php/cloud/groups/staff', { as: 'admin:admin' }).then(() => {}),
      to,
    )
    expect(out).toContain('whole case: not asked → recorded')
  })

  it('says what it cannot do before it begins', async () => {
    for (const [args, words] of [
      [['--proxy', 'http://127.0.0.1:9'], 'Failed to reach http://127.0.0.1:9'],
      [['--proxy', server.url, '--port', '99999'], 'Failed to read --port "99999"'],
      [['--proxy', server.url, '--har', 'x'], 'give --proxy or --har, not both'],
      [['--proxy', server.url, '--update'], 'say with --to which folder'],
      [['--proxy', server.url, 'http://a.b'], 'the URL is given with --proxy'],
      [['--proxy', server.url, '--port', String(server.port)], 'the port is in use'],
    ] as const) {
      const io = recordedIo()
      expect([args, await main(['record', ...args], io), io.text.err]).toEqual([
        args,
        2,
        expect.stringContaining(words),
      ])
    }
  })
})
