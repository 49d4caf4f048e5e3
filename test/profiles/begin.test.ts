/** A world does not age by itself: it was installed when it began. */
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createOcsMock, type OcsMock } from '#index.ts'
import { installedAt } from '#world/settings/installed-at.ts'

const ADMIN = { Authorization: `Basic ${btoa('admin:admin')}`, 'OCS-APIRequest': 'true' }
const LATER = Date.parse('2031-05-06T07:08:09Z')

/** How old the installation is, in seconds by the clock of the world. */
const ageOf = ({ world }: OcsMock) => world.clock.seconds() - installedAt(world)

async function ask(ocs: OcsMock, path: string) {
  const answer = await ocs.fetch(`http://cloud/ocs/v2.php${path}?format=json`, { headers: ADMIN })
  return (await answer.json()).ocs.data
}

afterEach(() => {
  vi.useRealTimers()
})

describe('a fresh world', () => {
  it('was installed minutes ago, whatever day it is', async () => {
    vi.useFakeTimers({ now: LATER, toFake: ['Date'] })
    const ocs = createOcsMock()
    expect(ageOf(ocs)).toBe(142)
    expect((await ask(ocs, '/cloud/user')).firstLoginTimestamp).toBe(LATER / 1000 - 142)
    expect((await ask(ocs, '/apps/dav/api/v1/events/upcoming')).events).toHaveLength(1)
    expect((await ask(ocs, '/apps/recommendations/api/v1/recommendations')).recommendations).toHaveLength(1)
  })

  it('is as fresh after a reset, and in a fork, on another day', () => {
    vi.useFakeTimers({ now: LATER, toFake: ['Date'] })
    const ocs = createOcsMock({ seed: { users: [{ id: 'alice' }] } })
    vi.setSystemTime(LATER + 30 * 86_400_000)
    ocs.reset()
    expect([ageOf(ocs), ageOf(ocs.fork())]).toEqual([142, 142])
    expect(ocs.world.clock.now()).toBe(LATER + 30 * 86_400_000)
  })

  it('begins at the time of its seed, and again after a reset', () => {
    vi.useFakeTimers({ now: LATER, toFake: ['Date'] })
    const ocs = createOcsMock({ seed: { clock: { now: '2028-01-02T03:04:05Z' } } })
    vi.setSystemTime(LATER + 86_400_000)
    expect(ageOf(ocs)).toBe(142 + 86_400)
    ocs.reset()
    expect([ageOf(ocs), ocs.world.clock.now()]).toEqual([142, Date.parse('2028-01-02T03:04:05Z')])
  })

  it('begins at the time of the seed that a reset brings', () => {
    const ocs = createOcsMock({ seed: { users: [{ id: 'alice' }] } })
    ocs.reset({ clock: { now: '2028-01-02T03:04:05Z', frozen: true } })
    expect([ageOf(ocs), ocs.world.clock.now()]).toEqual([142, Date.parse('2028-01-02T03:04:05Z')])
  })

  it('begins at the time of a scenario', () => {
    const scenario = {
      seed: { clock: { now: '2028-01-02T03:04:05Z', frozen: true } },
      steps: [{ after: '1h', occ: 'status' }],
    }
    expect(ageOf(createOcsMock({ scenario }))).toBe(142)
  })
})
