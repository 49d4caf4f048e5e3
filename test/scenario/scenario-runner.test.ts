import { describe, expect, it } from 'vitest'
import { defineApp } from '#app/index.ts'
import { defineCommand } from '#console/define-command.ts'
import { createOcsMock, ExpectationError, type Scenario, ScenarioError } from '#index.ts'
import * as users from '#world/accounts/users.ts'
import * as apps from '#world/settings/apps.ts'
import { HandTimers } from '../support/hand-timers.ts'
import { everyTransport } from '../support/ways.ts'

const APP = 'weather_status'
const seed = { users: [{ id: 'alice' }], clock: { now: '2026-03-01T12:00:00Z', frozen: true } }
const asAlice = { headers: { Authorization: `Basic ${btoa('alice:alice')}`, 'OCS-APIRequest': 'true' } }

const mockOf = (steps: Scenario['steps'], more: object = {}) => createOcsMock({ scenario: { seed, steps }, ...more })
const hasApp = (ocs: ReturnType<typeof mockOf>) => apps.isEnabled(ocs.world, APP)
const statuses = (ocs: ReturnType<typeof mockOf>) => {
  const { state } = ocs.scenario
  return state.status === 'none' ? [] : state.steps.map(({ status }) => status)
}

describe('a step', () => {
  it('happens at once', () => {
    expect(hasApp(mockOf([{ disableApp: APP }]))).toBe(false)
  })

  it('does what it says in the order in which it says it', () => {
    expect(hasApp(mockOf([{ disableApp: APP, enableApp: APP }]))).toBe(true)
    expect(hasApp(mockOf([{ enableApp: APP, disableApp: APP }]))).toBe(false)
  })

  it('happens after a time of the clock, counted from the step before', async () => {
    const ocs = mockOf([
      { after: '24h', disableApp: APP },
      { after: '1h', enableApp: APP },
    ])
    ocs.world.clock.advance('23h')
    await ocs.scenario.settled()
    expect(hasApp(ocs)).toBe(true)
    ocs.world.clock.advance('90m')
    await ocs.scenario.settled()
    expect(hasApp(ocs)).toBe(false)
    ocs.world.clock.advance('30m')
    await ocs.scenario.settled()
    expect([hasApp(ocs), statuses(ocs)]).toEqual([true, ['done', 'done']])
  })

  it('happens in time by a clock that runs, though nobody asks', async () => {
    const timers = new HandTimers()
    const ocs = mockOf([{ clock: { unfreeze: true } }, { after: '24h', disableApp: APP }], { timers })
    expect(timers.waiting.map((ms) => Math.round(ms / 3_600_000))).toEqual([24])
    ocs.world.clock.advance('24h')
    timers.end()
    expect(hasApp(ocs)).toBe(false)
  })

  it('happens when told, up to the step that is named', async () => {
    const ocs = mockOf([
      { on: { method: 'PUT' }, disableApp: APP },
      { name: 'back', when: 'advanced', enableApp: APP },
      { name: 'end', when: 'advanced', disableAccount: 'alice' },
    ])
    await ocs.scenario.advance()
    expect(hasApp(ocs)).toBe(false)
    await ocs.scenario.advance('back')
    expect(hasApp(ocs)).toBe(true)
    await expect(ocs.scenario.advance('back')).rejects.toThrow('is done already')
    await expect(ocs.scenario.advance('ende')).rejects.toThrow('Did you mean "end"?')
    await ocs.scenario.advance('end')
    await expect(ocs.scenario.advance()).rejects.toThrow('all its steps are done')
    expect(ocs.scenario.state.status).toBe('done')
  })

  it('has its account, share or quota changed by the rules of the world', async () => {
    const ocs = mockOf([
      { disableAccount: 'alice' },
      { when: 'advanced', enableAccount: ['alice'], exhaustQuota: { account: 'alice', free: 5 } },
    ])
    expect(users.find(ocs.world, 'alice')?.enabled).toBe(false)
    await ocs.scenario.advance()
    const put = (body: string) => ocs.fetch('http://x/remote.php/webdav/a.txt', { method: 'PUT', body, ...asAlice })
    expect([(await put('123456')).status, (await put('12345')).status]).toEqual([507, 201])
  })

  it('runs occ, and fails where that fails', async () => {
    const failures: string[] = []
    const ocs = mockOf(
      [
        { occ: 'app:disable weather_status' },
        { occ: { args: ['user:info', 'nobody'], exitCode: 1 } },
        { occ: 'no:such' },
      ],
      {
        onScenarioFailure: (message: string) => failures.push(message),
      },
    )
    await ocs.scenario.settled()
    expect(hasApp(ocs)).toBe(false)
    expect(failures).toEqual([expect.stringContaining('Failed to play the scenario: steps[2].occ: it ended with 1')])
    await expect(ocs.scenario.finish()).rejects.toThrow('steps[2].occ')
  })

  it('throws at once what goes wrong at once', () => {
    const start = () => mockOf([{ disableAccount: ['alice', 'alise'] }])
    expect(start).toThrow(ScenarioError)
    expect(start).toThrow('steps[0].disableAccount[1]: there is no account "alise". Did you mean "alice"?')
  })

  it('changes what the server says it can do', async () => {
    const ocs = mockOf([{ capabilities: { files: { undelete: null, ours: true } } }])
    const answer = await ocs.fetch('http://x/ocs/v2.php/cloud/capabilities?format=json', asAlice)
    const { files } = (await answer.json()).ocs.data.capabilities
    expect([files.undelete, files.ours, files.versioning]).toEqual([undefined, true, true])
  })

  it('does not wait for itself when what it calls calls back', async () => {
    const ring = defineCommand({
      name: 'ring',
      description: 'Ring',
      run: async ({ outgoing }) => ((await outgoing('http://elsewhere/')).status === 200 ? 0 : 1),
    })
    const ocs = createOcsMock({
      apps: [defineApp('bell', { commands: [ring] })],
      outgoing: () => ocs.fetch('http://x/status.php'),
      scenario: { steps: [{ on: { path: '/ocs/v2.php/config' }, occ: 'ring', disableApp: APP }] },
    })
    expect((await ocs.fetch('http://x/ocs/v2.php/config', asAlice)).status).toBe(401)
    expect([hasApp(ocs), ocs.scenario.state.status]).toEqual([false, 'done'])
  })
})

everyTransport('a step that waits for requests', {}, (way) => {
  const ask = async (path: string, method = 'GET') => (await way.fetch(path, { method, ...asAlice })).status
  const start = (steps: Scenario['steps']) => way.ocs.scenario.start({ seed, steps })
  const CONFIG = '/ocs/v2.php/config'

  it('happens before the first is answered', async () => {
    await start([{ on: { path: CONFIG }, occ: 'maintenance:mode --on' }])
    expect([await ask('/status.php'), await ask(CONFIG)]).toEqual([200, 503])
  })

  it('happens at the nth, then the scenario goes on', async () => {
    await start([
      { on: { path: CONFIG, nth: 2 }, occ: 'maintenance:mode --on' },
      { after: '10m', occ: 'maintenance:mode --off' },
    ])
    expect([await ask(CONFIG), await ask(CONFIG), await ask(CONFIG)]).toEqual([200, 503, 503])
    way.ocs.world.clock.advance('10m')
    expect(await ask(CONFIG)).toBe(200)
  })

  it('happens every time, and does not hold up what comes after it', async () => {
    await start([
      { on: { path: CONFIG, every: true }, notify: { user: 'alice', subject: 'asked' } },
      { on: { path: '/status.php' }, disableApp: APP },
    ])
    await ask(CONFIG)
    await ask('/status.php')
    await ask(CONFIG)
    expect(hasApp(way.ocs)).toBe(false)
    expect(way.ocs.world.dump().tables.notifications).toSatisfy((all: object) => Object.keys(all).length === 2)
    expect(statuses(way.ocs)).toEqual(['repeating', 'done'])
  })

  it('knows who asks', async () => {
    await start([{ on: { actor: 'alice' }, disableAccount: 'alice' }])
    expect((await way.fetch('/ocs/v2.php/cloud/user', { headers: { 'OCS-APIRequest': 'true' } })).status).toBe(401)
    expect(users.find(way.ocs.world, 'alice')?.enabled).toBe(true)
    expect(await ask('/ocs/v2.php/cloud/user')).toBe(401)
    expect(users.find(way.ocs.world, 'alice')?.enabled).toBe(false)
  })

  it('counts each of many at once', async () => {
    await start([{ on: { path: CONFIG, nth: 5 }, fault: { fail: { status: 500 }, times: 1 } }])
    const all = await Promise.all(Array.from({ length: 10 }, () => ask(CONFIG)))
    expect(all.filter((status) => status === 500)).toHaveLength(1)
  })

  it('ends its faults with the scenario', async () => {
    await start([{ fault: { fail: { status: 500 } } }])
    expect(await ask(CONFIG)).toBe(500)
    way.ocs.scenario.stop()
    expect([await ask(CONFIG), way.ocs.scenario.state.status]).toEqual([200, 'none'])
  })
})

describe('what a scenario expects', () => {
  const get = (ocs: ReturnType<typeof mockOf>, path: string) => ocs.fetch(`http://x${path}`, asAlice)

  it('counts from its step to the end', async () => {
    const ocs = mockOf([{ on: { path: '/ocs/v2.php/config' }, expect: { path: '/status.php', times: 1 } }])
    await get(ocs, '/status.php')
    await get(ocs, '/ocs/v2.php/config')
    await get(ocs, '/status.php')
    await expect(ocs.scenario.finish()).resolves.toBeUndefined()
  })

  it('is an error at the end where it did not come', async () => {
    const ocs = mockOf([{ expect: [{ method: 'GET' }, { method: 'PUT', path: '/remote.php/**' }] }])
    await get(ocs, '/status.php')
    const end = ocs.scenario.finish()
    await expect(end).rejects.toThrow(ExpectationError)
    await expect(end).rejects.toThrow('steps[0].expect[1]: Expected PUT /remote.php/** at least once; none came.')
  })

  it('is an error where it was never reached', async () => {
    const ocs = mockOf([{ on: { method: 'PUT' }, disableApp: APP }, { expect: { method: 'GET' } }])
    await expect(ocs.scenario.finish()).rejects.toThrow(
      'steps[1].expect was never reached: the scenario waits for steps[0] (on first PUT).',
    )
  })
})

describe('a mock with a scenario', () => {
  it('plays it again after a reset, and in each fork', async () => {
    const ocs = mockOf([{ when: 'advanced', disableApp: APP }])
    await ocs.scenario.advance()
    expect(hasApp(ocs)).toBe(false)
    ocs.reset()
    expect([hasApp(ocs), statuses(ocs)]).toEqual([true, ['next']])
    expect(statuses(ocs.fork() as typeof ocs)).toEqual(['next'])
  })

  it('leaves the world alone once it was reset, though a step was under way', async () => {
    const ocs = createOcsMock()
    const started = ocs.scenario.start({ steps: [{ generate: { accounts: 3 } }, { disableApp: APP }] })
    ocs.reset()
    await started
    expect([users.count(ocs.world), hasApp(ocs)]).toEqual([1, true])
  })

  it('takes the profile from it', () => {
    const ocs = createOcsMock({ scenario: { profile: 'owncloud-8.1', steps: [{ clock: { freeze: true } }] } })
    expect(ocs.profile.id).toBe('owncloud-8.1')
  })

  it('refuses one of another profile', async () => {
    const wrong = createOcsMock().scenario.start({ profile: 'owncloud-8.1', steps: [{ clock: { freeze: true } }] })
    await expect(wrong).rejects.toThrow('it is made for "owncloud-8.1", and this fake is "nextcloud-34"')
  })

  it('lays its seed over the world that is there', async () => {
    const ocs = createOcsMock()
    await ocs.scenario.start({ seed: { users: [{ id: 'bob' }] }, steps: [{ disableAccount: 'bob' }] })
    expect(users.find(ocs.world, 'bob')?.enabled).toBe(false)
  })
})
