import { defineActivityFilter } from '#app/index.ts'
import * as files from '#world/files/files.ts'
import { favoritesOf } from '#world/files/tags.ts'
import type { World } from '#world/world.ts'

const FILE_CHANGES = ['file_created', 'file_changed', 'file_deleted', 'file_restored']

/** Favourites, and what lies in them, by the paths that they have now; whoever has none sees everything. */
function isInFavorite(world: World, me: string, path: string): boolean {
  const favorites = favoritesOf(world, me).flatMap((id) => files.entryOf(world, me, id) ?? [])
  return (
    favorites.length === 0 ||
    favorites.some((entry) => path === entry.path || (files.isFolder(entry) && path.startsWith(`${entry.path}/`)))
  )
}

export const fileFilters = [
  defineActivityFilter({
    id: 'files_favorites',
    name: 'Favorites',
    icon: '/core/img/actions/star-dark.svg',
    priority: 10,
    apps: ['files'],
    types: FILE_CHANGES,
    matches: ({ objectName }, { world, me }) => isInFavorite(world, me, objectName),
  }),
  defineActivityFilter({
    id: 'files',
    name: 'File changes',
    icon: '/core/img/places/files.svg',
    priority: 30,
    apps: ['files'],
    types: FILE_CHANGES,
  }),
]
