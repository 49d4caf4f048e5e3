import { defineProfileData } from '#app/index.ts'
import type { ExampleEvent } from '#world/accounts/calendars.ts'
import type { ExampleContact } from '#world/accounts/contacts.ts'

/** The event in the calendar of every new account. */
export const exampleEvent = defineProfileData<ExampleEvent>('example-event')

/** The contact in the address book of every new account. */
export const exampleContact = defineProfileData<ExampleContact>('example-contact')
