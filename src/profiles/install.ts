import { applySeed } from '#world/seed.ts'
import { provide } from '#world/settings/apps.ts'
import type { World } from '#world/world.ts'
import type { Profile } from './profile.ts'

/**
 * Make an empty world a fresh installation: the apps of the profile are there, those that it calls enabled are
 * enabled, and what it installs besides is laid over it. Apps that `installation` names are switched as it says.
 * It was installed minutes ago by the clock of the world, whenever the profile's was.
 */
export function install(
  world: World,
  { apps, installation, recordedAt }: Pick<Profile, 'apps' | 'installation' | 'recordedAt'>,
): void {
  for (const app of apps) provide(world, app)
  const enabled = apps
    .filter((app) => app.enabled)
    .map(({ id }) => id)
    .sort()
  applySeed(world, { apps: { enabled } })
  applySeed(world, asRecordedAt(world.clock.seconds(), installation, recordedAt))
}

/** How long before it was looked at a server was installed at most, in seconds. */
const OLDEST = 600

/**
 * What a server shows that was installed and looked at, as if it had been looked at in another moment: numbers, and
 * texts that are nothing else, are moved where they are moments of the minutes before.
 */
export function asRecordedAt<T>(to: number, document: T, from: number | undefined): T {
  if (from === undefined) return document
  const isMoment = (seconds: number) => seconds > from - OLDEST && seconds <= from
  const move = (value: unknown): unknown => {
    if (typeof value === 'number') return isMoment(value) ? value + to - from : value
    if (typeof value === 'string') {
      const [, seconds, rest] = /^(\d{10})((?:\.\d+)?)$/.exec(value) ?? []
      return seconds !== undefined && isMoment(Number(seconds)) ? `${Number(seconds) + to - from}${rest}` : value
    }
    if (Array.isArray(value)) return value.map(move)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, move(member)]))
  }
  return move(document) as T
}
