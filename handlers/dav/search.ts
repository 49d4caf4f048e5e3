import { defineSearchProvider } from '#app/index.ts'

/** Contacts, events and tasks are found only where the apps that show them are installed; no release ships these. */
const withoutItsApp = { order: null, search: () => ({ entries: [] }) }

export const contactSearch = defineSearchProvider({
  ...withoutItsApp,
  id: 'contacts',
  name: 'Contacts',
  filters: { term: 'string', since: 'datetime', until: 'datetime', person: 'person', 'title-only': 'bool' },
})

export const eventSearch = defineSearchProvider({
  ...withoutItsApp,
  id: 'calendar',
  name: 'Events',
  filters: { term: 'string', person: 'person', since: 'datetime', until: 'datetime' },
})

export const taskSearch = defineSearchProvider({ ...withoutItsApp, id: 'tasks', name: 'Tasks' })
