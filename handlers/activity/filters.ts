import { type ActivityFilter, defineActivityFilter, defineEndpoint, s } from '#app/index.ts'
import type { ContributionSource } from '#line/contributions.ts'
import type { Activity } from '#world/notices/activities.ts'
import { isEnabled } from '#world/settings/apps.ts'
import type { World } from '#world/world.ts'

export const ownFilters = [
  defineActivityFilter({
    id: 'all',
    name: 'All activities',
    icon: '/apps/activity/img/activity-dark.svg',
    priority: 0,
  }),
  defineActivityFilter({
    id: 'self',
    name: 'By you',
    icon: '/core/img/actions/user.svg',
    priority: 1,
    matches: ({ author }, { me }) => author === me,
  }),
  defineActivityFilter({
    id: 'by',
    name: 'By others',
    icon: '/core/img/places/contacts.svg',
    priority: 2,
    matches: ({ author }, { me }) => author !== me,
  }),
]

/** The filters that enabled apps offer, the most important first. */
async function offered(world: World, catalogue: ContributionSource): Promise<ActivityFilter[]> {
  return (await catalogue.gather('activityFilters'))
    .filter(({ app }) => isEnabled(world, app))
    .map(({ contribution }) => contribution)
    .sort((a, b) => a.priority - b.priority || (a.id < b.id ? -1 : 1))
}

/** Whose stream it is, and the object that the filter `filter` asks for. */
interface Narrowing {
  readonly world: World
  readonly catalogue: ContributionSource
  readonly me: string
  readonly about: { readonly type: string; readonly id: number }
}

/** What a filter lets through for an account; `null`: there is no such filter. `filter` asks for one object. */
export async function matcherOf(
  id: string,
  { world, catalogue, me, about }: Narrowing,
): Promise<((activity: Activity) => boolean) | null> {
  if (id === 'filter') return ({ objectType, objectId }) => objectType === about.type && objectId === about.id
  const filter = (await offered(world, catalogue)).find((one) => one.id === id)
  if (!filter) return null
  return (activity) =>
    (filter.apps?.includes(activity.app) ?? true) &&
    (filter.types?.includes(activity.type) ?? true) &&
    (filter.matches?.(activity, { world, me }) ?? true)
}

export const listFilters = defineEndpoint({
  id: 'activity:GET /apps/activity/api/v2/activity/filters',
  app: 'activity',
  method: 'GET',
  path: '/apps/activity/api/v2/activity/filters',
  access: 'user',
  summary: 'What a stream can be narrowed to',
  output: s.list(s.object({ id: s.string(), name: s.words(), icon: s.string(), priority: s.int() })),
  handle: async ({ world, catalogue, request, ok }) =>
    ok(
      (await offered(world, catalogue)).map(({ id, name, icon, priority }) => ({
        id,
        name,
        icon: request.baseUrl + icon,
        priority,
      })),
    ),
})
