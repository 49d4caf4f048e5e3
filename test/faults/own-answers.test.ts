import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readFixtureFolder } from '#cli/fixture-folder.ts'
import { readScenarioFile } from '#cli/scenario-file.ts'
import { createOcsMock, type OcsMock, savedAnswer } from '#index.ts'
import { serve } from '#server.ts'

const LIST = 'user_status-predefined_status-find-all'
const USER = 'provisioning_api-users-get-user'
const CAPABILITIES = 'core-ocs-get-capabilities'

async function ask(ocs: OcsMock, path: string, as = 'admin:admin') {
  const response = await ocs.fetch(`https://cloud.example.com${path}`, {
    headers: { Authorization: `Basic ${btoa(as)}`, 'OCS-APIRequest': 'true', Accept: 'application/json' },
  })
  const { ocs: answer } = await response.json()
  return { status: response.status, meta: answer.meta, data: answer.data, etag: response.headers.get('ETag') }
}

const statuses = (ocs: OcsMock, version = 2) =>
  ask(ocs, `/ocs/v${version}.php/apps/user_status/api/v1/predefined_statuses`)
const capabilities = async (ocs: OcsMock) => (await ask(ocs, '/ocs/v2.php/cloud/capabilities')).data.capabilities

describe('an answer of your own', () => {
  it('stands in the envelope of either version', async () => {
    const ocs = createOcsMock()
    ocs.answer(LIST, [{ id: 'mine' }])
    expect(await statuses(ocs)).toMatchObject({ status: 200, meta: { statuscode: 200 }, data: [{ id: 'mine' }] })
    expect(await statuses(ocs, 1)).toMatchObject({ status: 200, meta: { statuscode: 100 }, data: [{ id: 'mine' }] })
  })

  it('may be a failure, and may come once', async () => {
    const ocs = createOcsMock()
    ocs.answer(LIST, [], { status: 404, message: 'Gone', once: true })
    expect(await statuses(ocs)).toMatchObject({ status: 404, meta: { statuscode: 404, message: 'Gone' } })
    expect((await statuses(ocs)).data.length).toBeGreaterThan(1)
  })

  it('goes before what was said earlier', async () => {
    const ocs = createOcsMock({ fixtures: { [LIST]: { data: ['fixture'] } } })
    ocs.patch(LIST, ['patched'])
    ocs.answer(LIST, ['once'], { once: true })
    const data = [await statuses(ocs), await statuses(ocs)].map((answer) => answer.data)
    expect(data).toEqual([['once'], ['patched']])
  })

  it('can be made of what was asked, by whom, and of the world', async () => {
    const ocs = createOcsMock({ seed: { users: [{ id: 'alice' }] } })
    ocs.answer(USER, async ({ input, account, world }) => ({
      id: input.userId,
      by: account,
      at: world.clock.seconds(),
    }))
    ocs.world.clock.freeze(1_800_000_000_000)
    const { data } = await ask(ocs, '/ocs/v2.php/cloud/users/alice', 'alice:alice')
    expect(data).toEqual({ id: 'alice', by: 'alice', at: 1_800_000_000 })
  })

  it('is for those who may ask alone', async () => {
    const ocs = createOcsMock()
    ocs.answer(USER, { id: 'x' })
    expect((await ask(ocs, '/ocs/v2.php/cloud/users/admin', 'admin:wrong')).status).toBe(401)
  })

  it('ends by its name, and with a reset', async () => {
    const ocs = createOcsMock()
    ocs.faults.remove(ocs.answer(LIST, []))
    expect((await statuses(ocs)).data).not.toEqual([])
    ocs.answer(LIST, [])
    ocs.reset()
    expect((await statuses(ocs)).data).not.toEqual([])
  })

  it('is refused for an operation that there is not', () => {
    const ocs = createOcsMock()
    expect(() => ocs.answer(`${LIST}l`, [])).toThrow(`Did you mean "${LIST}"?`)
    expect(() => ocs.patch(`${LIST}l`, {})).toThrow(`Did you mean "${LIST}"?`)
  })
})

describe('a patch of an answer', () => {
  it('changes some members, removes others, and leaves the rest', async () => {
    const ocs = createOcsMock()
    const before = await capabilities(ocs)
    ocs.patch(CAPABILITIES, {
      capabilities: { files: { bigfilechunking: null }, core: { pollinterval: 5 }, mine: { on: true } },
    })
    const { bigfilechunking: _, ...files } = before.files
    const core = { ...before.core, pollinterval: 5 }
    expect(await capabilities(ocs)).toEqual({ ...before, files, core, mine: { on: true } })
  })

  it('has a name of its own for who asks whether it changed', async () => {
    const ocs = createOcsMock()
    const { etag } = await ask(ocs, '/ocs/v2.php/cloud/capabilities')
    ocs.patch(CAPABILITIES, { capabilities: { mine: true } })
    expect((await ask(ocs, '/ocs/v2.php/cloud/capabilities')).etag).not.toBe(etag)
  })

  it('does not touch failures, and does what the operation does', async () => {
    const ocs = createOcsMock()
    ocs.patch(USER, ({ input }) => ({ displayname: `Patched ${input.userId}` }))
    expect((await ask(ocs, '/ocs/v2.php/cloud/users/nobody')).status).toBe(404)
    const { data } = await ask(ocs, '/ocs/v2.php/cloud/users/admin')
    expect(data).toMatchObject({ id: 'admin', displayname: 'Patched admin', groups: ['admin'] })
  })

  it('can be told over the control API', async () => {
    const server = await serve()
    const body = JSON.stringify({ patch: { operation: CAPABILITIES, data: { capabilities: { theming: null } } } })
    const response = await fetch(`${server.url}/__admin/faults`, { method: 'POST', body })
    expect(response.status).toBe(200)
    expect(await capabilities(server.mock)).not.toHaveProperty('theming')
    await server.close()
  })

  it('can be a step of a scenario, its data in a file beside it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ocs-mock-'))
    writeFileSync(join(folder, 'no-theming.json'), '{"capabilities":{"theming":null}}')
    const file = join(folder, 'scenario.yaml')
    writeFileSync(file, `steps:\n  - patch:\n      operation: ${CAPABILITIES}\n      file: no-theming.json\n`)
    const { scenario } = await readScenarioFile(file)
    expect(await capabilities(createOcsMock({ scenario }))).not.toHaveProperty('theming')
    writeFileSync(file, `steps:\n  - patch:\n      operation: ${CAPABILITIES}s\n      data: {}\n`)
    await expect(readScenarioFile(file)).rejects.toThrow(`Did you mean "${CAPABILITIES}"?`)
  })
})

describe('fixtures', () => {
  it('answer from the beginning on, after a reset too, and in forks', async () => {
    const ocs = createOcsMock({ fixtures: { [LIST]: { data: ['mine'] } } })
    for (const mock of [ocs, ocs.fork()]) {
      expect((await statuses(mock)).data).toEqual(['mine'])
      mock.reset()
      expect((await statuses(mock)).data).toEqual(['mine'])
    }
  })

  it('are read from a folder: data, or whole answers as they were saved', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ocs-mock-'))
    writeFileSync(join(folder, `${LIST}.json`), '[{"id":"saved"}]')
    const whole = { ocs: { meta: { status: 'ok', statuscode: 100, message: 'OK' }, data: { id: 'saved' } } }
    writeFileSync(join(folder, `${USER}.json`), JSON.stringify(whole))
    const ocs = createOcsMock({ fixtures: await readFixtureFolder(folder) })
    expect((await statuses(ocs)).data).toEqual([{ id: 'saved' }])
    const answer = await ask(ocs, '/ocs/v2.php/cloud/users/admin')
    expect(answer).toMatchObject({ status: 200, meta: { statuscode: 200, message: 'OK' }, data: { id: 'saved' } })
  })

  it('of a saved failure are a failure', () => {
    const saved = { ocs: { meta: { status: 'failure', statuscode: 404, message: 'User does not exist' }, data: [] } }
    expect(savedAnswer(saved)).toEqual({ data: [], status: 404, message: 'User does not exist' })
  })

  it('that cannot be are told', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ocs-mock-'))
    await expect(readFixtureFolder(join(folder, 'missing'))).rejects.toThrow('there is no such folder')
    await expect(readFixtureFolder(folder)).rejects.toThrow('it has no file such as')
    writeFileSync(join(folder, `${LIST}.json`), '{')
    await expect(readFixtureFolder(folder)).rejects.toThrow(/Failed to read the fixture .*find-all\.json: /)
    expect(() => createOcsMock({ fixtures: { [`${LIST}s`]: { data: [] } } })).toThrow(`Did you mean "${LIST}"?`)
  })
})
