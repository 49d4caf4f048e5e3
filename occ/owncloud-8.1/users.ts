import type { CommandContext, CommandHandler } from '#console/command.ts'
import type { OptionDefinition } from '#console/definition.ts'
import { renderTable } from '#console/table.ts'
import * as groups from '#world/accounts/groups.ts'
import * as directory from '#world/accounts/ldap-directory.ts'
import * as users from '#world/accounts/users.ts'
import { command } from './command.ts'

/** A password from OC_PASS or from two answers; `null`: it was said why there is none. */
async function readPassword(
  { input, output, env }: CommandContext,
  first: string,
  again: string,
): Promise<string | null> {
  if (input.flag('password-from-env')) {
    if (env.OC_PASS) return env.OC_PASS
    output.writeln('<error>--password-from-env given, but OC_PASS is empty!</error>')
    return null
  }
  const password = await input.ask(first, true)
  if (password === null) {
    output.writeln('<error>Interactive input or --password-from-env is needed for entering a password!</error>')
    return null
  }
  if (password === (await input.ask(again, true))) return password
  output.writeln('<error>Passwords did not match!</error>')
  return null
}

const add: CommandHandler = async (context) => {
  const { world, input, output } = context
  const uid = input.text('uid')
  if (users.find(world, uid)) {
    output.writeln(`<error>The user "${uid}" already exists.</error>`)
    return 1
  }
  const password = await readPassword(context, 'Enter password: ', 'Confirm password: ')
  if (password === null) return 1
  const user = users.add(world, { id: uid, password })
  if (typeof user === 'string') {
    output.writeln('<error>An error occurred while creating the user</error>')
    return 1
  }
  output.writeln(`The user "${uid}" was created successfully`)
  const displayName = input.value('display-name')
  if (displayName) {
    users.setDisplayName(world, user, displayName)
    output.writeln(`Display name set to "${displayName}"`)
  }
  for (const group of input.values('group')) {
    if (!groups.find(world, group)) groups.add(world, group)
    groups.addMember(world, group, user.id)
    output.writeln(`User "${uid}" added to group "${group}"`)
  }
  return 0
}

const resetPassword: CommandHandler = async (context) => {
  const { world, input, output } = context
  const user = users.find(world, input.text('user'))
  if (!user) {
    output.writeln('<error>User does not exist</error>')
    return 1
  }
  const password = await readPassword(context, 'Enter a new password: ', 'Confirm the new password: ')
  if (password === null) return 1
  users.setPassword(world, user, password)
  output.writeln(`<info>Successfully reset password for ${user.id}</info>`)
  return 0
}

const remove: CommandHandler = ({ world, input, output }) => {
  const removed = users.remove(world, input.text('uid'))
  output.writeln(
    removed
      ? '<info>The specified user was deleted</info>'
      : '<error>The specified user could not be deleted. Please check the logs.</error>',
  )
  return 0
}

const two = (n: number) => String(n).padStart(2, '0')

/** In UTC, as a server without a time zone has it. */
function printDate(seconds: number): string {
  const at = new Date(seconds * 1000)
  const day = `${two(at.getUTCDate())}.${two(at.getUTCMonth() + 1)}.${at.getUTCFullYear()}`
  return `${day} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`
}

const lastSeen: CommandHandler = ({ world, input, output }) => {
  const user = users.find(world, input.text('uid'))
  if (!user) output.writeln('<error>User does not exist</error>')
  else if (user.lastLogin === 0) output.writeln(`User ${user.id} has never logged in, yet.`)
  else output.writeln(`${user.id}'s last login: ${printDate(user.lastLogin)}`)
  return user ? 0 : 1
}

const report: CommandHandler = ({ world, output }) => {
  const local = users.count(world)
  const remote = directory.accounts(world).length
  const backends = [['Database', local], ...(remote > 0 ? [['LDAP', remote]] : [])]
  const rows = [...backends, ['', ''], ['total users', local + remote], ['', ''], ['user directories', backends.length]]
  renderTable(output, ['User Report', ''], rows)
  return 0
}

const FROM_ENV: OptionDefinition = {
  name: 'password-from-env',
  description: 'read password from environment variable OC_PASS',
}
const userArgument = (name: string, description: string) => [{ name, required: true, description }]

export const userCommands = [
  command(
    {
      name: 'user:add',
      description: 'adds a user',
      arguments: userArgument('uid', 'User ID used to login (must only contain a-z, A-Z, 0-9, -, _ and @)'),
      options: [
        FROM_ENV,
        {
          name: 'display-name',
          value: 'optional',
          description: 'User name used in the web UI (can contain any characters)',
        },
        {
          name: 'group',
          shortcut: 'g',
          value: 'optional',
          array: true,
          description: 'groups the user should be added to (The group will be created if it does not exist)',
        },
      ],
    },
    add,
  ),
  command(
    { name: 'user:delete', description: 'deletes the specified user', arguments: userArgument('uid', 'the username') },
    remove,
  ),
  command(
    {
      name: 'user:lastseen',
      description: 'shows when the user was logged it last time',
      arguments: userArgument('uid', 'the username'),
    },
    lastSeen,
  ),
  command({ name: 'user:report', description: 'shows how many users have access' }, report),
  command(
    {
      name: 'user:resetpassword',
      description: 'Resets the password of the named user',
      arguments: userArgument('user', 'Username to reset password'),
      options: [FROM_ENV],
    },
    resetPassword,
  ),
]
