import * as users from '../accounts/users.ts'
import * as config from '../settings/config.ts'
import type { World } from '../world.ts'
import * as homes from './homes.ts'
import * as tree from './tree.ts'

/** Where a number of bytes would be: there is no limit (Nextcloud's `SPACE_UNLIMITED`). */
export const UNLIMITED = -3

/** How full an account is, in bytes and percent, as the provisioning API tells it. */
export interface Storage {
  readonly free: number
  readonly used: number
  readonly total: number
  readonly relative: number
  readonly quota: number
}

const POWERS = ['b', 'kb', 'mb', 'gb', 'tb', 'pb']

/**
 * Bytes of a size that people write: `5 GB`, `1.5g`, `1048576`, `1e6`; `null` where it is none.
 * Only the unit at the end counts and what does not start with a number is zero: `job` is 0 bytes
 * (Nextcloud 34.0.1, asked).
 */
export function parseSize(given: string): number | null {
  const text = given.toLowerCase()
  if (isNumber(text)) return Number(text)
  const unit = /([kmgtp]?b?)\n?$/.exec(text)![1]!
  if (unit === '') return null
  const power = POWERS.indexOf(unit.endsWith('b') ? unit : `${unit}b`)
  // The real server writes the number out on its way, with 14 digits.
  return Number(Math.round(leadingNumber(text) * 1024 ** power).toPrecision(14))
}

const isNumber = (text: string) => /^[ \t\n\r\v\f]*[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?[ \t\n\r\v\f]*$/.test(text)

function leadingNumber(text: string): number {
  return Number(/^[ \t\n\r\v\f]*([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?)/.exec(text)?.[1] ?? 0)
}

/** A size as people read it, with one decimal from megabytes on; `?` where it is negative. */
export function formatSize(bytes: number): string {
  if (bytes < 0) return '?'
  if (bytes < 1024) return `${bytes} B`
  let size = Math.round(bytes / 1024)
  if (size < 1024) return `${size} KB`
  for (const unit of ['MB', 'GB', 'TB']) {
    size = Math.round((size / 1024) * 10) / 10
    if (size < 1024) return `${size} ${unit}`
  }
  return `${Math.round((size / 1024) * 10) / 10} PB`
}

export type QuotaProblem = 'invalid' | 'exceeds-maximum' | 'unlimited-forbidden'

/** The form in which a quota is kept: `none`, `default` or a formatted size; or why it may not be set. */
export function readQuota(world: World, given: string): { readonly quota: string } | QuotaProblem {
  if (given === 'default') return { quota: 'default' }
  if (given !== 'none') {
    const bytes = parseSize(given)
    if (bytes === null) return 'invalid'
    // `-1` is a negative size, `-1 B` no limit: the one is read as a float, the other as an integer.
    if (bytes !== -1 || isNumber(given.toLowerCase())) {
      const maximum = Number.parseInt(config.getApp(world, 'files', 'max_quota', '-1'), 10) || 0
      return maximum !== -1 && bytes > maximum ? 'exceeds-maximum' : { quota: formatSize(bytes) }
    }
  }
  return allowsUnlimited(world) ? { quota: 'none' } : 'unlimited-forbidden'
}

const allowsUnlimited = (world: World) => config.getApp(world, 'files', 'allow_unlimited_quota', '1') === '1'

/** An account's own quota, or what `default` means on this instance. */
export function effectiveQuota(world: World, user: users.User): string {
  if (user.quota !== 'default') return user.quota
  if (allowsUnlimited(world)) return config.getApp(world, 'files', 'default_quota', 'none')
  const presets = config
    .getApp(world, 'files', 'quota_preset', '1 GB, 5 GB, 10 GB')
    .split(',')
    .map((preset) => preset.trim())
  const first = presets.find((preset) => preset !== '' && preset !== 'default' && preset !== 'none')
  return config.getApp(world, 'files', 'default_quota', first ?? 'none')
}

/** How many bytes an account may have, or {@link UNLIMITED}. */
export function quotaBytes(world: World, userId: string): number {
  const user = users.find(world, userId)
  const quota = user ? effectiveQuota(world, user) : 'none'
  return quota === 'none' ? UNLIMITED : (parseSize(quota) ?? UNLIMITED)
}

/** Bytes in an account's files. What it received from others counts for them. */
export function usedBytes(world: World, userId: string): number {
  const id = users.find(world, userId)?.id ?? userId
  const root = world.table(tree.storagesTable).get(`home::${id}`)
  return (root && tree.child(world, root.rootId, 'files')?.size) ?? 0
}

/** Bytes that an account may still write, or {@link UNLIMITED}. */
export function freeBytes(world: World, userId: string): number {
  const quota = quotaBytes(world, userId)
  return quota === UNLIMITED ? UNLIMITED : Math.max(0, quota - usedBytes(world, userId))
}

/** How full an account is. A quota of zero or less limits nothing that is reported (Nextcloud 34.0.1, corpus). */
export function storageOf(world: World, user: users.User): Storage {
  const quota = quotaBytes(world, user.id)
  const used = usedBytes(world, user.id)
  if (quota <= 0) return { free: UNLIMITED, used, total: UNLIMITED, relative: 0, quota }
  return { free: quota - used, used, total: quota, relative: Math.round((used / quota) * 10000) / 100, quota }
}

/** Let an account's quota be so small that it may write only some bytes more. */
export function exhaust(world: World, user: users.User, free = 0): void {
  // What a home begins with counts, and it is made when its account first logs in.
  homes.open(world, user.id)
  users.setQuota(world, user, `${usedBytes(world, user.id) + free} B`)
}
