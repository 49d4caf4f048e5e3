import type { CommandContext, CommandHandler } from '#console/command.ts'
import { CommandException } from '#console/errors.ts'
import { writeArray } from '#console/write-in-format.ts'
import * as accounts from '#world/accounts/accounts.ts'
import { setAccountField } from '#world/accounts/phone-reader.ts'
import * as users from '#world/accounts/users.ts'
import { checkOptions } from './user-setting.ts'

/** What people tell about themselves: list, show, change and empty. */
export const profile: CommandHandler = (context) => {
  const { input, world, output } = context
  const given = input.text('uid')
  const user = users.find(world, given)
  const problem = user ? checkOptions(context) : `The user "${given}" does not exist.`
  if (!user || problem !== null) return failWith(context, problem ?? '')
  const key = input.text('key')
  if (key === '') {
    writeArray(context, filled(context, user))
    return 0
  }
  const value = filled(context, user)[key] ?? null
  const missing = () => failWith(context, `The property does not exist for user "${user.id}".`)
  if (input.argument('value') !== null) {
    return input.flag('update-only') && value === null ? missing() : edit(context, user, key, input.text('value'))
  }
  if (input.flag('delete')) {
    return input.flag('error-if-not-exists') && value === null ? missing() : edit(context, user, key, '')
  }
  const shown = value ?? (input.isGiven('default-value') ? (input.value('default-value') ?? '') : null)
  if (shown === null) return missing()
  output.writeln(shown)
  return 0
}

function failWith({ output }: CommandContext, message: string): 1 {
  output.writeln(`<error>${message}</error>`)
  return 1
}

function filled({ world }: CommandContext, user: users.User): Record<string, string> {
  const values = ORDER.map((field) => [field, accounts.property(world, user, field).value] as const)
  return Object.fromEntries(values.filter(([, value]) => value !== ''))
}

async function edit(context: CommandContext, user: users.User, key: string, value: string): Promise<number> {
  if (!accounts.FIELDS.includes(key)) return failWith(context, `Property ${key} does not exist.`)
  // Name and address are the account's own: what is set here does not last.
  if (key === 'displayname' || key === 'email') return 0
  if ((await setAccountField(context.world, user, key, value)) === 'invalid') {
    const at = { file: 'AccountManager.php', line: REFUSED_AT[key] ?? 684 }
    throw new CommandException(key, { phpClass: 'InvalidArgumentException', at })
  }
  return 0
}

/** The order in which Nextcloud 34.0.1 lists what people tell about themselves. */
const ORDER = [
  'displayname',
  'address',
  'website',
  'email',
  'avatar',
  'phone',
  'twitter',
  'bluesky',
  'fediverse',
  'organisation',
  'role',
  'headline',
  'biography',
  'birthdate',
  'profile_enabled',
  'pronouns',
]

/** Where Nextcloud 34.0.1 refuses a value that a property cannot have. */
const REFUSED_AT: Readonly<Record<string, number>> = { phone: 684, website: 703, twitter: 719 }
