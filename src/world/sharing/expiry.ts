import { parsePhpDate } from '#lib/php-date.ts'
import { byRelease } from '#lib/releases.ts'
import { momentOf, wallTimeAt } from '#lib/time-zone.ts'
import * as users from '../accounts/users.ts'
import * as config from '../settings/config.ts'
import type { World } from '../world.ts'
import type { Draft, Refusal } from './checks.ts'
import { expiryRule } from './settings.ts'
import { isLinkLike, isRemote } from './share.ts'

/** The zone in which an account reads and writes dates: its own, or the server's. */
export function zoneOf(world: World, userId: string): string {
  const own = users.find(world, userId)?.timezone ?? ''
  return own !== '' ? own : config.getSystem(world, 'default_timezone', 'UTC')
}

/** The day that someone wrote, as the moment it begins; `null` where it is no date. */
export function parseDay(world: World, userId: string, text: string): number | null {
  const zone = zoneOf(world, userId)
  const parsed = parsePhpDate(text.replace(/^"+|"+$/g, ''), world.clock.seconds(), zone)
  if (!parsed) return null
  return momentOf({ ...wallTimeAt(parsed.seconds, parsed.zone), ...MIDNIGHT }, parsed.zone)
}

const MIDNIGHT = { hour: 0, minute: 0, second: 0 }

/** The time of the last day at which a share ends. */
const END = byRelease(MIDNIGHT, { 34: { hour: 23, minute: 59, second: 59 } })

/** When a share ends on the day on which a moment lies in someone's zone, some days later. */
function endOfDay(world: World, seconds: number, zone: string, later = 0): number {
  const wall = wallTimeAt(seconds, zone)
  return momentOf({ ...wall, day: wall.day + later, ...END.at(world.release) }, zone)
}

export interface WantedExpiry {
  /** As given; `null`: none was given. */
  readonly at: number | null
  /** The maker said that there shall be none, so no default takes its place. */
  readonly explicitlyNone: boolean
  /** A new share gets the default. */
  readonly isNew: boolean
}

/** When a share ends: what was wished, brought to the end of its day, or the default. */
export function settleExpiry(
  world: World,
  userId: string,
  share: Pick<Draft, 'type'>,
  wish: WantedExpiry,
): { readonly expiresAt: number | null } | Refusal {
  const kind = isLinkLike(share) ? 'link' : isRemote(share) ? 'remote' : 'internal'
  const rule = expiryRule(world, kind)
  if (wish.explicitlyNone && !rule.enforced) return { expiresAt: wish.at }
  const zone = zoneOf(world, userId)
  const now = world.clock.seconds()
  let expiresAt = wish.at === null ? null : endOfDay(world, wish.at, zone)
  const today = momentOf({ ...wallTimeAt(now, zone), ...MIDNIGHT }, zone)
  if (expiresAt !== null && expiresAt <= today) return { reason: 'expiry-past' }
  if (expiresAt === null && wish.isNew && rule.byDefault) expiresAt = endOfDay(world, now, zone, rule.defaultDays)
  if (!rule.enforced) return { expiresAt }
  if (expiresAt === null) return { reason: 'expiry-needed' }
  return expiresAt > endOfDay(world, now, zone, rule.days)
    ? { reason: 'expiry-too-late', about: rule.days }
    : { expiresAt }
}
