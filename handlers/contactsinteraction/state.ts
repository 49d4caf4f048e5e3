import { escapeText, propertiesOf, readComponent } from '#lib/icalendar/component.ts'
import { PRODID } from '#lib/icalendar/validate.ts'
import { writeComponent } from '#lib/icalendar/write.ts'
import { s } from '#lib/schema.ts'
import * as users from '#world/accounts/users.ts'
import { defineBackgroundJob } from '#world/background-jobs.ts'
import { defineTable } from '#world/define-table.ts'
import * as books from '#world/groupware/address-books.ts'
import * as calendars from '#world/groupware/calendars.ts'
import { defineReactions } from '#world/reactions.ts'
import type { World } from '#world/world.ts'

/** Somebody whom an account had to do with, and who is in none of its address books. */
export interface RecentContact {
  readonly id: number
  /** The account. */
  readonly actor: string
  readonly userId: string | null
  readonly email: string | null
  readonly cloudId: string | null
  /** Seconds since 1970. */
  readonly lastContact: number
  /** A vCard. */
  readonly data: string
}

/** How somebody was meant. */
export type Met = Pick<RecentContact, 'userId' | 'email' | 'cloudId'>

/** Recent contacts by id. */
export const recentContactsTable = defineTable<RecentContact>('recentContacts', {
  sequence: 'recentContact',
  record: s.object({
    id: s.int(),
    actor: s.string(),
    userId: s.nullable(s.string()),
    email: s.nullable(s.string()),
    cloudId: s.nullable(s.string()),
    lastContact: s.int(),
    data: s.string(),
  }),
})

const SHARE_TYPES: Readonly<Record<number, keyof Met>> = { 0: 'userId', 4: 'email', 6: 'cloudId' }
const NOBODY: Met = { userId: null, email: null, cloudId: null }

/** An account's recent contacts, the oldest first. */
export function listOf(world: World, actor: string): RecentContact[] {
  const table = world.table(recentContactsTable)
  const keys = table.index('actor', (one) => one.actor).keysOf(actor)
  return keys.map((key) => table.get(key)!).sort((a, b) => a.id - b.id)
}

export const remove = (world: World, { id }: RecentContact): boolean =>
  world.table(recentContactsTable).delete(String(id))

/** When an account last had to do with anybody; `null`: never, as far as is known. */
export const lastContactOf = (world: World, actor: string): number | null =>
  listOf(world, actor).reduce<number | null>((last, one) => Math.max(last ?? 0, one.lastContact), null)

/** Remember that an account had to do with somebody. */
export function meet(world: World, actor: string, met: Met): void {
  if (met.userId === actor || isKnown(world, actor, met)) return
  const isSame = (one: RecentContact) =>
    (met.userId !== null && one.userId === met.userId) ||
    (met.email !== null && one.email === met.email) ||
    (met.cloudId !== null && one.cloudId === met.cloudId)
  const now = world.clock.seconds()
  const known = listOf(world, actor).filter(isSame)
  for (const one of known) world.table(recentContactsTable).patch(String(one.id), { lastContact: now })
  if (known.length > 0) return
  const id = world.nextId('recentContact')
  const data = cardOf(world, met)
  world.table(recentContactsTable).set(String(id), { id, actor, ...met, lastContact: now, data })
}

/** Whether one of an account's own cards has the address. */
function isKnown(world: World, actor: string, { email, cloudId }: Met): boolean {
  if (email === null && cloudId === null) return false
  return books
    .listOf(world, actor)
    .flatMap(({ id }) => books.cardsOf(world, id))
    .some(({ data }) => {
      if (!data.includes(email ?? cloudId!)) return false
      const card = readComponent(data)
      return [...propertiesOf(card, 'EMAIL'), ...propertiesOf(card, 'CLOUD')].some(
        ({ value }) => value === email || value === cloudId,
      )
    })
}

function cardOf(world: World, { userId, email, cloudId }: Met): string {
  const name = (userId === null ? undefined : users.find(world, userId)?.displayName) ?? email ?? cloudId ?? ''
  const lines = [
    'BEGIN:VCARD',
    'VERSION:4.0',
    `PRODID:${PRODID}`,
    `UID:sabre-vobject-${world.random.uuid()}`,
    `URI:${world.random.uuid()}`,
    `FN:${escapeText(name)}`,
    'CATEGORIES:Recently contacted',
    ...(email === null ? [] : [`EMAIL:${escapeText(email)}`]),
    ...(cloudId === null ? [] : [`CLOUD:${escapeText(cloudId)}`]),
    'END:VCARD',
  ]
  return writeComponent(readComponent(lines.join('\r\n')))
}

/** Those who take part in an appointment are met by whoever writes it. */
function meetAttendees(world: World, calendarId: number, data: string, by: string | undefined): void {
  const calendar = calendars.find(world, calendarId)
  if (!calendar || !/(?:ATTENDEE|ORGANIZER)/.test(data)) return
  for (const event of readComponent(data).children) {
    if (!('children' in event) || event.name !== 'VEVENT') continue
    for (const { value } of [...propertiesOf(event, 'ORGANIZER'), ...propertiesOf(event, 'ATTENDEE')]) {
      const email = /^mailto:(.+)$/i.exec(value)?.[1]
      if (email !== undefined) meet(world, by || calendar.owner, { ...NOBODY, email })
    }
  }
}

export const recentContactReactions = [
  defineReactions({
    'share.created': (world, { share, seeded }) => {
      const member = SHARE_TYPES[share.type]
      if (seeded || member === undefined || share.sharedWith === null) return
      meet(world, share.sharedBy, { ...NOBODY, [member]: share.sharedWith })
    },
    'calendar-object.created': (world, { object, by, seeded }) => {
      if (!seeded) meetAttendees(world, object.calendarId, object.data, by)
    },
    'calendar-object.changed': (world, { object, by }) => meetAttendees(world, object.calendarId, object.data, by),
    'collection.shared': (world, { kind, id, principal, by }) => {
      const [, principals, name = ''] = principal.split('/')
      const owner = calendars.find(world, id)?.owner
      if (kind !== 'calendar' || principals !== 'users' || owner === undefined) return
      meet(world, by || owner, { ...NOBODY, userId: name })
    },
  }),
  defineReactions(
    {
      'user.deleted': (world, { userId }) => {
        for (const one of listOf(world, userId)) remove(world, one)
      },
    },
    { phase: 'clean-up', evenIfDisabled: true },
  ),
]

const WEEK = 7 * 86_400

/** Who was not met for a week is forgotten. */
export const forgetRecentContacts = defineBackgroundJob({
  name: 'forget recent contacts',
  table: recentContactsTable,
  momentOf: ({ lastContact }) => lastContact,
  delay: () => WEEK,
  run: (world, due) => {
    for (const one of due) remove(world, one)
  },
})
