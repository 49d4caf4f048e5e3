import { s } from '#app/index.ts'
import type { PhpArray } from '#lib/php.ts'
import type { World } from '#world/world.ts'
import * as notes from './state.ts'

export const noteSchema = s.object({
  id: s.int(),
  title: s.optional(s.string()),
  modified: s.optional(s.int()),
  category: s.optional(s.string()),
  favorite: s.optional(s.bool()),
  readonly: s.optional(s.bool()),
  internalPath: s.optional(s.string()),
  shareTypes: s.optional(s.list(s.int())),
  isShared: s.optional(s.bool()),
  error: s.optional(s.bool()),
  errorType: s.optional(s.string()),
  content: s.optional(s.string()),
  etag: s.optional(s.string()),
})

/** Members that a caller can leave out; the others are always there. */
const EXCLUDABLE = [
  'title',
  'modified',
  'category',
  'favorite',
  'readonly',
  'internalPath',
  'shareTypes',
  'isShared',
  'content',
]

/** A note as it is answered. @param exclude names of members that are left out */
export function showNote(world: World, note: notes.Note, exclude: readonly string[] = []): PhpArray {
  const { entry, title, category, favorite } = note
  const shareTypes = notes.shareTypesOf(world, note)
  const members: PhpArray = {
    id: entry.node.id,
    title,
    modified: entry.node.mtime,
    category,
    favorite,
    readonly: notes.isReadOnly(note),
    internalPath: entry.path,
    shareTypes,
    isShared: shareTypes.length > 0,
    error: false,
    errorType: '',
    ...(exclude.includes('content') ? {} : { content: notes.textOf(world, note) }),
    etag: notes.etagOf(world, note),
  }
  const isShown = ([name]: [string, unknown]) => !(exclude.includes(name) && EXCLUDABLE.includes(name))
  return Object.fromEntries(Object.entries(members).filter(isShown))
}
