import { defineSearchProvider, type SearchContext, type SearchQuery, type SearchResult } from '#app/index.ts'
import { isEnabledFor } from '#world/settings/apps.ts'

type Search = (query: SearchQuery, context: SearchContext) => SearchResult

/**
 * Contacts, events and tasks are found only where the app that shows them is enabled for the caller; no release ships
 * these. What searches is loaded then.
 */
const shownBy = (app: string, load: () => Promise<Search>) => ({
  listedWith: app,
  orderFrom: { [`/apps/${app}/?`]: -1 },
  search: async (query: SearchQuery, context: SearchContext): Promise<SearchResult> =>
    isEnabledFor(context.world, app, context.me) ? (await load())(query, context) : { entries: [] },
})

const DEFAULT_ICON = '/core/img/places/default-app-icon.svg'

export const contactSearch = defineSearchProvider({
  ...shownBy('contacts', async () => (await import('./webdav/groupware/search-contacts.ts')).searchContacts),
  id: 'contacts',
  name: 'Contacts',
  icon: DEFAULT_ICON,
  order: 25,
  filters: { term: 'string', since: 'datetime', until: 'datetime', person: 'person', 'title-only': 'bool' },
  refuses: ['company'],
})

export const eventSearch = defineSearchProvider({
  ...shownBy('calendar', async () => (await import('./webdav/groupware/search-calendars.ts')).searchEvents),
  id: 'calendar',
  name: 'Events',
  icon: '/apps/dav/img/calendar.svg',
  order: 30,
  filters: { term: 'string', person: 'person', since: 'datetime', until: 'datetime' },
})

export const taskSearch = defineSearchProvider({
  ...shownBy('tasks', async () => (await import('./webdav/groupware/search-calendars.ts')).searchTasks),
  id: 'tasks',
  name: 'Tasks',
  icon: DEFAULT_ICON,
  order: 35,
})
