import { describe, expect, it } from 'vitest'
import { createOcsMock } from '#index.ts'
import { consumerTests, greetings, runConsumer } from '../support/consumer.ts'
import { ConsumerClient } from '../support/consumer-client.ts'
import { contractFolder, contractsIn, differing, reasons, verdicts, verifyOn } from '../support/contracts.ts'

const WHOLE = { timeout: 120_000 }

const cloud = () =>
  createOcsMock({
    apps: [greetings],
    seed: { users: [{ id: 'erin', groups: ['readers'] }], files: { erin: { '/notes.txt': 'Mine.' } } },
    onNotBuilt: () => {},
  })

/** What everybody on a server would see that something of ours was left. */
function remains({ world }: ReturnType<typeof cloud>): unknown {
  const { users, groups, members, shares, notifications, statuses, systemTags, appConfig } = world.dump().tables
  const nodes = Object.values(world.dump().tables.fileNodes ?? {}) as { storage: string; name: string }[]
  const homes = nodes.filter(({ storage }) => storage.startsWith('home::')).map(({ storage, name }) => storage + name)
  return {
    users: Object.keys(users ?? {}),
    groups,
    members,
    shares,
    notifications,
    statuses,
    systemTags,
    appConfig,
    homes,
  }
}

/** Contracts of the consumer's tests whose names have this in them. */
async function contractsOf(part: string) {
  const folder = contractFolder()
  await runConsumer(
    folder,
    consumerTests.filter(({ name }) => name.includes(part)),
  )
  return contractsIn(folder)
}

describe('our own fake', () => {
  it('holds all that a hundred tests rely on, and is afterwards as it was before', WHOLE, async () => {
    const server = cloud()
    await new ConsumerClient(server, 'admin').get('/cloud/user')
    const before = remains(server)

    const verification = await verifyOn(server.fetch, await contractsOf(''))

    expect(differing(verification)).toEqual([])
    expect(reasons(verification)).toEqual([])
    expect(verdicts(verification).length).toBeGreaterThan(140)
    expect(remains(server)).toEqual(before)
    expect(verification.left).toBeNull()
  })
})

describe('a server that answers otherwise', () => {
  it('is found out with the test that relies on it', WHOLE, async () => {
    const server = cloud()
    server.patch('user_status-set-status', { statusIsUserDefined: false })

    const verification = await verifyOn(server.fetch, await contractsOf('status'))

    expect(differing(verification)).toEqual(['status.test.ts › goes away: /ocs/data/statusIsUserDefined'])
    expect(
      verification.operations.filter(({ verdict }) => verdict === 'deviates').map(({ operation }) => operation),
    ).toEqual(['status.test.ts › goes away'])
  })

  it('is not blamed where nobody relies on it', WHOLE, async () => {
    const server = cloud()
    server.patch('files_sharing-shareapi-create-share', { note: 'broken' })

    expect(differing(await verifyOn(server.fetch, await contractsOf('status')))).toEqual([])
  })

  it('may say more than the tests saw', async () => {
    const server = cloud()
    server.patch('provisioning_api-users-get-current-user', { moods: ['fine'] })

    const verification = await verifyOn(server.fetch, await contractsOf('accounts.test.ts › shows oneself'))

    expect(verdicts(verification)).toEqual(['holds'])
    expect(verification.findings.map(({ severity, where }) => `${severity} ${where}`)).toEqual([
      'undocumented /ocs/data/moods',
    ])
  })

  it('may not have more in a list', async () => {
    const server = cloud()
    server.patch('provisioning_api-groups-get-group-users', { users: ['alice', 'mallory'] })
    const folder = contractFolder()
    await new ConsumerClient(createOcsMock({ contract: folder, seed: { groups: ['readers'] } }), 'admin').get(
      '/cloud/groups/readers/users',
    )

    const verification = await verifyOn(server.fetch, contractsIn(folder))

    expect(verdicts(verification)).toEqual(['differs'])
    expect(verification.findings.map(({ where }) => where)).toEqual(['/ocs/data/users/0'])
  })

  it('is judged by what the file says, whatever ocs-mock answers today', async () => {
    const [contract] = await contractsOf('accounts.test.ts › says that there is nobody')
    const older = JSON.parse(JSON.stringify(contract).replace('User does not exist', 'No such user'))

    expect(differing(await verifyOn(cloud().fetch, [older]))).toEqual([
      'accounts.test.ts › says that there is nobody: /ocs/meta/message',
    ])
  })
})

describe('what cannot be verified', () => {
  it('is a state that no API makes', async () => {
    const folder = contractFolder()
    const ocs = createOcsMock({
      contract: folder,
      seed: { users: [{ id: 'alice', password: 'alice' }], trash: { alice: { '/gone.txt': 'x' } } },
    })
    await new ConsumerClient(ocs, 'alice').dav('PROPFIND', '/trashbin/alice/trash', undefined, { Depth: '1' })

    expect(reasons(await verifyOn(cloud().fetch, contractsIn(folder)))).toEqual([
      'its state cannot be made on a real server: trash: no API makes it for one test alone',
    ])
  })

  it('is what would change a server for all, and nothing of it is sent', async () => {
    const folder = contractFolder()
    const ocs = createOcsMock({ contract: folder })
    const admin = new ConsumerClient(ocs, 'admin')
    await admin.post('/apps/provisioning_api/api/v1/config/apps/core/shareapi_allow_links', { value: 'no' })
    const server = cloud()

    const verification = await verifyOn(server.fetch, contractsIn(folder))

    expect(reasons(verification)).toEqual([expect.stringContaining('it changes what everybody on a server shares')])
    expect(server.journal.entries.filter(({ path }) => path.includes('shareapi_allow_links'))).toEqual([])
  })

  it('is all that changes something, without leave to write', async () => {
    const folder = contractFolder()
    const ocs = createOcsMock({ contract: folder })
    await new ConsumerClient(ocs, 'admin').get('/cloud/groups/admin/users')
    await new ConsumerClient(ocs.fork(), 'admin').post('/cloud/groups', { groupid: 'readers' })
    const server = cloud()

    const verification = await verifyOn(server.fetch, contractsIn(folder), { write: false })

    expect(verdicts(verification)).toEqual(['holds', 'unverified'])
    expect(reasons(verification)).toEqual(['it takes --write to send requests that change something'])
    expect(server.journal.entries.every(({ method }) => method === 'GET')).toBe(true)
  })
})

describe('a run that is asked to end', () => {
  it('says what it did not come to, and leaves nothing', WHOLE, async () => {
    const server = cloud()
    await new ConsumerClient(server, 'admin').get('/cloud/user')
    const before = remains(server)
    const ended = new AbortController()
    let requests = 0
    const fetch: typeof globalThis.fetch = (input, init) => {
      if (++requests === 40) ended.abort()
      return server.fetch(input, init)
    }

    const verification = await verifyOn(fetch, await contractsOf('sharing'), { signal: ended.signal })

    expect(reasons(verification)).toContain('the run was asked to end')
    expect(remains(server)).toEqual(before)
  })
})
