import { describe, expect, it } from 'vitest'
import { createOcsMock } from '#index.ts'
import * as sessions from '#world/accounts/sessions.ts'
import * as tokens from '#world/accounts/tokens.ts'
import { defineBackgroundJob, runDueJobs, whileActive } from '#world/background-jobs.ts'
import { defineTable } from '#world/define-table.ts'
import * as files from '#world/files/files.ts'
import * as locks from '#world/files/locks.ts'
import * as reminders from '#world/files/reminders.ts'
import * as notifications from '#world/notices/notifications.ts'
import * as apps from '#world/settings/apps.ts'
import { setSystem } from '#world/settings/config.ts'
import * as shares from '#world/sharing/shares.ts'
import { World } from '#world/world.ts'

interface Egg {
  readonly id: string
  readonly laidAt: number
}

const eggs = defineTable<Egg>('eggs')
const settings = defineTable<{ readonly seconds: number }>('eggSettings')
const put = (world: World, id: string, laidAt: number) => world.table(eggs).set(id, { id, laidAt })

/** A world in which eggs hatch; which ones did, in turn. */
function nest() {
  const hatched: string[] = []
  const rule = { asked: 0, isActive: true }
  const job = defineBackgroundJob<Egg>({
    name: 'hatch',
    table: eggs,
    momentOf: ({ laidAt }) => (laidAt < 0 ? null : laidAt),
    delay: (world) => {
      rule.asked++
      return world.table(settings).get('all')?.seconds ?? 10
    },
    run: (world, due) => {
      for (const { id } of due) {
        hatched.push(id)
        world.table(eggs).delete(id)
      }
    },
  })
  const backgroundJobs = [whileActive(job, () => rule.isActive)]
  const world = new World({ react: () => {}, tables: null, release: 34, seedMembers: [], backgroundJobs })
  world.clock.freeze(1_000_000)
  return { world, hatched, rule }
}

describe('background jobs', () => {
  it('do what is due, the earliest first, in the second in which it is', () => {
    const { world, hatched } = nest()
    for (const [id, laidAt] of [
      ['late', 1005],
      ['early', 999],
      ['never', -1],
      ['next', 1006],
    ] as const)
      put(world, id, laidAt)
    runDueJobs(world)
    expect(hatched).toEqual([])
    world.clock.set(1_014_999)
    runDueJobs(world)
    expect(hatched).toEqual(['early'])
    world.clock.set(1_015_000)
    runDueJobs(world)
    expect(hatched).toEqual(['early', 'late'])
    expect([...world.table(eggs).keys()]).toEqual(['never', 'next'])
  })

  it('look at nothing while nothing is due, and again once a table changed that counts', () => {
    const { world, hatched, rule } = nest()
    put(world, 'egg', 1000)
    runDueJobs(world)
    const { asked } = rule
    for (let i = 0; i < 10; i++) runDueJobs(world)
    expect(rule.asked).toBe(asked)
    world.table(settings).set('all', { seconds: 0 })
    runDueJobs(world)
    expect(hatched).toEqual(['egg'])
  })

  it('rest while their app does', () => {
    const { world, hatched, rule } = nest()
    rule.isActive = false
    put(world, 'egg', 1)
    runDueJobs(world)
    expect(hatched).toEqual([])
  })

  it('go by the time of a fork alone', () => {
    const { world, hatched } = nest()
    put(world, 'egg', 1000)
    const fork = world.fork()
    fork.clock.advance('1h')
    runDueJobs(fork)
    expect([hatched, world.table(eggs).size, fork.table(eggs).size]).toEqual([['egg'], 1, 0])
  })
})

const DAY = 86_400

/** A cloud in which a share, a reminder, a lock and a session end within two days. */
function cloud() {
  const ocs = createOcsMock({
    seed: {
      users: [{ id: 'alice' }, { id: 'bob' }],
      files: { alice: { '/a.txt': 'a', '/b.txt': 'b' } },
      shares: [
        { type: 'user', owner: 'alice', path: '/a.txt', with: 'bob', expires: '2026-03-02' },
        { type: 'link', owner: 'alice', path: '/a.txt', token: 'link', expires: '2026-03-02' },
      ],
      apps: { enabled: ['files_lock'] },
      config: { apps: { files_lock: { lock_timeout: '60' } } },
      clock: { now: '2026-03-02T10:00:00Z', frozen: true },
    },
  })
  const { world } = ocs
  const file = files.resolve(world, 'alice', '/b.txt')!
  reminders.set(world, 'alice', file.node.id, world.clock.seconds() + 3600)
  locks.lock(world, file, 'alice', locks.LOCK.user)
  const owner = { userId: 'alice', loginName: 'alice', agent: 'a browser' }
  const session = sessions.signIn(world, sessions.open(world), owner)
  return { ocs, world, file, session }
}

type Cloud = ReturnType<typeof cloud>

/** What there is of each, as rules see it. */
const seen = ({ world, file, session }: Cloud) => ({
  link: shares.findByToken(world, 'link') !== undefined,
  share: shares.lists.reaching(world, 'bob').length,
  made: shares.lists.made(world, 'alice', 'alice').length,
  lock: locks.find(world, file.node.id) !== undefined,
  session: sessions.find(world, session.id, session.passphrase) !== undefined,
})

const NOTHING = { link: false, share: 0, made: 0, lock: false, session: false }

describe('what ends by the clock', () => {
  it('is over for whoever looks, and looking changes nothing', () => {
    const all = cloud()
    expect(seen(all)).toEqual({ link: true, share: 1, made: 2, lock: true, session: true })
    all.world.clock.advance(2 * DAY * 1000)
    const before = all.world.dump()
    expect(seen(all)).toEqual(NOTHING)
    expect(all.world.dump()).toEqual(before)
  })

  it('is settled before the next request, whatever it asks for', async () => {
    const all = cloud()
    const events: string[] = []
    all.world.on((event) => events.push(`${event.type} ${event.by ?? 'nobody'}`))
    all.world.clock.advance(2 * DAY * 1000)
    await all.ocs.fetch('https://cloud.example.com/status.php')
    const { world, session } = all
    const { tables } = world.dump()
    const settled = [shares.sharesTable, reminders.fileRemindersTable, locks.fileLocksTable, sessions.sessionsTable]
    for (const { name } of settled) expect(tables).not.toHaveProperty(name)
    expect(tokens.find(world, session.id)).toBeUndefined()
    expect(files.resolve(world, 'bob', '/a.txt')).toBeUndefined()
    expect(notifications.list(world, 'alice').map(({ subject }) => subject)).toEqual(['reminder-due'])
    expect(events).toEqual(['notification.created nobody', 'share.deleted nobody', 'share.deleted nobody'])
    expect(seen(all)).toEqual(NOTHING)
  })

  it('is settled before the next command', async () => {
    const { ocs, world } = cloud()
    world.clock.advance(2 * DAY * 1000)
    await ocs.occ('status')
    expect(world.table(shares.sharesTable).size).toBe(0)
  })

  it('waits while its app is disabled, or nobody could be told', async () => {
    const { ocs, world } = cloud()
    for (const app of ['files_sharing', 'notifications']) apps.disable(world, app)
    world.clock.advance(2 * DAY * 1000)
    const ask = () => ocs.fetch('https://cloud.example.com/status.php')
    await ask()
    const left = () => [world.table(shares.sharesTable).size, world.table(reminders.fileRemindersTable).size]
    expect(left()).toEqual([2, 1])
    for (const app of ['files_sharing', 'notifications']) apps.enable(world, app)
    await ask()
    expect(left()).toEqual([0, 0])
  })

  it('follows the settings: a shorter life ends sessions at once', async () => {
    const { ocs, world } = cloud()
    world.clock.advance('5m')
    await ocs.fetch('https://cloud.example.com/status.php')
    expect(world.table(sessions.sessionsTable).size).toBe(1)
    setSystem(world, 'session_lifetime', 60)
    await ocs.fetch('https://cloud.example.com/status.php')
    expect(world.table(sessions.sessionsTable).size).toBe(0)
  })
})
