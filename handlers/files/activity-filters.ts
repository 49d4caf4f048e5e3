import { defineActivityFilter } from '#app/index.ts'
import { tagsOf } from '#world/files/tags.ts'

const FILE_CHANGES = ['file_created', 'file_changed', 'file_deleted', 'file_restored']

export const fileFilters = [
  defineActivityFilter({
    id: 'files_favorites',
    name: 'Favorites',
    icon: '/core/img/actions/star-dark.svg',
    priority: 10,
    apps: ['files'],
    types: FILE_CHANGES,
    matches: ({ objectId }, { world, me }) => tagsOf(world, me, objectId).favorite,
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
