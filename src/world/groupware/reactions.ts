import { defineBackgroundJob } from '../background-jobs.ts'
import { defineReactions } from '../reactions.ts'
import type { World } from '../world.ts'
import * as books from './address-books.ts'
import { begin } from './beginnings.ts'
import * as birthdays from './birthdays.ts'
import * as objects from './calendar-objects.ts'
import { destroyCalendar } from './calendar-removal.ts'
import * as calendars from './calendars.ts'
import * as inbox from './inbox.ts'
import { forgetPrincipal } from './shares.ts'
import * as subscriptions from './subscriptions.ts'

/** What becomes of calendars and address books when something else happens. */
export const groupwareReactions = [
  defineReactions({
    'user.first-login': (world, { userId, exampleEvent, exampleContact }) =>
      begin(world, userId, { event: exampleEvent, contact: exampleContact }),
  }),
  // Birthdays follow when everybody has heard of the card.
  defineReactions(
    {
      'card.created': (world, { card, book }) => birthdays.cardChanged(world, card, book),
      'card.changed': (world, { card, book }) => birthdays.cardChanged(world, card, book),
      'card.moved': (world, { card, book, from, oldUri }) => {
        birthdays.cardDeleted(world, oldUri, from)
        birthdays.cardChanged(world, card, book)
      },
      'card.deleted': (world, { card, book }) => birthdays.cardDeleted(world, card.uri, book),
      'address-book.deleted': (world, { book }) => {
        for (const card of books.cardsOf(world, book.id)) birthdays.cardDeleted(world, card.uri, book)
      },
    },
    { phase: 'clean-up' },
  ),
  defineReactions(
    {
      'user.deleted': (world, { userId }) => removeAll(world, userId),
      'group.deleted': (world, { groupId }) =>
        forgetPrincipal(world, `principals/groups/${encodeURIComponent(groupId)}`),
    },
    { phase: 'clean-up', evenIfDisabled: true },
  ),
]

function removeAll(world: World, userId: string): void {
  for (const subscription of subscriptions.listOf(world, userId)) subscriptions.remove(world, subscription)
  for (const book of books.listOf(world, userId)) books.destroy(world, book)
  for (const calendar of calendars.listOf(world, userId)) destroyCalendar(world, calendar)
  for (const message of inbox.listOf(world, userId)) inbox.remove(world, message)
  forgetPrincipal(world, `principals/users/${userId}`)
}

/** What waited in the trash long enough goes for good. */
export const calendarJobs = [
  defineBackgroundJob({
    name: 'calendar retention',
    table: calendars.calendarsTable,
    momentOf: ({ deletedAt }) => deletedAt,
    delay: calendars.retention,
    run: (world, due) => {
      for (const calendar of due) destroyCalendar(world, calendar)
    },
  }),
  defineBackgroundJob({
    name: 'calendar object retention',
    table: objects.calendarObjectsTable,
    momentOf: ({ deletedAt }) => deletedAt,
    delay: calendars.retention,
    run: (world, due) => {
      for (const object of due) objects.remove(world, object, true)
    },
  }),
]
