import { defineActivityFilter } from '#app/index.ts'

export const davFilters = [
  defineActivityFilter({
    id: 'calendar',
    name: 'Calendar',
    icon: '/core/img/places/calendar.svg',
    priority: 40,
    types: ['calendar', 'calendar_event'],
  }),
  defineActivityFilter({
    id: 'calendar_todo',
    name: 'Tasks',
    icon: '/core/img/actions/checkmark.svg',
    priority: 40,
    types: ['calendar_todo'],
  }),
  defineActivityFilter({
    id: 'contacts',
    name: 'Contacts',
    icon: '/core/img/places/contacts.svg',
    priority: 40,
    types: ['contacts'],
  }),
]
