import { isInRange, parseIp } from '#lib/ip.ts'
import { s } from '#lib/schema.ts'
import { defineTable } from '../define-table.ts'
import { appKeys, getApp, getSystemBool, getSystemInt } from '../settings/config.ts'
import type { World } from '../world.ts'

/** Something that went wrong in a way that looks like guessing. */
export interface BruteForceAttempt {
  readonly id: number
  /** The address that it came from, or the network that counts as one. */
  readonly from: string
  /** What was tried: `login`. */
  readonly action: string
  /** Seconds since 1970. */
  readonly at: number
}

export const bruteForceAttemptsTable = defineTable<BruteForceAttempt>('bruteForceAttempts', {
  sequence: 'bruteForceAttempt',
  record: s.object({ id: s.int(), from: s.string(), action: s.string(), at: s.number() }),
})

const MAX_AGE = 12 * 3600
const MAX_DELAY = 25_000
/** From so many on, the delay is the longest one. */
const MAX_ATTEMPTS = 10

const isOn = (world: World) => getSystemBool(world, 'auth.bruteforce.protection.enabled', true)

/** Whether nothing that comes from an address counts. */
export function isBypassed(world: World, address: string): boolean {
  const bytes = parseIp(address)
  return (
    bytes !== null &&
    appKeys(world, 'bruteForce')
      .filter((key) => key.startsWith('whitelist_'))
      .some((key) => isInRange(bytes, getApp(world, 'bruteForce', key)))
  )
}

/** Of IPv6, a network of 56 bits counts as one address. */
function sourceOf(address: string): string {
  const bytes = parseIp(address)
  return bytes?.length === 16 ? bytes.slice(0, 7).join('.') : address
}

/** Note that somebody guessed, where the protection is on. */
export function note(world: World, address: string, action: string): void {
  if (!isOn(world) || isBypassed(world, address)) return
  const id = world.nextId('bruteForceAttempt')
  world
    .table(bruteForceAttemptsTable)
    .set(String(id), { id, from: sourceOf(address), action, at: world.clock.seconds() })
}

/** How often somebody at an address guessed in the last twelve hours; `action` empty: whatever was tried. */
export function count(world: World, address: string, action = ''): number {
  if (isBypassed(world, address)) return 0
  const since = world.clock.seconds() - MAX_AGE
  const from = sourceOf(address)
  return [...world.table(bruteForceAttemptsTable).values()].filter(
    (one) => one.from === from && one.at > since && (action === '' || one.action === action),
  ).length
}

/** Milliseconds that the next attempt from an address has to wait. */
export function delay(world: World, address: string, action = ''): number {
  const attempts = count(world, address, action)
  if (attempts === 0) return 0
  if (attempts > getSystemInt(world, 'auth.bruteforce.max-attempts', MAX_ATTEMPTS)) return MAX_DELAY
  return Math.min(MAX_DELAY, 100 * 2 ** attempts)
}

/** Forget what came from an address, where the protection is on. */
export function reset(world: World, address: string): void {
  if (!isOn(world) || isBypassed(world, address)) return
  const from = sourceOf(address)
  const table = world.table(bruteForceAttemptsTable)
  for (const [key, one] of [...table.entries()]) if (one.from === from) table.delete(key)
}
