import { InternalError } from '#lib/errors.ts'
import { mergePatch } from '#lib/merge-patch.ts'

/**
 * How a value of a profile differs from that of the next newer release: one of these members, or none where all is new.
 * It is what a file of `fixtures/profiles/<profile>/` holds where the newer profile has a file of that name.
 */
export interface Layer {
  /** Nothing of the newer value is left. */
  readonly whole?: unknown
  /** A JSON Merge Patch over an object. */
  readonly members?: unknown
  /** How a list of objects differs, each known by its `id` or another member. */
  readonly list?: ListLayer
}

interface ListLayer {
  /** The member that tells entries apart. */
  readonly key: string
  /** Those that are not there. */
  readonly without?: readonly unknown[]
  /** JSON Merge Patches over those that are there, with their keys. */
  readonly changed?: readonly Entry[]
  /** Those that the newer release has no more, and at which places of the older list. */
  readonly added?: readonly { readonly at: number; readonly entry: Entry }[]
}

type Entry = Readonly<Record<string, unknown>>

/** The older value: a newer one with what differs. */
export function layOver(newer: unknown, layer: Layer): unknown {
  if ('whole' in layer) return layer.whole
  if ('members' in layer) return mergePatch(newer, layer.members)
  if (!layer.list) return newer
  if (!Array.isArray(newer)) throw new InternalError('A layer over a list lies on something else.')
  const { key, without = [], changed = [], added = [] } = layer.list
  const patches = new Map(changed.map((patch) => [patch[key], patch]))
  const gone = new Set(without)
  const entries = (newer as Entry[])
    .filter((entry) => !gone.has(entry[key]))
    .map((entry) => {
      const patch = patches.get(entry[key])
      return patch ? mergePatch(entry, patch) : entry
    })
  for (const { at, entry } of added) entries.splice(at, 0, entry)
  return entries
}
