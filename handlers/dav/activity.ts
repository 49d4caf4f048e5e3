import { type ActivityContext, type ActivityText, defineActivityProvider, userObject } from '#app/activity-provider.ts'
import type { RichObject, RichParameters } from '#app/rich-text.ts'
import { exampleContact, exampleEvent } from '#profiles/keys.ts'
import { exampleEventId } from '#world/accounts/calendars.ts'
import { exampleContactId } from '#world/accounts/contacts.ts'
import type { Activity } from '#world/notices/activities.ts'

const CALENDAR = '/core/img/places/calendar.svg'
const CONTACTS = '/core/img/places/contacts.svg'

/** What the server makes for an account that comes for the first time. */
export const davProvider = defineActivityProvider(describe, { data: [exampleEvent, exampleContact] })

function describe({ app, subject, userId, objectId }: Activity, context: ActivityContext): ActivityText | null {
  if (app !== 'dav') return null
  const event = exampleEvent.of(context.profile)
  const contact = exampleContact.of(context.profile)
  const actor = userObject(userId, context)
  const id = String(objectId)
  const calendar = (name: string) => ({ type: 'calendar', id, name })
  const addressbook = { type: 'addressbook', id, name: 'Personal' }
  const contactId = exampleContactId(contact, userId)
  const made = (text: string, parameters: RichParameters, icon: string) => ({
    text: `You created ${text}`,
    parameters,
    icon,
  })
  const inCalendar = (name: string, entry: RichObject) =>
    made('event {event} in calendar {calendar}', { calendar: calendar(name), event: entry }, CALENDAR)
  switch (subject) {
    case 'personal_calendar':
      return made('calendar {calendar}', { actor, calendar: calendar('Personal') }, CALENDAR)
    case 'birthday_calendar':
      return made('calendar {calendar}', { actor, calendar: calendar('Contact birthdays') }, CALENDAR)
    case 'example_event':
      return inCalendar('Personal', { type: 'calendar-event', id: exampleEventId(event, userId), name: event.summary })
    case 'birthday_event':
      return inCalendar('Contact birthdays', {
        type: 'calendar-event',
        id: contactId,
        name: `🎂 ${contact.name} (2000)`,
      })
    case 'personal_address_book':
      return made('address book {addressbook}', { actor, addressbook }, CONTACTS)
    case 'example_contact': {
      const card = { type: 'addressbook-contact', id: contactId, name: contact.name }
      return made('contact {card} in address book {addressbook}', { addressbook, card }, CONTACTS)
    }
    default:
      return null
  }
}
