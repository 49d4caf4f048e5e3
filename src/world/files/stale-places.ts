import { byRelease } from '#lib/releases.ts'
import { s } from '#lib/schema.ts'
import { defineTable } from '../define-table.ts'
import type { World } from '../world.ts'
import * as mounts from './mounts.ts'
import { keysWithPrefix } from './tree.ts'

/** Whether what was received keeps its place after its node is gone (34.0.1 asked; 33.0.0, 32.0.2 and 27.1.10 not). */
const STAYS_TAKEN = byRelease(false, { 34: true })

/** Places of what was received and is gone, by `user:path`: taken until its recipient comes again. */
export const stalePlacesTable = defineTable<{ readonly userId: string; readonly path: string }>('stalePlaces', {
  record: s.object({ userId: s.string(), path: s.string() }),
})

/** A node is gone, and so is where others saw it; the place stays taken for a while. */
export function leaveBehind(world: World, nodeId: number): void {
  for (const { userId, path, kind } of mounts.ofNode(world, nodeId)) {
    if (kind === 'shared' && STAYS_TAKEN.at(world.release))
      world.table(stalePlacesTable).set(`${userId}:${path}`, { userId, path })
    mounts.remove(world, userId, nodeId)
  }
}

/** Whether a place of an account is taken by something that is gone. */
export const isStale = (world: World, userId: string, path: string): boolean =>
  world.table(stalePlacesTable).has(`${userId}:${path}`)

/** The account came, whatever for: its places are looked through. */
export function forget(world: World, userId: string): void {
  const table = world.table(stalePlacesTable)
  if (table.size === 0) return
  for (const key of [...keysWithPrefix(table.sortedKeys(), `${userId}:`)]) table.delete(key)
}
