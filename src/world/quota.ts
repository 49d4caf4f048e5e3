import * as config from './config.ts'
import * as tree from './file-tree.ts'
import * as users from './users.ts'
import type { World } from './world.ts'

/** No limit. The real server says it with this number. */
export const UNLIMITED = -3

const UNITS: Readonly<Record<string, number>> = { b: 1, k: 1, m: 2, g: 3, t: 4, p: 5 }

/** Bytes of a size in words: `5 GB`, `1.5 MB`, `1024`; `null` where it is none. */
export function parseSize(text: string): number | null {
  const match = /^([0-9]*\.?[0-9]*)\s*(b|kb?|mb?|gb?|tb?|pb?)?$/.exec(text.trim().toLowerCase())
  if (!match || match[1] === '' || match[1] === '.') return null
  const unit = match[2] ?? 'b'
  const power = unit === 'b' ? 0 : UNITS[unit[0]!]!
  return Math.round(Number(match[1]) * 1024 ** power)
}

/** How many bytes an account may have, or {@link UNLIMITED}. */
export function quotaBytes(world: World, userId: string): number {
  const own = users.find(world, userId)?.quota ?? 'default'
  const text = own === '' || own === 'default' ? config.getApp(world, 'files', 'default_quota', 'none') : own
  return text === 'none' ? UNLIMITED : (parseSize(text) ?? UNLIMITED)
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
