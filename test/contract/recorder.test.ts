import { describe, expect, it } from 'vitest'
import type { Contract } from '#contract/contract.ts'
import { createOcsMock } from '#index.ts'
import { ConsumerClient } from '../support/consumer-client.ts'
import { contractFolder, contractsIn } from '../support/contracts.ts'

const SHARES = '/apps/files_sharing/api/v1/shares'
const SEED = {
  users: [
    { id: 'alice', password: 'alice', groups: ['staff'] },
    { id: 'bob', password: 'bob' },
  ],
  files: { alice: { '/report.txt': 'A report.\n', '/other.txt': 'Another.\n' } },
}

const only = (contracts: readonly Contract[]): Contract => {
  expect(contracts).toHaveLength(1)
  return contracts[0]!
}
const textOf = (contract: Contract) => JSON.stringify(contract)
/** What a contract writes where something is another value each time. */
const named = (name: string) => `\${${name}}`

describe('a test of Vitest', () => {
  it('leaves a contract of its own name', async () => {
    const folder = contractFolder()
    const ocs = createOcsMock({ contract: folder, seed: SEED })
    await new ConsumerClient(ocs, 'alice').get('/cloud/user')

    const { consumer, test, provider } = only(contractsIn(folder))

    expect(consumer).toBe('my-app')
    expect(test).toBe('test/contract/recorder.test.ts › a test of Vitest › leaves a contract of its own name')
    expect(provider).toBe('nextcloud-34')
  })
})

describe('a contract', () => {
  it('names what the world gave, and says where it is handed on', async () => {
    const folder = contractFolder()
    const ocs = createOcsMock({ contract: folder, seed: SEED })
    const alice = new ConsumerClient(ocs, 'alice')
    const share = await alice.post(SHARES, { path: '/report.txt', shareType: 3 })
    await alice.get(`${SHARES}/${share.at('id')}`)

    const contract = only(contractsIn(folder))
    const [made, looked] = contract.sequences[0]!.interactions

    expect(JSON.stringify(made!.response)).toContain(`"id":"${named('share 1')}"`)
    expect(JSON.stringify(made!.response)).toContain(`${named('server')}/index.php/s/${named('token 1')}`)
    expect(looked!.request.path).toBe(`/ocs/v2.php${SHARES}/${named('share 1')}`)
    expect(textOf(contract)).not.toContain(String(share.at('token')))
  })

  it('has of the seed what was touched', async () => {
    const folder = contractFolder()
    const ocs = createOcsMock({ contract: folder, seed: SEED })
    await new ConsumerClient(ocs, 'alice').dav('GET', '/files/alice/report.txt')

    expect(only(contractsIn(folder)).sequences[0]!.providerState).toEqual({
      users: [{ id: 'alice', password: named('password 1'), groups: ['staff'] }],
      files: { alice: { '/report.txt': 'A report.\n' } },
    })
  })

  it('keeps no password, unless it was refused', async () => {
    const folder = contractFolder()
    const ocs = createOcsMock({ contract: folder, seed: SEED })
    const admin = new ConsumerClient(ocs, 'admin')
    await admin.post('/cloud/users', { userid: 'dora', password: 'battery staple' })
    await admin.post('/cloud/users', { userid: 'erin', password: 'zq7' })

    const text = textOf(only(contractsIn(folder)))

    expect(text).not.toContain('battery staple')
    expect(text).toContain('"password":"zq7"')
  })

  it('folds what is asked again between two changes, and sorts what only reads', async () => {
    const folder = contractFolder()
    const ocs = createOcsMock({ contract: folder, seed: SEED })
    const admin = new ConsumerClient(ocs, 'admin')
    for (const path of ['/cloud/users/bob', '/cloud/groups/staff/users', '/cloud/users/bob']) await admin.get(path)
    await admin.put('/cloud/users/bob', { key: 'displayname', value: 'Bob' })
    await admin.get('/cloud/users/bob')

    const { interactions } = only(contractsIn(folder)).sequences[0]!

    expect(
      interactions.map(({ request: { method, path } }) => `${method} ${path.slice('/ocs/v2.php'.length)}`),
    ).toEqual(['GET /cloud/groups/staff/users', 'GET /cloud/users/bob', 'PUT /cloud/users/bob', 'GET /cloud/users/bob'])
  })

  it('begins a sequence with each reset and each fork', async () => {
    const folder = contractFolder()
    const ocs = createOcsMock({ contract: folder, seed: SEED })
    await new ConsumerClient(ocs, 'alice').get('/cloud/user')
    ocs.reset({ groups: ['readers'] })
    await new ConsumerClient(ocs, 'admin').get('/cloud/groups/readers/users')
    await new ConsumerClient(ocs.fork(), 'bob').get('/cloud/user')

    const { sequences } = only(contractsIn(folder))

    expect(sequences.map(({ interactions }) => interactions.map(({ as }) => as))).toEqual([
      ['alice'],
      ['admin'],
      ['bob'],
    ])
    expect(sequences[1]!.providerState).toEqual({ groups: ['readers'] })
  })

  it('knows what other tests changed in the same world before', async () => {
    const folder = contractFolder()
    const ocs = createOcsMock({ contract: { folder, test: 'first' } })
    const admin = new ConsumerClient(ocs, 'admin')
    await admin.post('/cloud/groups', { groupid: 'readers' })
    ocs.contract?.test('second')
    await admin.get('/cloud/groups/readers/users')

    const [, second] = contractsIn(folder)

    expect(second!.test).toBe('second')
    expect(second!.sequences[0]!.earlier?.map(({ request }) => request.method)).toEqual(['POST'])
  })

  it('says what no request did, and from when on', async () => {
    const reasonAfter = async (change: (ocs: ReturnType<typeof createOcsMock>) => unknown) => {
      const folder = contractFolder()
      const ocs = createOcsMock({ contract: folder, seed: SEED })
      const alice = new ConsumerClient(ocs, 'alice')
      await alice.get('/cloud/user')
      await change(ocs)
      await alice.get('/cloud/user?format=json')
      return only(contractsIn(folder)).sequences[0]!.interactions.map(({ cannotVerify }) => cannotVerify)
    }

    expect(await reasonAfter((ocs) => ocs.world.clock.advance('10m'))).toEqual([
      undefined,
      'the test itself set the clock',
    ])
    expect(await reasonAfter((ocs) => ocs.occ('group:add readers'))).toEqual([
      undefined,
      'the test itself changed the world (group.created)',
    ])
    expect(await reasonAfter((ocs) => ocs.patch('provisioning_api-users-get-current-user', { email: 'x' }))).toEqual([
      undefined,
      expect.stringContaining('had a hand in the answer'),
    ])
  })

  it('tells moments by how far they are from now', async () => {
    const folder = contractFolder()
    const ocs = createOcsMock({
      contract: folder,
      seed: { ...SEED, clock: { now: '2026-03-01T12:00:00Z', frozen: true } },
    })
    await new ConsumerClient(ocs, 'alice').post(SHARES, { path: '/report.txt', shareType: 3, expireDate: '2026-03-11' })

    const { request, response } = only(contractsIn(folder)).sequences[0]!.interactions[0]!

    expect(JSON.stringify(request)).toContain(named('now+10d: date'))
    expect(JSON.stringify(response)).toContain(`"stime":"${named('now: seconds')}"`)
  })
})
