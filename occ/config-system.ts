import type { CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import { CommandException } from '#console/errors.ts'
import { writeMixed } from '#console/write-in-format.ts'
import { type Json, type JsonObject, membersOf } from '#lib/json.ts'
import * as config from '#world/settings/config.ts'
import { cast } from './cast-value.ts'

const set: CommandHandler = ({ input, world, output }) => {
  const [name = '', ...path] = input.list('name')
  const { value, shown } = cast(input.value('value'), input.value('type') ?? 'string')
  const old = config.getSystem<Json | undefined>(world, name, undefined)
  if (input.flag('update-only') && lookUp(old, path) === undefined) {
    throw new CommandException('Config parameter does not exist', {
      phpClass: 'UnexpectedValueException',
      at: { file: 'SetConfig.php', line: path.length === 0 ? 76 : 108 },
    })
  }
  config.setSystem(world, name, withValue(old, path, value))
  output.writeln(`<info>System config value ${[name, ...path].join(' => ')} set to ${shown}</info>`)
  return 0
}

const get: CommandHandler = (context) => {
  const { input, world } = context
  const [name = '', ...path] = input.list('name')
  const stored = config.getSystem<Json | undefined>(world, name, undefined)
  const found = lookUp(stored, path)
  if (found === undefined && !input.isGiven('default-value')) return 1
  // A value that is null reads as an empty text.
  writeMixed(context, found === undefined ? input.value('default-value') : (found ?? ''))
  return 0
}

const remove: CommandHandler = ({ input, world, output }) => {
  const [name = '', ...path] = input.list('name')
  const shown = [name, ...path].join(' => ')
  const old = config.getSystem<Json | undefined>(world, name, undefined)
  if (input.flag('error-if-not-exists') && lookUp(old, path) === undefined) {
    output.writeln(`<error>System config ${shown} could not be deleted because it did not exist</error>`)
    return 1
  }
  if (path.length === 0) config.deleteSystem(world, name)
  else if (old !== undefined) config.setSystem(world, name, withoutValue(old, path))
  output.writeln(`<info>System config value ${shown} deleted</info>`)
  return 0
}

/** The value at a path; `undefined`: nothing is there. */
function lookUp(value: Json | undefined, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((at, key) => membersOf(at)[key] ?? undefined, value)
}

/** A copy with a value at a path; what is no container on the way becomes one. Lists stay lists where they can. */
function withValue(old: Json | undefined, [key, ...rest]: readonly string[], value: Json): Json {
  if (key === undefined) return value
  const container = membersOf(old)
  return asArray({ ...container, [key]: withValue(container[key], rest, value) })
}

function withoutValue(old: Json, [key = '', ...rest]: readonly string[]): Json {
  const members = membersOf(old)
  const inner = Object.hasOwn(members, key) ? members[key] : undefined
  if (inner === undefined) return old
  if (rest.length > 0) return asArray({ ...members, [key]: withoutValue(inner, rest) })
  const { [key]: _, ...left } = members
  return asArray(left)
}

/** Keys 0, 1, 2 … make a list, as PHP's arrays are in JSON. */
function asArray(container: JsonObject): Json {
  const keys = Object.keys(container)
  return keys.every((key, i) => key === String(i)) ? Object.values(container) : container
}

export const systemConfigCommands = defineReleaseCommands({
  'config:system:set': set,
  'config:system:get': get,
  'config:system:delete': remove,
})
