import { add } from '#handlers/workflowengine/state.ts'
import { directly, expect, it } from '../../support/ways.ts'

const API = '/apps/workflowengine/api/v1/workflows'
const OPERATION = 'OCA\\Files_Versions\\BlockVersioningOperation'
const FILE = 'OCA\\WorkflowEngine\\Entity\\File'
const CHECK = 'OCA\\WorkflowEngine\\Check\\'
const admin = 'admin:admin'
const alice = 'alice:secret'

const flow = {
  class: OPERATION,
  name: 'No versions of logs',
  checks: [{ class: `${CHECK}FileName`, operator: 'is', value: 'a.log' }],
  operation: '',
  entity: FILE,
  events: [],
}

directly('flows', { users: [{ id: 'alice', password: 'secret' }] }, (way) => {
  const create = (json: object, as = admin, scope = 'global') => way.ask('POST', `${API}/${scope}`, { as, json })
  const shown = { id: 1, ...flow }
  const listed = { ...shown, scope_type: 0, scope_actor_id: '' }
  const ofClass = `${API}/global/${encodeURIComponent(OPERATION)}`

  way.inEveryWay('are added, listed, changed and removed', async () => {
    ;(await create(flow)).expectData(shown)
    ;(await way.ask('GET', ofClass, { as: admin })).expectData([listed])
    const renamed = await way.ask('PUT', `${API}/global/1`, { as: admin, json: { ...flow, name: 'Other' } })
    renamed.expectData({ ...shown, name: 'Other' })
    ;(await way.ask('DELETE', `${API}/global/1`, { as: admin })).expectData(true)
    ;(await way.ask('GET', `${API}/global`, { as: admin })).expectData([])
  })

  way.inEveryWay('cannot be listed by class in XML, as a class is no element name', async () => {
    await create(flow)
    const answer = await way.ask('GET', `${API}/global`, { as: admin })
    if (way.format === 'json') answer.expectData({ [OPERATION]: [listed] })
    else expect([answer.status, answer.text]).toEqual([200, ''])
  })

  it.each([
    [{ checks: [] }, 'At least one check needs to be provided'],
    [{ checks: [{ ...flow.checks[0], operator: 'like' }] }, 'The given operator is invalid'],
    [{ checks: [{ ...flow.checks[0], operator: 'matches', value: 'x' }] }, 'The given regular expression is invalid'],
    [{ checks: [{ class: `${CHECK}FileSize`, operator: 'less', value: 'big' }] }, 'The given file size is invalid'],
    [
      { checks: [{ class: `${CHECK}UserGroupMembership`, operator: 'is', value: 'no' }] },
      'The given group does not exist',
    ],
    [{ checks: [{ class: `${CHECK}FileSystemTags`, operator: 'is', value: 'x' }] }, 'The given tag id is invalid'],
    [{ checks: [{ class: `${CHECK}RequestTime`, operator: 'in', value: 'now' }] }, 'The given time span is invalid'],
    [
      { checks: [{ class: `${CHECK}RequestRemoteAddress`, operator: 'matchesIPv4', value: '1.2.3.4' }] },
      'The given IP range is invalid',
    ],
    [
      { checks: [{ class: `${CHECK}RequestRemoteAddress`, operator: 'matchesIPv4', value: '1.2.3.400/8' }] },
      'The given IP range is not valid for IPv4',
    ],
    [
      { checks: [{ class: `${CHECK}RequestRemoteAddress`, operator: 'matchesIPv6', value: '::1/129' }] },
      'The given IP range is not valid for IPv6',
    ],
    [{ checks: [{ ...flow.checks[0], value: 'x'.repeat(2049) }] }, 'The provided check value is too long'],
    [{ operation: 'x'.repeat(4097) }, 'The provided operation data is too long'],
    [{ events: ['nope'] }, `Entity ${FILE} has no event nope`],
  ])('refuse what is wrong: %#', async (change, message) => {
    const answer = await create({ ...flow, ...change })
    expect([answer.code, answer.message]).toEqual([400, message])
  })

  it('take addresses, times, sizes and patterns that are right', async () => {
    const checks = [
      { class: `${CHECK}RequestRemoteAddress`, operator: '!matchesIPv6', value: 'fe80::/10' },
      { class: `${CHECK}RequestRemoteAddress`, operator: 'matchesIPv4', value: '10.0.0.0/8' },
      { class: `${CHECK}RequestTime`, operator: 'in', value: '["09:00 Europe/Berlin","17:00 Europe/Berlin"]' },
      { class: `${CHECK}FileSize`, operator: 'greater', value: '5 MB' },
      { class: `${CHECK}FileName`, operator: 'matches', value: '/\\.log$/i' },
      { class: `${CHECK}UserGroupMembership`, operator: 'is', value: 'admin' },
    ]
    expect((await create({ ...flow, checks })).code).toBe(200)
  })

  it('stumble over classes that do not exist', async () => {
    for (const change of [{ class: 'nope' }, { entity: 'nope' }, { checks: [{ ...flow.checks[0], class: 'nope' }] }]) {
      expect((await create({ ...flow, ...change })).code).toBe(996)
    }
  })

  way.inEveryWay('that block versions are not for accounts', async () => {
    const answer = await create(flow, alice, 'user')
    expect([answer.code, answer.message]).toEqual([400, `Operation ${OPERATION} is invalid`])
    expect((await create(flow, alice)).code).toBe(403)
  })

  way.inEveryWay('of others are out of reach', async () => {
    await create(flow)
    for (const [method, json] of [
      ['PUT', flow],
      ['DELETE', undefined],
    ] as const) {
      const answer = await way.ask(method, `${API}/user/1`, { as: alice, ...(json ? { json } : {}) })
      expect([answer.code, answer.message]).toEqual([403, 'Target operation not within scope'])
    }
    ;(await way.ask('GET', `${API}/user`, { as: alice })).expectData([])
  })

  way.inEveryWay('of an account are removed by it, and cannot be what only administrators may have', async () => {
    add(way.ocs.world, { ...flow, userId: 'alice' })
    const path = `${API}/user/${encodeURIComponent(OPERATION)}`
    ;(await way.ask('GET', path, { as: alice })).expectData([{ ...shown, scope_type: 1, scope_actor_id: 'alice' }])
    ;(await way.ask('GET', path, { as: admin })).expectData([])
    const changed = await way.ask('PUT', `${API}/user/1`, { as: alice, json: flow })
    expect([changed.code, changed.message]).toEqual([400, `Operation ${OPERATION} is invalid`])
    ;(await way.ask('DELETE', `${API}/user/1`, { as: alice })).expectData(true)
    ;(await way.ask('GET', path, { as: alice })).expectData([])
  })

  it('must be there, and be right, to be changed', async () => {
    for (const [method, json] of [
      ['PUT', flow],
      ['DELETE', undefined],
    ] as const) {
      const answer = await way.ask(method, `${API}/global/9`, { as: admin, ...(json ? { json } : {}) })
      expect([answer.code, answer.message]).toEqual([403, 'Target operation not within scope'])
    }
    await create(flow)
    const wrong = await way.ask('PUT', `${API}/global/1`, { as: admin, json: { ...flow, checks: [] } })
    expect([wrong.code, wrong.message]).toEqual([400, 'At least one check needs to be provided'])
  })
})
