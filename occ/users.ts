import type { CommandContext, CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import { renderTable } from '#console/table.ts'
import { writeArray } from '#console/write-in-format.ts'
import { type PhpArray, toInt } from '#lib/php.ts'
import * as groups from '#world/accounts/groups.ts'
import * as users from '#world/accounts/users.ts'
import { effectiveQuota, storageOf } from '#world/files/quota.ts'
import * as tree from '#world/files/tree.ts'
import { getSystem } from '#world/settings/config.ts'
import type { World } from '#world/world.ts'
import { resetPassword } from './password.ts'
import { add } from './user-add.ts'
import { profile } from './user-profile.ts'
import { setting } from './user-setting.ts'

/** What is free where no quota limits it: a disk of ours, in bytes. */
const DISK = 100 * 1024 ** 3

const notFound = ({ output }: CommandContext): 1 => {
  output.writeln('<error>User does not exist</error>')
  return 1
}

const list: CommandHandler = (context) => {
  const { input, world } = context
  const limit = toInt(input.value('limit')) || null
  const offset = toInt(input.value('offset'))
  const found = input.flag('disabled')
    ? users.disabled(world).slice(offset, limit === null ? undefined : offset + limit)
    : users.searchByName(world, { limit, offset })
  const shown = found.map((user) => [user.id, input.flag('info') ? details(world, user) : user.displayName] as const)
  // It is the one command that numbers the items of lists (34.0.1, source).
  writeArray(context, new Map(shown), undefined, true)
  return 0
}

const info: CommandHandler = (context) => {
  const { input, world, output } = context
  const user = users.find(world, input.text('user'))
  if (!user) {
    output.writeln('<error>user not found</error>')
    return 1
  }
  writeArray(context, details(world, user, { storage: hasFiles(world, user) ? diskUse(world, user) : {} }))
  return 0
}

function details(world: World, user: users.User, more: PhpArray = {}): PhpArray {
  return {
    user_id: user.id,
    display_name: user.displayName,
    email: user.email ?? '',
    cloud_id: `${user.id}@${getSystem(world, 'overwrite.cli.url', 'http://localhost')}`,
    enabled: user.enabled,
    groups: groups.groupsOf(world, user.id),
    quota: effectiveQuota(world, user),
    ...more,
    first_seen: loginDate(user.firstLogin),
    last_seen: loginDate(user.lastLogin),
    user_directory: `${getSystem(world, 'datadirectory', '/var/www/html/data')}/${user.id}`,
    backend: 'Database',
  }
}

const loginDate = (seconds: number) =>
  seconds < 0 ? 'unknown' : seconds === 0 ? 'never' : `${new Date(seconds * 1000).toISOString().slice(0, 19)}+00:00`

/** Accounts get their files when they first log in. */
const hasFiles = (world: World, user: users.User) =>
  user.lastLogin !== 0 || world.table(tree.storagesTable).has(`home::${user.id}`)

function diskUse(world: World, user: users.User): PhpArray {
  const storage = storageOf(world, user)
  if (storage.total >= 0) return { ...storage }
  return { ...storage, free: DISK - storage.used, total: DISK }
}

const lastSeen: CommandHandler = (context) => {
  const { input, world, output } = context
  const tell = ({ id, lastLogin }: users.User) => {
    const at = new Date(lastLogin * 1000).toISOString().slice(0, 19).replace('T', ' ')
    output.writeln(lastLogin === 0 ? `${id} has never logged in.` : `${id}'s last login: ${at} UTC`)
  }
  const wanted = input.text('uid')
  if (wanted !== '') {
    const user = users.find(world, wanted)
    if (!user) return notFound(context)
    tell(user)
    return 0
  }
  if (!input.flag('all')) {
    output.writeln('<error>Please specify a username, or "--all" to list all</error>')
    return 1
  }
  for (const user of users.byId(users.search(world))) tell(user)
  return 0
}

const report: CommandHandler = ({ world, output }) => {
  const total = users.count(world)
  const directories = users.search(world).filter((user) => hasFiles(world, user)).length
  renderTable(
    output,
    ['Account Report', ''],
    [
      ['Database', total],
      [' '],
      ['total users', total],
      [' '],
      ['user directories', directories],
      ['active users', users.recent(world).length],
      ['disabled users', users.disabled(world).length],
    ],
  )
  return 0
}

const remove: CommandHandler = (context) => {
  const { input, world, output } = context
  const user = users.find(world, input.text('uid'))
  // Not there is as good as removed.
  if (!user) return notFound(context) - 1
  users.remove(world, user.id)
  output.writeln('<info>The specified user was deleted</info>')
  return 0
}

const setEnabled =
  (enabled: boolean): CommandHandler =>
  (context) => {
    const { input, world, output } = context
    const user = users.find(world, input.text('uid'))
    if (!user) return notFound(context)
    users.setEnabled(world, user, enabled)
    output.writeln(`<info>The specified user is ${enabled ? 'enabled' : 'disabled'}</info>`)
    return 0
  }

/** Mails are not sent; whoever has an address would get one. */
const welcome: CommandHandler = (context) => {
  const { input, world, output } = context
  const user = users.find(world, input.text('user'))
  if (!user) return notFound(context)
  if (user.email !== null) return 0
  output.writeln('<error>User does not have an email address</error>')
  return 1
}

export const userCommands = defineReleaseCommands({
  'user:add': add,
  'user:delete': remove,
  'user:disable': setEnabled(false),
  'user:enable': setEnabled(true),
  'user:info': info,
  'user:lastseen': lastSeen,
  'user:list': list,
  'user:profile': profile,
  'user:report': report,
  'user:resetpassword': resetPassword,
  'user:setting': setting,
  'user:welcome': welcome,
})
