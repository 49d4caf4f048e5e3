import { type ActivityContext, type ActivityText, defineActivityProvider, userObject } from '#app/activity-provider.ts'
import type { RichObject } from '#app/rich-text.ts'
import { isJsonObject, type Json } from '#lib/json.ts'
import * as groups from '#world/accounts/groups.ts'
import type { Activity } from '#world/notices/activities.ts'

const CALENDAR = '/core/img/places/calendar.svg'
const CONTACTS = '/core/img/places/contacts.svg'
const TASKS = '/core/img/actions/checkmark.svg'

/** What happens to calendars and address books. */
export const davProvider = defineActivityProvider(describe)

/** How the texts of a subject go on after who did it, for each of its verbs. */
const CALENDAR_TEXTS: Readonly<Record<string, string>> = {
  add: 'created calendar {calendar}',
  update: 'updated calendar {calendar}',
  delete: 'deleted calendar {calendar}',
  move_to_trash: 'deleted calendar {calendar}',
  restore: 'restored calendar {calendar}',
  publish: 'shared calendar {calendar} as public link',
  unpublish: 'removed public link for calendar {calendar}',
}
const BOOK_TEXTS: Readonly<Record<string, string>> = {
  add: 'created address book {addressbook}',
  update: 'updated address book {addressbook}',
  delete: 'deleted address book {addressbook}',
}
const CARD_TEXTS: Readonly<Record<string, string>> = {
  add: 'created contact {card} in address book {addressbook}',
  update: 'updated contact {card} in address book {addressbook}',
  delete: 'deleted contact {card} from address book {addressbook}',
}
const OBJECT_TEXTS: Readonly<Record<string, string>> = {
  add_event: 'created event {event} in calendar {calendar}',
  update_event: 'updated event {event} in calendar {calendar}',
  delete_event: 'deleted event {event} from calendar {calendar}',
  move_to_trash_event: 'deleted event {event} from calendar {calendar}',
  move_event: 'moved event {event} from calendar {sourceCalendar} to calendar {targetCalendar}',
  restore_event: 'restored event {event} of calendar {calendar}',
  add_todo: 'created to-do {todo} in list {calendar}',
  update_todo: 'updated to-do {todo} in list {calendar}',
  update_todo_completed: 'solved to-do {todo} in list {calendar}',
  update_todo_needs_action: 'reopened to-do {todo} in list {calendar}',
  delete_todo: 'deleted to-do {todo} from list {calendar}',
  move_to_trash_todo: 'deleted to-do {todo} from list {calendar}',
  move_todo: 'moved to-do {todo} from list {sourceCalendar} to list {targetCalendar}',
  restore_todo: 'restored to-do {todo} of list {calendar}',
}

/** The noun of collections in texts, with its placeholder. */
const COLLECTIONS = { calendar: 'calendar {calendar}', addressbook: 'address book {addressbook}' } as const

function describe({ app, subject, parameters }: Activity, context: ActivityContext): ActivityText | null {
  if (app !== 'dav' || !isJsonObject(parameters)) return null
  const objects = objectsOf(parameters, context)
  const share = /^(calendar|addressbook)_(user|group)_(share|unshare)(?:_(you|by|self))?$/.exec(subject)
  if (share) return shareText(share[1] as keyof typeof COLLECTIONS, share.slice(2), objects)
  const [, family = '', verb = '', self] = /^(calendar|addressbook|card|object)_(.+?)(_self)?$/.exec(subject) ?? []
  const isSelf = self !== undefined
  const texts = { calendar: CALENDAR_TEXTS, addressbook: BOOK_TEXTS, card: CARD_TEXTS, object: OBJECT_TEXTS }[family]
  const text = texts && Object.hasOwn(texts, verb) ? texts[verb] : undefined
  if (text === undefined) return null
  const isCollection = family === 'calendar' || family === 'addressbook'
  const isTask = verb.includes('todo')
  const entry = isCollection ? [] : [family === 'card' ? 'card' : isTask ? 'todo' : 'event']
  const collection = family === 'calendar' || family === 'object' ? 'calendar' : 'addressbook'
  const places = objects.sourceCalendar ? ['sourceCalendar', 'targetCalendar'] : [collection]
  const shown = [...(isSelf && !isCollection ? [] : ['actor']), ...places, ...entry]
  return {
    text: `${isSelf ? 'You' : '{actor}'} ${text}`,
    parameters: pick(objects, shown),
    icon: isTask ? TASKS : collection === 'calendar' ? CALENDAR : CONTACTS,
    mergeBy: [isCollection ? collection : entry[0]!],
  }
}

function shareText(
  collection: keyof typeof COLLECTIONS,
  [kind = '', verb = '', role = '']: readonly string[],
  objects: Readonly<Record<string, RichObject>>,
): ActivityText {
  const done = `${verb}d ${COLLECTIONS[collection]}`
  const preposition = verb === 'share' ? 'with' : 'from'
  const whom = kind === 'group' ? 'group {group}' : '{user}'
  const other = kind === 'group' ? 'group' : 'user'
  const icon = collection === 'calendar' ? CALENDAR : CONTACTS
  const made = (text: string, shown: readonly string[]) => ({ text, parameters: pick(objects, shown), icon })
  if (role === 'you') return made(`You ${done} ${preposition} ${whom}`, [collection, other])
  if (role === 'by') return made(`{actor} ${done} ${preposition} ${whom}`, ['actor', collection, other])
  return made(`{actor} ${done} ${preposition} ${role === 'self' ? 'themselves' : 'you'}`, ['actor', collection])
}

const pick = (objects: Readonly<Record<string, RichObject>>, names: readonly string[]) =>
  Object.fromEntries(names.flatMap((name) => (objects[name] ? [[name, objects[name]]] : [])))

/** What the parameters of an activity stand for. */
function objectsOf(parameters: Readonly<Record<string, Json>>, context: ActivityContext): Record<string, RichObject> {
  const named = (name: string, type: string, title = (value: Named) => String(value.name)) => {
    const value = parameters[name] as Named | undefined
    return value === undefined ? [] : [{ type, id: String(value.id), name: title(value) }]
  }
  const first = (name: string, objects: readonly RichObject[]) => (objects[0] ? { [name]: objects[0] } : {})
  const { actor, user, group } = parameters
  return {
    ...(typeof actor === 'string' ? { actor: userObject(actor, context) } : {}),
    ...(typeof user === 'string' ? { user: userObject(user, context) } : {}),
    ...(typeof group === 'string'
      ? { group: { type: 'user-group', id: group, name: groups.find(context.world, group)?.displayName ?? group } }
      : {}),
    ...first('calendar', named('calendar', 'calendar')),
    ...first('sourceCalendar', named('sourceCalendar', 'calendar')),
    ...first('targetCalendar', named('targetCalendar', 'calendar')),
    ...first('addressbook', named('addressbook', 'addressbook', titleOfBook)),
    ...first('event', named('object', 'calendar-event')),
    ...first('todo', named('object', 'calendar-event')),
    ...first('card', named('card', 'addressbook-contact')),
  }
}

interface Named {
  readonly id: Json
  readonly uri?: Json
  readonly name: Json
}

/** The first address book of an account is told under another name than it has. */
const titleOfBook = ({ uri, name }: Named) => (uri === 'contacts' && name === 'Contacts' ? 'Personal' : String(name))
