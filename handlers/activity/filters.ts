import { defineEndpoint, s } from '#app/index.ts'
import type { Activity } from '#world/notices/activities.ts'
import { isEnabled } from '#world/settings/apps.ts'
import type { World } from '#world/world.ts'

/** One choice above a stream. */
interface Filter {
  readonly id: string
  readonly name: string
  readonly icon: string
  readonly priority: number
  /** The app that offers it. */
  readonly by: string
  /** Only activities of these apps, and only of these types. */
  readonly apps?: readonly string[]
  readonly types?: readonly string[]
}

const FILE_CHANGES = ['file_created', 'file_changed', 'file_deleted', 'file_restored']
const ICONS = '/core/img'

const FILTERS: readonly Filter[] = [
  { id: 'all', name: 'All activities', icon: '/apps/activity/img/activity-dark.svg', priority: 0, by: 'activity' },
  { id: 'self', name: 'By you', icon: `${ICONS}/actions/user.svg`, priority: 1, by: 'activity' },
  { id: 'by', name: 'By others', icon: `${ICONS}/places/contacts.svg`, priority: 2, by: 'activity' },
  {
    id: 'circles',
    name: 'Teams',
    icon: '/apps/circles/img/circles-dark.svg',
    priority: 10,
    by: 'circles',
    apps: ['circles'],
  },
  {
    id: 'files_favorites',
    name: 'Favorites',
    icon: `${ICONS}/actions/star-dark.svg`,
    priority: 10,
    by: 'files',
    apps: ['files'],
    types: FILE_CHANGES,
  },
  {
    id: 'files',
    name: 'File changes',
    icon: `${ICONS}/places/files.svg`,
    priority: 30,
    by: 'files',
    apps: ['files'],
    types: FILE_CHANGES,
  },
  {
    id: 'security',
    name: 'Security',
    icon: `${ICONS}/actions/password.svg`,
    priority: 30,
    by: 'settings',
    types: ['security'],
  },
  {
    id: 'files_sharing',
    name: 'File shares',
    icon: `${ICONS}/actions/share.svg`,
    priority: 31,
    by: 'files_sharing',
    apps: ['files_sharing', 'files_downloadactivity'],
    types: ['shared', 'remote_share', 'file_downloaded'],
  },
  {
    id: 'calendar',
    name: 'Calendar',
    icon: `${ICONS}/places/calendar.svg`,
    priority: 40,
    by: 'dav',
    types: ['calendar', 'calendar_event'],
  },
  {
    id: 'calendar_todo',
    name: 'Tasks',
    icon: `${ICONS}/actions/checkmark.svg`,
    priority: 40,
    by: 'dav',
    types: ['calendar_todo'],
  },
  {
    id: 'comments',
    name: 'Comments',
    icon: `${ICONS}/actions/comment.svg`,
    priority: 40,
    by: 'comments',
    apps: ['comments'],
  },
  {
    id: 'contacts',
    name: 'Contacts',
    icon: `${ICONS}/places/contacts.svg`,
    priority: 40,
    by: 'dav',
    types: ['contacts'],
  },
]

/** The filters that enabled apps offer, the most important first. */
const offered = (world: World) => FILTERS.filter(({ by }) => isEnabled(world, by))

/** What a filter lets through for an account; `null`: there is no such filter. `filter` asks for one object. */
export function matcherOf(
  world: World,
  id: string,
  me: string,
  about: { readonly type: string; readonly id: number },
  isFavorite: (fileId: number) => boolean,
): ((activity: Activity) => boolean) | null {
  if (id === 'filter') return ({ objectType, objectId }) => objectType === about.type && objectId === about.id
  const filter = offered(world).find((one) => one.id === id)
  if (!filter) return null
  return ({ app, type, author, objectId }) =>
    (filter.apps?.includes(app) ?? true) &&
    (filter.types?.includes(type) ?? true) &&
    (id !== 'self' || author === me) &&
    (id !== 'by' || author !== me) &&
    (id !== 'files_favorites' || isFavorite(objectId))
}

export const listFilters = defineEndpoint({
  id: 'activity:GET /apps/activity/api/v2/activity/filters',
  app: 'activity',
  method: 'GET',
  path: '/apps/activity/api/v2/activity/filters',
  access: 'user',
  summary: 'What a stream can be narrowed to',
  output: s.list(s.object({ id: s.string(), name: s.string(), icon: s.string(), priority: s.int() })),
  handle: ({ world, request, ok }) =>
    ok(offered(world).map(({ id, name, icon, priority }) => ({ id, name, icon: request.baseUrl + icon, priority }))),
})
