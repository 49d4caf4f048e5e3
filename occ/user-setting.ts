import type { CommandContext, CommandHandler } from '#console/command.ts'
import { writeArray } from '#console/write-in-format.ts'
import * as users from '#world/accounts/users.ts'
import * as preferences from './account-preferences.ts'

/** Options that do not go together, in the order in which they are complained about. */
export function checkOptions({ input }: CommandContext): string | null {
  const hasKey = input.text('key') !== ''
  const hasValue = input.argument('value') !== null
  const [hasDefault, wantsDelete] = [input.isGiven('default-value'), input.flag('delete')]
  const only = (option: string) => `The "${option}" option can only be used when specifying a key.`
  if (!hasKey && hasDefault) return only('default-value')
  if (!hasKey && hasValue) return 'The value argument can only be used when specifying a key.'
  if (hasValue && hasDefault) return 'The value argument can not be used together with "default-value".'
  if (input.flag('update-only') && !hasValue) {
    return 'The "update-only" option can only be used together with "value".'
  }
  if (!hasKey && wantsDelete) return only('delete')
  if (wantsDelete && hasDefault) return 'The "delete" option can not be used together with "default-value".'
  if (wantsDelete && hasValue) return 'The "delete" option can not be used together with "value".'
  if (input.flag('error-if-not-exists') && !wantsDelete) {
    return 'The "error-if-not-exists" option can only be used together with "delete".'
  }
  return null
}

interface Place {
  readonly userId: string
  readonly user: users.User | undefined
  readonly app: string
  readonly key: string
  /** What is stored. */
  readonly value: string | null
}

export const setting: CommandHandler = (context) => {
  const { input, world } = context
  const given = input.text('uid')
  const user = users.find(world, given)
  if (!user && !input.flag('ignore-missing-user')) return failWith(context, `The user "${given}" does not exist.`)
  const problem = checkOptions(context)
  if (problem !== null) return failWith(context, problem)
  const [userId, app, key] = [user?.id ?? given, input.text('app'), input.text('key')]
  if (key === '') return list(context, userId, user, app)
  const place = { userId, user, app, key, value: preferences.read(world, userId, app, key) }
  if (input.argument('value') !== null) return set(context, place, input.text('value'))
  return input.flag('delete') ? remove(context, place) : show(context, place)
}

function failWith({ output }: CommandContext, message: string): 1 {
  output.writeln(`<error>${message}</error>`)
  return 1
}

const missing = (context: CommandContext, { userId }: Place) =>
  failWith(context, `The setting does not exist for user "${userId}".`)

/** Accounts show their name among their settings, whatever was asked for. */
function list(context: CommandContext, userId: string, user: users.User | undefined, app: string): number {
  const all = preferences.all(context.world, userId)
  const found: Record<string, Record<string, string>> = app === '' ? all : all[app] ? { [app]: all[app] } : {}
  if (user) found.settings = { ...found.settings, display_name: user.displayName }
  writeArray(context, found)
  return 0
}

const isDisplayName = ({ app, key, user }: Place) => app === 'settings' && key === 'display_name' && user !== undefined

function set(context: CommandContext, place: Place, value: string): number {
  const { world, input } = context
  const { userId, user, app, key } = place
  if (input.flag('update-only') && place.value === null) return missing(context, place)
  if (!isDisplayName(place)) {
    preferences.write(world, userId, app, key, value)
    return 0
  }
  const before = user!.displayName
  if (users.setDisplayName(world, user!, value) === 'changed') return 0
  if (before === value) return failWith(context, 'New and old display name are the same')
  return failWith(context, value === '' ? "New display name can't be empty" : 'Could not set display name')
}

function remove(context: CommandContext, place: Place): number {
  const { world, input } = context
  if (input.flag('error-if-not-exists') && place.value === null) return missing(context, place)
  if (isDisplayName(place)) return failWith(context, "Display name can't be deleted.")
  preferences.remove(world, place.userId, place.app, place.key)
  return 0
}

function show(context: CommandContext, place: Place): number {
  const { input, output } = context
  const text = place.value ?? (input.isGiven('default-value') ? (input.value('default-value') ?? '') : null)
  const shown = text ?? (isDisplayName(place) ? place.user!.displayName : null)
  if (shown === null) return missing(context, place)
  output.writeln(shown)
  return 0
}
