import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { main } from '#cli/main.ts'
import { readProfileOption } from '#cli/profile-file.ts'
import { createOcsMock, defineApp, loadProfile, type OcsMock } from '#index.ts'
import { recordedIo } from '../support/command-io.ts'

const folder = mkdtempSync(join(tmpdir(), 'ocs-mock-profile-'))
const file = join(folder, 'cloud.json')
afterAll(() => rmSync(folder, { recursive: true }))

/** A server that no shipped profile describes: another version, with an app more. */
let server: OcsMock

beforeAll(async () => {
  const nextcloud33 = await loadProfile('nextcloud-33')
  const profile = { ...nextcloud33, versionString: '33.0.7', version: [33, 0, 7, 1] }
  server = createOcsMock({ profile, apps: [defineApp('shelf', { name: 'Shelf', version: '2.1.0' })] })
})

async function profileFrom(...args: string[]) {
  const io = { ...recordedIo(), fetch: server.fetch }
  const code = await main(['profile', ...args], io)
  return { code, ...io.text }
}

const ADMIN = ['--user', 'admin', '--password', 'admin']

describe('ocs-mock profile from', () => {
  it('writes how a server differs from the shipped profile that is nearest to it', async () => {
    const { code, err } = await profileFrom('from', 'http://cloud.example.com', ...ADMIN, '--to', file)
    const document = JSON.parse(readFileSync(file, 'utf8'))

    expect(code).toBe(0)
    expect(err).toContain('Nextcloud 33.0.7 over nextcloud-33: apps, app-info differ.')
    expect(document).toMatchObject({ over: 'nextcloud-33', release: 33, versionString: '33.0.7' })
    expect(document.layers.apps.list.added).toMatchObject([{ entry: { id: 'shelf', version: '2.1.0' } }])
  })

  it('makes a profile that answers as the server does', async () => {
    const ocs = createOcsMock({ profile: await readProfileOption(file) })
    const headers = {
      Authorization: `Basic ${btoa('admin:admin')}`,
      'OCS-APIRequest': 'true',
      Accept: 'application/json',
    }
    const shelf = await ocs.fetch('http://localhost/ocs/v2.php/cloud/apps/shelf', { headers })
    const status = await ocs.fetch('http://localhost/status.php')

    expect((await shelf.json()).ocs.data.name).toBe('Shelf')
    expect(await status.json()).toMatchObject({ version: '33.0.7.1', versionstring: '33.0.7' })
  })

  it('makes a profile of a recording too, where what nobody asked stays as it was', async () => {
    const recording = join(folder, 'recording')
    const io = { ...recordedIo(), fetch: server.fetch }
    const args = ['http://cloud.example.com', ...ADMIN, '--to', recording, '--update']
    expect(await main(['record', ...args, '--app', '^provisioning_api$'], io)).toBe(0)
    const { code, err, out } = await profileFrom('from', recording)
    const document = JSON.parse(out)

    expect(code).toBe(0)
    expect(err).toContain('Nextcloud 33.0.7 over nextcloud-33: apps, app-info differ.')
    expect(err).toContain('As in nextcloud-33, because that is not told:')
    expect(document).toMatchObject({ over: 'nextcloud-33', versionString: '33.0.7', version: [33, 0, 7, 1] })
    expect(document.layers.apps.list.added).toMatchObject([{ entry: { id: 'shelf', enabled: true } }])
  })

  it('says what is missing: a command, an account, a server', async () => {
    expect((await profileFrom('of', 'http://cloud.example.com')).err).toContain('write "ocs-mock profile from URL"')
    expect((await profileFrom('from', 'http://cloud.example.com')).err).toContain('--user and --password')
  })
})

describe('a profile in a file', () => {
  it('has to be there, and to be one', async () => {
    const broken = join(folder, 'broken.json')
    const other = join(folder, 'other.json')
    writeFileSync(broken, '{')
    writeFileSync(other, '{"id": "x"}')

    await expect(readProfileOption(join(folder, 'none.json'))).rejects.toThrow('there is no such file')
    await expect(readProfileOption(broken)).rejects.toThrow('it is no JSON')
    await expect(readProfileOption(other)).rejects.toThrow('expected present')
  })

  it('is not looked for where a name is meant', async () => {
    await expect(readProfileOption('nextcloud-5.1')).rejects.toThrow('Known are: nextcloud-34')
    expect((await readProfileOption('nextcloud-33')).id).toBe('nextcloud-33')
  })
})
