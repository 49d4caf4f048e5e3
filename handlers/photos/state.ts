import { s } from '#lib/schema.ts'
import { defineTable } from '#world/define-table.ts'
import { defineReactions } from '#world/reactions.ts'
import type { World } from '#world/world.ts'

/** Pictures that an account put together. */
export interface Album {
  readonly id: number
  readonly userId: string
  readonly name: string
  readonly location: string
  readonly fileIds: readonly number[]
}

/** Albums by id. */
export const albumsTable = defineTable<Album>('albums', {
  sequence: 'album',
  record: s.object({
    id: s.int(),
    userId: s.string(),
    name: s.string(),
    location: s.string(),
    fileIds: s.list(s.int()),
  }),
})

/** An account's album of a name. */
export const find = (world: World, userId: string, name: string): Album | undefined =>
  [...world.table(albumsTable).values()].find((album) => album.userId === userId && album.name === name)

/** Make an album, where its account has none of the name. */
export function create(world: World, made: Omit<Album, 'id' | 'fileIds'>): Album | 'exists' {
  if (find(world, made.userId, made.name)) return 'exists'
  const album = { ...made, id: world.nextId('album'), fileIds: [] }
  world.table(albumsTable).set(String(album.id), album)
  return album
}

/** Put a file into an album. */
export function addFile(world: World, album: Album, fileId: number): 'added' | 'there' {
  if (album.fileIds.includes(fileId)) return 'there'
  world.table(albumsTable).patch(String(album.id), { fileIds: [...album.fileIds, fileId] })
  return 'added'
}

/** An account takes its albums along. */
export const albumReactions = defineReactions(
  {
    'user.deleted': (world, { userId }) => {
      const table = world.table(albumsTable)
      for (const [key, album] of [...table.entries()]) if (album.userId === userId) table.delete(key)
    },
  },
  { phase: 'clean-up', evenIfDisabled: true },
)
