import { s } from '#lib/schema.ts'
import { defineTable } from '../define-table.ts'
import type { World } from '../world.ts'

declare module '#world/events.ts' {
  interface WorldEvents {
    /** `calledAs`: by what path it was called that was marked; default: its path in the account's files. */
    'file.favorited': { readonly userId: string; readonly id: number; readonly calledAs?: string }
    'file.unfavorited': { readonly userId: string; readonly id: number; readonly calledAs?: string }
  }
}

/** What one account says about a node, for itself alone. */
export interface FileTags {
  readonly userId: string
  readonly fileId: number
  readonly favorite: boolean
  readonly tags: readonly string[]
}

/** By `user:file`. */
export const fileTagsTable = defineTable<FileTags>('fileTags', {
  record: s.object({ userId: s.string(), fileId: s.int(), favorite: s.bool(), tags: s.list(s.string()) }),
})

const keyOf = (userId: string, fileId: number) => `${userId}:${fileId}`

export function tagsOf(world: World, userId: string, fileId: number): FileTags {
  return world.table(fileTagsTable).get(keyOf(userId, fileId)) ?? { userId, fileId, favorite: false, tags: [] }
}

export function setFavorite(world: World, userId: string, fileId: number, favorite: boolean, calledAs?: string): void {
  save(world, { ...tagsOf(world, userId, fileId), favorite })
  const type = favorite ? 'file.favorited' : 'file.unfavorited'
  world.emit({ type, userId, id: fileId, ...(calledAs === undefined ? {} : { calledAs }) })
}

export function setTags(world: World, userId: string, fileId: number, tags: readonly string[]): void {
  save(world, { ...tagsOf(world, userId, fileId), tags: [...new Set(tags)] })
}

/** Ids of the nodes that an account marked, in the order in which it did. */
export function favoritesOf(world: World, userId: string): number[] {
  return [...world.table(fileTagsTable).values()]
    .filter((tags) => tags.userId === userId && tags.favorite)
    .map(({ fileId }) => fileId)
}

/** What anyone said about a node that is gone. */
export function forget(world: World, fileId: number): void {
  for (const [key, tags] of [...world.table(fileTagsTable).entries()]) {
    if (tags.fileId === fileId) world.table(fileTagsTable).delete(key)
  }
}

/** What an account said about any node. */
export function forgetOf(world: World, userId: string): void {
  for (const [key, tags] of [...world.table(fileTagsTable).entries()]) {
    if (tags.userId === userId) world.table(fileTagsTable).delete(key)
  }
}

function save(world: World, tags: FileTags): void {
  const key = keyOf(tags.userId, tags.fileId)
  if (!tags.favorite && tags.tags.length === 0) world.table(fileTagsTable).delete(key)
  else world.table(fileTagsTable).set(key, tags)
}
