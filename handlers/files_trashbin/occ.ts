import type { CommandContext, CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import { invalidOption, thrownAt } from '#console/errors.ts'
import { fail } from '#console/fail.ts'
import { Verbosity } from '#console/output.ts'
import { beginProgress } from '#console/progress.ts'
import { writeArray } from '#console/write-in-format.ts'
import { longDateTime } from '#lib/long-date.ts'
import { parsePhpDate } from '#lib/php-date.ts'
import { seenUsers } from '#world/accounts/seen-users.ts'
import * as users from '#world/accounts/users.ts'
import { formatSize, parseSize } from '#world/files/quota.ts'
import { findAt } from '#world/files/server-paths.ts'
import * as trash from '#world/files/trash.ts'
import * as tree from '#world/files/tree.ts'
import { getApp, getUserOrNull, setApp, setUser } from '#world/settings/config.ts'

const EITHER = 'Either specify a user_id or --all-users'
/** The only place where accounts are kept. */
const BACKEND = 'Database'

const cleanUp: CommandHandler = (context) => {
  const { input, output, world } = context
  const wanted = input.list('user_id')
  if (wanted.length > 0 === input.flag('all-users')) throw invalidOption(EITHER)
  if (wanted.length > 0) {
    for (const userId of wanted) {
      if (!users.find(world, userId)) return fail(context, `Unknown user ${userId}`)
      output.writeln(`Remove deleted files of   <info>${userId}</info>`)
      empty(context, userId)
    }
    return 0
  }
  output.writeln('Remove deleted files for all users')
  output.writeln(`Remove deleted files for users on backend <info>${BACKEND}</info>`)
  for (const { id } of users.byId(users.search(world))) {
    output.writeln(`   <info>${id}</info>`)
    empty(context, id)
  }
  return 0
}

/** The folder of an account's trash goes, and all in it. */
function empty({ output, world }: CommandContext, userId: string): void {
  const folder = findAt(world, `/${userId}/files_trashbin`)?.node
  if (!folder) {
    output.writeln(`No trash found for <info>${userId}</info>`, Verbosity.verbose)
    return
  }
  const size = formatSize(folder.size)
  output.writeln(`Deleting <info>${size}</info> in trash for <info>${userId}</info>.`, Verbosity.verbose)
  trash.purgeAll(world, userId)
  tree.drop(world, folder.id)
}

const AUTO =
  'Auto expiration is configured - keeps files and folders in the trash bin for 30 days and automatically deletes anytime after that if space is needed (note: files may not be deleted if space is not needed)'

const expire: CommandHandler = (context) => {
  const { input, output, world } = context
  if (trash.retention(world) === null) {
    output.writeln(AUTO)
    return 1
  }
  const [userId] = input.list('user_id')
  if (userId === undefined) {
    beginProgress(context)
    for (const { id } of seenUsers(world)) expireOf(context, id)
    output.writeln('')
    return 0
  }
  if (users.find(world, userId)) {
    output.writeln(`Remove deleted files of <info>${userId}</info>`)
    expireOf(context, userId)
  }
  // Known or not, the real server ends so after the first (Nextcloud 34.0.1, asked).
  return fail(context, `Unknown user ${userId}`)
}

/** Whoever never deleted anything has no trash, which is an error (Nextcloud 34.0.1, asked). */
function expireOf(context: CommandContext, userId: string): void {
  const folder = `/${userId}/files_trashbin`
  if (!findAt(context.world, folder)) {
    fail(context, `Error while expiring trashbin for user ${userId}`)
    throw thrownAt('Root', 157, folder, 'OCP\\Files\\NotFoundException')
  }
  trash.expire(context.world, userId)
}

const KEY = ['files_trashbin', 'trashbin_size'] as const

const size: CommandHandler = (context) => {
  const { input, output, world } = context
  const [userId, given] = [input.value('user'), input.text('size')]
  if (given === '' || given === '0') {
    if (userId) showSizeOf(context, userId)
    else showSizes(context)
    return 0
  }
  const bytes = parseSize(given)
  if (bytes === null) return fail(context, 'Failed to parse input size', 255)
  if (userId) setUser(world, userId, ...KEY, String(bytes))
  else {
    setApp(world, ...KEY, String(bytes), { type: 'integer' })
    output.writeln([
      '<info>Warning: changing the default trashbin size will automatically trigger cleanup of existing trashbins,</info>',
      '<info>a users trashbin can exceed the configured size until they move a new file to the trashbin.</info>',
    ])
  }
  return 0
}

const UNSET = -1
const ofAll = ({ world }: CommandContext) => Number(getApp(world, ...KEY, String(UNSET)))
const inWords = (bytes: number) => (bytes < 0 ? 'default (50% of available space)' : formatSize(bytes))
const orDefault = (bytes: number) => (bytes < 0 ? 'default' : bytes)

function showSizeOf(context: CommandContext, userId: string): void {
  const all = ofAll(context)
  const own = Number.parseInt(getUserOrNull(context.world, userId, ...KEY) ?? String(UNSET), 10) || 0
  if (context.input.value('output') !== 'plain') {
    const sizes = { user_size: orDefault(own), global_size: orDefault(all) }
    writeArray(context, { ...sizes, effective_size: own < 0 ? sizes.global_size : sizes.user_size })
  } else if (own >= 0) context.output.writeln(formatSize(own))
  else context.output.writeln(all < 0 ? inWords(all) : `default(${inWords(all)})`)
}

function showSizes(context: CommandContext): void {
  const { input, output, world } = context
  const all = ofAll(context)
  const own = seenUsers(world).flatMap(({ id }) => {
    const value = getUserOrNull(world, id, ...KEY)
    return value === null ? [] : [[id, value] as const]
  })
  if (input.value('output') !== 'plain') {
    const sizes = own.length === 0 ? [] : Object.fromEntries(own)
    writeArray(context, { global_size: orDefault(all), user_sizes: sizes })
    return
  }
  output.writeln([`Default size: ${inWords(all)}`, ''])
  if (own.length === 0) output.writeln('No per-user sizes configured')
  else {
    output.writeln('Per-user sizes:')
    writeArray(context, Object.fromEntries(own.map(([id, value]) => [id, formatSize(Number(value))])))
  }
}

const SCOPES: readonly string[] = ['user', 'groupfolders', 'all']

interface Wanted {
  readonly since: number | null
  readonly until: number | null
  readonly scope: string
}

/** Seconds since 1970 of a moment in PHP's words. */
function momentOf({ world }: CommandContext, text: string | null): number | null {
  if (text === null) return null
  const date = parsePhpDate(text, world.clock.seconds())
  if (!date) throw invalidOption("Invalid timestamp ''")
  return date.seconds
}

const restore: CommandHandler = (context) => {
  const { input, output, world } = context
  const ids = input.list('user_id')
  if (ids.length > 0 && input.flag('all-users')) throw invalidOption(EITHER)
  const [since, until] = [momentOf(context, input.value('since')), momentOf(context, input.value('until'))]
  if (since !== null && until !== null && since > until) throw invalidOption('since must be before until')
  const scope = input.value('scope') ?? ''
  if (!SCOPES.includes(scope)) throw invalidOption(`Invalid scope '${scope}'`)
  const wanted = { since, until, scope }
  if (ids.length > 0) {
    for (const userId of ids) {
      output.writeln(`Restoring deleted files for user <info>${userId}</info>`)
      restoreOf(context, userId, wanted)
    }
  } else if (input.flag('all-users')) {
    output.writeln('Restoring deleted files for all users')
    output.writeln(`Restoring deleted files for users on backend <info>${BACKEND}</info>`)
    for (const { id } of users.byId(users.search(world))) {
      output.writeln(`<info>${id}</info>`)
      restoreOf(context, id, wanted)
    }
  } else throw invalidOption(EITHER)
  return 0
}

function restoreOf(context: CommandContext, userId: string, { since, until, scope }: Wanted): void {
  const { input, output, world } = context
  const user = users.find(world, userId)
  if (!user) {
    fail(context, `Unknown user ${userId}`)
    return
  }
  const found = trash
    .list(world, user.id)
    .filter(({ deletedAt }) => scope !== 'groupfolders' && deletedAt > (since ?? -1) && deletedAt < (until ?? Infinity))
  if (found.length === 0) {
    output.writeln('User has no deleted files in the trashbin matching the given filters')
    return
  }
  const isDry = input.flag('dry-run')
  output.writeln(`${isDry ? 'Would restore' : 'Preparing to restore'} <info>${found.length}</info> files...`)
  for (const trashed of found) {
    const { name, deletedAt, location } = trashed
    const place = location === '.' ? name : `${location}/${name}`
    const when = `<info>${name}</info> originally deleted at <info>${longDateTime(deletedAt)}</info>`
    if (isDry) output.writeln(`Would restore ${when} to <info>/${place}</info>`)
    else {
      trash.restore(world, trashed)
      output.writeln(`File ${when} restoring to <info>/${place}</info>: <info>success</info>`)
    }
  }
  const count = `<info>${found.length}</info>`
  if (!isDry) output.writeln(`Successfully restored ${count} out of ${count} files.`)
}

export const trashCommands = defineReleaseCommands({
  'trashbin:cleanup': cleanUp,
  'trashbin:expire': expire,
  'trashbin:size': size,
  'trashbin:restore': restore,
})
