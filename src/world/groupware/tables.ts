import { addressBooksTable, cardsTable } from './address-books.ts'
import { calendarObjectsTable } from './calendar-objects.ts'
import { calendarsTable } from './calendars.ts'
import { collectionChangesTable } from './changes.ts'
import { delegatesTable } from './delegates.ts'
import { schedulingMessagesTable } from './inbox.ts'
import { collectionSharesTable } from './shares.ts'
import { subscriptionsTable } from './subscriptions.ts'

/** What calendars and address books are kept in. */
export const groupwareTables = [
  calendarsTable,
  calendarObjectsTable,
  subscriptionsTable,
  schedulingMessagesTable,
  collectionSharesTable,
  collectionChangesTable,
  addressBooksTable,
  cardsTable,
  delegatesTable,
]
