import type { CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import type { InputValue } from '#console/definition.ts'
import { CommandException } from '#console/errors.ts'
import { beginProgress, stepProgress } from '#console/progress.ts'
import { renderTable } from '#console/table.ts'
import { parsePhpDate } from '#lib/php-date.ts'
import * as users from '#world/accounts/users.ts'
import * as books from '#world/groupware/address-books.ts'
import * as birthdays from '#world/groupware/birthdays.ts'
import { removeCalendar } from '#world/groupware/calendar-removal.ts'
import * as calendars from '#world/groupware/calendars.ts'
import * as shares from '#world/groupware/shares.ts'
import * as subscriptions from '#world/groupware/subscriptions.ts'
import { setUser } from '#world/settings/config.ts'
import { exportCalendar } from './calendar-export.ts'
import { importCalendar } from './calendar-import.ts'
import { accountOf, thrown } from './command-arguments.ts'
import { moveCalendar, noCalendar } from './move-calendar.ts'
import * as absences from './state/absences.ts'

/** An argument that may be left out. */
const textOrNull = (value: InputValue) => (value === null ? null : String(value))

const listCalendars: CommandHandler = (context) => {
  const { input, output, world } = context
  const user = accountOf(context, 'uid')
  if (!user) throw thrown('ListCalendars', 40, `User <${input.text('uid')}> is unknown.`)
  // Who is meant is found whatever the case, what is theirs is not (34.0.1, asked).
  const id = input.text('uid')
  const received = shares.receivedBy(world, 'calendar', id).flatMap(({ collectionId, access }) => {
    const calendar = calendars.find(world, collectionId)
    if (!calendar || calendar.owner === id) return []
    const owner = users.find(world, calendar.owner)?.displayName ?? calendar.owner
    const name = `${calendar.displayName ?? ''} (${owner})`
    return [row(`${calendar.uri}_shared_by_${calendar.owner}`, name, calendar.owner, owner, access === 'read-write')]
  })
  const own = calendars
    .listOf(world, id)
    .filter(({ uri }) => uri !== calendars.BIRTHDAYS)
    .map(({ uri, displayName }) => row(uri, displayName ?? '', id, user.displayName, true))
  const rows = [...own, ...received]
  if (rows.length === 0) output.writeln(`<info>User <${id}> has no calendars</info>`)
  else renderTable(output, ['URI', 'Displayname', 'Owner principal', 'Owner displayname', 'Writable'], rows)
  return 0
}

const row = (uri: string, name: string, owner: string, ownerName: string, isWritable: boolean) => [
  ...[uri, name, `principals/users/${owner}`, ownerName],
  isWritable ? ' ✓ ' : ' x ',
]

/** As their index has them (SQLite; 34.0.1, asked). */
const byUri = <T extends { readonly uri: string }>(all: readonly T[]): T[] =>
  all.toSorted((a, b) => (a.uri < b.uri ? -1 : 1))

/** The headers name a column that the rows do not have (Nextcloud 34.0.1, asked). */
const BOOK_HEADERS = ['Database ID', 'URI', 'Displayname', 'Owner principal', 'Owner displayname', 'Writable']

const listAddressBooks: CommandHandler = (context) => {
  const { input, output, world } = context
  const user = accountOf(context, 'uid')
  if (!user) throw thrown('ListAddressbooks', 40, `User <${input.text('uid')}> is unknown.`)
  const id = input.text('uid')
  const rows = byUri(books.listOf(world, id)).map(({ uri, displayName }) =>
    row(uri, displayName ?? '', id, user.displayName, true),
  )
  if (rows.length === 0) output.writeln(`<info>User <${id}> has no addressbooks</info>`)
  else
    renderTable(
      output,
      BOOK_HEADERS,
      rows.map((one) => [...one, '']),
    )
  return 0
}

/** Where a database's complaint comes by, the outermost first, each as thrown because of the next (34.0.1, asked). */
const COMPLAINS = [
  ['OC\\DB\\Exceptions\\DbalException', 'DbalException.php', 50, 19],
  ['Doctrine\\DBAL\\Exception\\UniqueConstraintViolationException', 'ExceptionConverter.php', 41, 19],
  ['Doctrine\\DBAL\\Driver\\PDO\\Exception', 'Exception.php', 24, 19],
  ['PDOException', 'Statement.php', 130, 23000],
] as const

/** What a database says that keeps a name once. The two inner ones say it without telling of a query. */
function taken(table: string): CommandException {
  const said = `SQLSTATE[23000]: Integrity constraint violation: 19 UNIQUE constraint failed: oc_${table}.principaluri, oc_${table}.uri`
  const chain = COMPLAINS.toReversed().reduce<CommandException | null>((previous, [phpClass, file, line, code], i) => {
    const message = i < 2 ? said : `An exception occurred while executing a query: ${said}`
    return new CommandException(message, { code, phpClass, at: { file, line }, ...(previous ? { previous } : {}) })
  }, null)
  return chain!
}

const createCalendar: CommandHandler = (context) => {
  const { input, world } = context
  const user = accountOf(context, 'user')
  if (!user) throw thrown('CreateCalendar', 60, `User <${input.text('user')}> in unknown.`)
  const name = input.text('name')
  if (calendars.findByUri(world, user.id, name)) throw taken('calendars')
  calendars.create(world, user.id, name)
  return 0
}

const createAddressBook: CommandHandler = (context) => {
  const { input, world } = context
  const user = accountOf(context, 'user')
  if (!user) throw thrown('CreateAddressBook', 42, `User <${input.text('user')}> in unknown.`)
  const name = input.text('name')
  if (books.findByUri(world, user.id, name)) throw taken('addressbooks')
  books.create(world, user.id, name)
  return 0
}

const deleteCalendar: CommandHandler = (context) => {
  const { input, world } = context
  const user = accountOf(context, 'uid')
  if (!user) throw thrown('DeleteCalendar', 64, `User <${input.text('uid')}> is unknown.`)
  const isBirthday = input.flag('birthday')
  const name = isBirthday ? calendars.BIRTHDAYS : input.text('name')
  if (name === '') throw thrown('DeleteCalendar', 75, 'Please specify a calendar name or --birthday')
  const calendar = calendars.findByUri(world, user.id, name)
  if (!calendar) throw noCalendar('DeleteCalendar', 84, user.id, name)
  if (isBirthday) setUser(world, user.id, 'dav', 'generateBirthdayCalendar', 'no')
  removeCalendar(world, calendar, isBirthday || input.flag('force'))
  return 0
}

const listSubscriptions: CommandHandler = (context) => {
  const { input, output, world } = context
  const user = accountOf(context, 'uid')
  if (!user) throw thrown('ListSubscriptions', 49, `User ${input.text('uid')} is unknown`)
  const id = input.text('uid')
  const rows = byUri(subscriptions.listOf(world, id)).map(({ uri, displayName, refreshRate, source }) => [
    ...[uri, displayName ?? '', refreshRate ?? 'P1D (default)', source],
  ])
  if (rows.length === 0) output.writeln(`<info>User ${id} has no subscriptions</info>`)
  else renderTable(output, ['URI', 'Displayname', 'Refresh rate', 'Source'], rows)
  return 0
}

const createSubscription: CommandHandler = (context) => {
  const { input, output, world } = context
  const user = accountOf(context, 'user')
  if (!user) {
    output.writeln(`<error>User <${input.text('user')}> in unknown.</error>`)
    return 1
  }
  const [name, source] = [input.text('name'), input.text('url')]
  if (subscriptions.listOf(world, user.id).some((one) => one.source === source)) {
    output.writeln(`<error>Subscription for url <${source}> already exists for this user.</error>`)
    return 1
  }
  subscriptions.create(world, user.id, name, { source, displayName: name, color: textOrNull(input.argument('color')) })
  return 0
}

const deleteSubscription: CommandHandler = (context) => {
  const { input, output, world } = context
  const user = accountOf(context, 'uid')
  if (!user) throw thrown('DeleteSubscription', 53, `User ${input.text('uid')} is unknown`)
  const uri = input.text('uri')
  const found = subscriptions.findByUri(world, user.id, uri)
  if (!found) throw thrown('DeleteSubscription', 67, `User ${user.id} has no calendar subscription with the URI ${uri}`)
  subscriptions.remove(world, found)
  output.writeln(`<info>Calendar subscription with the URI ${uri} for user ${user.id} deleted</info>`)
  return 0
}

const PERMISSIONS: Readonly<Record<shares.Access, string>> = {
  'read-write': 'Read/Write',
  read: 'Read',
  public: 'Public',
  unshared: 'Unshare',
}

const listShares: CommandHandler = (context) => {
  const { input, output, world } = context
  const user = accountOf(context, 'uid')
  if (!user) throw thrown('ListCalendarShares', 60, `User ${input.text('uid')} is unknown`)
  const wanted = input.value('calendar-id')
  const rows = shares
    .meantFor(world, 'calendar', user.id)
    .filter(({ collectionId }) => wanted === null || String(collectionId) === wanted)
    .flatMap(({ id, collectionId, principal, access }) => {
      const calendar = calendars.find(world, collectionId)
      if (!calendar) return []
      const by = principal.startsWith('principals/groups/') ? `Group (${principal})` : 'Individual'
      const owner = `${calendar.owner} (principals/users/${calendar.owner})`
      return [
        [
          ...[String(id), String(collectionId), calendar.uri, calendar.displayName ?? ''],
          owner,
          by,
          PERMISSIONS[access],
        ],
      ]
    })
  const headers = [
    'Share Id',
    'Calendar Id',
    'Calendar URI',
    'Calendar Name',
    'Calendar Owner',
    'Access By',
    'Permissions',
  ]
  if (rows.length === 0) output.writeln(`<info>User ${user.id} has no calendar shares</info>`)
  else renderTable(output, headers, rows)
  return 0
}

const syncBirthdays: CommandHandler = (context) => {
  const { input, output, world } = context
  const given = textOrNull(input.argument('user'))
  const user = given === null ? undefined : accountOf(context, 'user')
  if (given !== null && !user) throw thrown('SyncBirthdayCalendar', 46, `User <${given}> in unknown.`)
  if (user) {
    if (!birthdays.isOn(world, user.id)) {
      setUser(world, user.id, 'dav', 'generateBirthdayCalendar', 'yes')
      output.writeln(`Re-enabling birthday calendar for ${user.id}`)
    }
    output.writeln(`Start birthday calendar sync for ${user.id}`)
    birthdays.syncUser(world, user.id)
    return 0
  }
  output.writeln(['Start birthday calendar sync for all users ...', ''])
  beginProgress(context)
  for (const { id, lastLogin } of users.byId(users.search(world)))
    if (lastLogin !== 0 && birthdays.isOn(world, id)) birthdays.syncUser(world, id)
  return 0
}

const fixChanges: CommandHandler = (context) => {
  const { input, output } = context
  const given = textOrNull(input.argument('user'))
  if (given === null || accountOf(context, 'user')) {
    if (given === null) stepProgress(context, 1)
    output.writeln()
    return 0
  }
  output.writeln(`<error>User ${given} does not exist</error>`)
  return 1
}

const showAbsence: CommandHandler = (context) => {
  const { output, world } = context
  const user = accountOf(context, 'user-id')
  if (!user) {
    output.writeln('<error>User not found</error>')
    return 1
  }
  const absence = absences.find(world, user.id)
  if (!absence) {
    output.writeln('<info>No absence set</info>')
    return 0
  }
  output.writeln(`<info>Start day:</info> ${absence.firstDay}`)
  output.writeln(`<info>End day:</info> ${absence.lastDay}`)
  output.writeln(`<info>Short message:</info> ${absence.status}`)
  output.writeln(`<info>Message:</info> ${absence.message}`)
  output.writeln(`<info>Replacement user:</info> ${absence.replacement?.userId ?? ''}`)
  output.writeln(`<info>Replacement display name:</info> ${absence.replacement?.displayName ?? ''}`)
  return 0
}

const setAbsence: CommandHandler = (context) => {
  const { input, output, world } = context
  const user = accountOf(context, 'user-id')
  const replacement = textOrNull(input.argument('replacement-user-id'))
  const isKnown = replacement === null || accountOf(context, 'replacement-user-id') !== undefined
  if (!user || !isKnown) {
    output.writeln(`<error>${user ? 'Replacement user' : 'User'} not found</error>`)
    return user ? 2 : 1
  }
  absences.set(world, {
    userId: user.id,
    firstDay: input.text('first-day'),
    lastDay: input.text('last-day'),
    status: input.text('short-message'),
    message: input.text('message'),
    replacementId: replacement,
  })
  // What cannot be read as a date is kept, and then it cannot be read.
  for (const [day, line] of [
    [input.text('first-day'), 73],
    [input.text('last-day'), 74],
  ] as const) {
    if (parsePhpDate(day, world.clock.seconds()) === null) throw thrown('Absence', line, unreadableTime(day))
  }
  return 0
}

/** PHP takes a word for a time zone (34.0.1 on PHP 8.2, asked). */
const unreadableTime = (text: string) =>
  `Failed to parse time string (${text}) at position 0 (${text[0]}): ${
    /^[a-z]/i.test(text) ? 'The timezone could not be found in the database' : 'Unexpected character'
  }`

const done: CommandHandler = () => 0

/** Commands about calendars, address books and absences. */
export const davCommands = defineReleaseCommands({
  'calendar:export': exportCalendar,
  'calendar:import': importCalendar,
  'dav:list-calendars': listCalendars,
  'dav:list-addressbooks': listAddressBooks,
  'dav:create-calendar': createCalendar,
  'dav:create-addressbook': createAddressBook,
  'dav:delete-calendar': deleteCalendar,
  'dav:list-subscriptions': listSubscriptions,
  'dav:create-subscription': createSubscription,
  'dav:delete-subscription': deleteSubscription,
  'dav:list-calendar-shares': listShares,
  'dav:move-calendar': moveCalendar,
  'dav:sync-birthday-calendar': syncBirthdays,
  'dav:fix-missing-caldav-changes': fixChanges,
  'dav:retention:clean-up': done,
  'dav:remove-invalid-shares': done,
  'dav:absence:get': showAbsence,
  'dav:absence:set': setAbsence,
})
