import { s } from '#lib/schema.ts'
import { defineTable } from '../define-table.ts'
import * as config from '../settings/config.ts'
import type { World } from '../world.ts'
import { contentFrom } from './content.ts'
import type { Content } from './tree.ts'

/** What a new home begins with: a file, or without content a folder. */
export interface SkeletonEntry {
  /** Absolute; what is below a folder comes after it. */
  readonly path: string
  readonly content: Content | null
}

const contentSchema = s.union(s.object({ base64: s.string() }), s.object({ zeros: s.int() }))

/** The skeleton of a seed, by path. Its top folder is among it, so that it can be empty. */
export const skeletonTable = defineTable<SkeletonEntry>('skeleton', {
  record: s.object({ path: s.string(), content: s.nullable(contentSchema) }),
})

const SHIPPED: readonly SkeletonEntry[] = [
  { path: '/welcome.txt', content: contentFrom(new TextEncoder().encode('Welcome to the OCS test world.\n')) },
]

/**
 * What a new home begins with: the folder that `skeletondirectory` names, where this machine's folders can be read;
 * nothing, where it is empty; the skeleton of a seed; one file.
 */
export function skeleton(world: World): readonly SkeletonEntry[] {
  const folder = config.getSystem<unknown>(world, 'skeletondirectory', null)
  if (folder === '') return []
  const read = typeof folder === 'string' ? world.rules.readFolder?.(folder) : null
  if (read) return read.map(({ path, bytes }) => ({ path, content: bytes && contentFrom(bytes) }))
  const seeded = world.table(skeletonTable)
  return seeded.size === 0 ? SHIPPED : [...seeded.values()].filter(({ path }) => path !== '/')
}

/** Let new homes begin with this, and nothing else. */
export function setSkeleton(world: World, entries: readonly SkeletonEntry[]): void {
  const table = world.table(skeletonTable)
  table.clear()
  for (const entry of [{ path: '/', content: null }, ...entries]) table.set(entry.path, entry)
}
