import type { CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import { CommandException } from '#console/errors.ts'
import { phpJson } from '#console/php-json.ts'
import { writeMixed } from '#console/write-in-format.ts'
import { isNumeric, type PhpValue, toFloat, toInt } from '#lib/php.ts'
import * as config from '#world/settings/config.ts'

type Container = Readonly<Record<string, unknown>>

const isContainer = (value: unknown): value is Container => typeof value === 'object' && value !== null

const set: CommandHandler = ({ input, world, output }) => {
  const [name = '', ...path] = input.list('name')
  const { value, shown } = cast(input.value('value'), input.value('type') ?? 'string')
  const old = config.getSystem<unknown>(world, name, undefined)
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
  const stored = config.getSystem<unknown>(world, name, undefined)
  const found = lookUp(stored, path)
  if (found === undefined && !input.isGiven('default-value')) return 1
  // A value that is null reads as an empty text.
  writeMixed(context, found === undefined ? input.value('default-value') : ((found ?? '') as PhpValue))
  return 0
}

const remove: CommandHandler = ({ input, world, output }) => {
  const [name = '', ...path] = input.list('name')
  const shown = [name, ...path].join(' => ')
  const old = config.getSystem<unknown>(world, name, undefined)
  if (input.flag('error-if-not-exists') && lookUp(old, path) === undefined) {
    output.writeln(`<error>System config ${shown} could not be deleted because it did not exist</error>`)
    return 1
  }
  if (path.length === 0) config.deleteSystem(world, name)
  else config.setSystem(world, name, withoutValue(old, path))
  output.writeln(`<info>System config value ${shown} deleted</info>`)
  return 0
}

/** The value at a path; `undefined`: nothing is there. */
function lookUp(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((at, key) => (isContainer(at) ? (at[key] ?? undefined) : undefined), value)
}

/** A copy with a value at a path; what is no container on the way becomes one. Lists stay lists where they can. */
function withValue(old: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value
  const container = isContainer(old) ? old : {}
  return asArray({ ...container, [key]: withValue(container[key], rest, value) })
}

function withoutValue(old: unknown, [key = '', ...rest]: readonly string[]): unknown {
  if (!isContainer(old) || !Object.hasOwn(old, key)) return old
  if (rest.length > 0) return asArray({ ...old, [key]: withoutValue(old[key], rest) })
  const { [key]: _, ...left } = old
  return asArray(left)
}

/** Keys 0, 1, 2 … make a list, as PHP's arrays are in JSON. */
function asArray(container: Container): unknown {
  const keys = Object.keys(container)
  return keys.every((key, i) => key === String(i)) ? Object.values(container) : container
}

interface Cast {
  readonly value: unknown
  /** How the command tells what it has set. */
  readonly shown: string
}

function cast(given: string | null, type: string): Cast {
  const text = given ?? ''
  switch (type) {
    case 'integer':
    case 'int':
      if (!isNumeric(given)) throw wrong('Non-numeric value specified', 20)
      return { value: toInt(text), shown: `integer ${toInt(text)}` }
    case 'double':
    case 'float':
      if (!isNumeric(given)) throw wrong('Non-numeric value specified', 30)
      return { value: toFloat(text), shown: `double ${toFloat(text)}` }
    case 'boolean':
    case 'bool': {
      const word = text.toLowerCase()
      if (word !== 'true' && word !== 'false') throw wrong('Unable to parse value as boolean', 49)
      return { value: word === 'true', shown: `boolean ${word}` }
    }
    case 'null':
      return { value: null, shown: 'null' }
    case 'string':
      return { value: text, shown: text === '' ? 'empty string' : `string ${text}` }
    case 'json': {
      const value = decode(text)
      return { value, shown: `json ${phpJson(value as PhpValue)}` }
    }
    default:
      throw wrong('Invalid type', 73)
  }
}

function decode(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Where Nextcloud 34.0.1 refuses values of a wrong type. */
const wrong = (message: string, line: number) =>
  new CommandException(message, { phpClass: 'InvalidArgumentException', at: { file: 'CastHelper.php', line } })

export const systemConfigCommands = defineReleaseCommands({
  'config:system:set': set,
  'config:system:get': get,
  'config:system:delete': remove,
})
