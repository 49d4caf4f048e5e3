import {
  type ArgumentDefinition,
  type CommandDefinition,
  isInputValue,
  type OptionDefinition,
} from '#console/definition.ts'
import { type Json, type JsonObject, membersOf } from '#lib/json.ts'

type Row = JsonObject

/**
 * A command as an ExApp registered it, or `null` where Symfony Console would not take it. Modes that it does not know
 * are optional arguments and options without a value.
 */
export function buildDefinition(data: Row): CommandDefinition | null {
  const name = String(data.name)
  const args = rowsOf(data.arguments).map(buildArgument)
  const options = rowsOf(data.options).map(buildOption)
  if (!/^[^:]+(?::[^:]+)*$/.test(name) || !areArguments(args) || !areOptions(options)) return null
  return {
    name,
    app: 'app_api',
    description: String(data.description),
    hidden: data.hidden === 1,
    arguments: args,
    options,
    usages: Object.values(membersOf(data.usages)).map((usage) => withName(name, String(usage))),
  }
}

const rowsOf = (list: Json | undefined): Row[] => Object.values(membersOf(list)).map(membersOf)

const withName = (name: string, usage: string) => (usage.startsWith(name) ? usage : `${name} ${usage}`)

/** Only arguments of the modes `optional` and `array`, each alone, have their default. */
function buildArgument({ name, mode, description, default: fallback }: Row): ArgumentDefinition | null {
  const modes = String(mode).split(',')
  const hasDefault = (mode === 'optional' || mode === 'array') && fallback !== null && fallback !== undefined
  const array = modes.includes('array')
  if (hasDefault && array && !Array.isArray(fallback)) return null
  return {
    name: String(name),
    description: String(description ?? ''),
    required: modes.includes('required'),
    array,
    ...(hasDefault && isInputValue(fallback) ? { default: fallback } : {}),
  }
}

/** Names differ, nothing comes behind the one that takes the rest, and nothing required behind what is not. */
function areArguments(args: readonly (ArgumentDefinition | null)[]): args is ArgumentDefinition[] {
  const known = args.filter((each) => each !== null)
  return (
    known.length === args.length &&
    new Set(known.map(({ name }) => name)).size === args.length &&
    known.slice(0, -1).every(({ array }) => !array) &&
    known.every(({ required }, i) => !required || known.slice(0, i).every((before) => before.required))
  )
}

const VALUES: Readonly<Record<string, OptionDefinition['value']>> = {
  required: 'required',
  optional: 'optional',
  negatable: 'negatable',
}

/** The mode `array` alone is refused: such an option would take no value. */
function buildOption({ name, shortcut, mode, description, default: fallback }: Row): OptionDefinition | null {
  const value = VALUES[String(mode)] ?? 'none'
  const bare = String(name ?? '').replace(/^--/, '')
  if (mode === 'array' || bare === '') return null
  const short = readShortcut(shortcut)
  if (short === null) return null
  return {
    name: bare,
    description: String(description ?? ''),
    value,
    ...(short === '' ? {} : { shortcut: short }),
    ...(value === 'none' || fallback === undefined || fallback === null || !isInputValue(fallback)
      ? {}
      : { default: fallback }),
  }
}

/** Dashes in front are left out; empty: none; `null`: dashes alone. */
function readShortcut(value: unknown): string | null {
  const text = value === undefined || value === null ? '' : String(value)
  if (text === '' || text === '0') return ''
  const short = text
    .split('|')
    .map((each) => each.replace(/^-+/, ''))
    .filter((each) => each !== '')
  return short.length > 0 ? short.join('|') : null
}

/** Names, shortcuts and what negates them differ. */
function areOptions(options: readonly (OptionDefinition | null)[]): options is OptionDefinition[] {
  const known = options.filter((each) => each !== null)
  const names = known.flatMap(({ name, value }) => (value === 'negatable' ? [name, `no-${name}`] : [name]))
  const shortcuts = known.flatMap(({ shortcut }) => shortcut?.split('|') ?? [])
  return (
    known.length === options.length &&
    new Set(names).size === names.length &&
    new Set(shortcuts).size === shortcuts.length
  )
}
