import type { CommandList } from './commands.ts'
import {
  type ArgumentDefinition,
  type CommandDefinition,
  InputDefinition,
  type InputValue,
  type OptionDefinition,
} from './definition.ts'

/** What a description is made from. */
export interface Description {
  readonly title: { readonly name: string; readonly version: string }
  readonly consoleOptions: readonly OptionDefinition[]
  readonly commands: CommandList
  /** One command, or `null` for the list of all. */
  readonly command: CommandDefinition | null
  /** Only this namespace of the list. */
  readonly namespace: string | null
  /** Names and descriptions only, without marks. */
  readonly raw: boolean
  /** Leave out arguments and options. */
  readonly short: boolean
}

/** A command's own arguments and options, then the console's options. */
export function definitionFor(
  command: CommandDefinition,
  consoleOptions: readonly OptionDefinition[],
): InputDefinition {
  return new InputDefinition(command.arguments ?? [], [
    ...(command.options ?? []),
    ...consoleOptions.filter(({ name }) => !command.omits?.includes(name)),
  ])
}

/** The derived usage line. */
export function synopsis(command: CommandDefinition, short = false): string {
  return `${command.name} ${new InputDefinition(command.arguments ?? [], command.options ?? []).synopsis(short)}`.trim()
}

/** The help text with names filled in; without one, the description. */
export function processedHelp(command: CommandDefinition): string {
  return (command.help || command.description)
    .replaceAll('%command.name%', command.name)
    .replaceAll('%command.full_name%', `occ ${command.name}`)
}

export interface Namespace {
  /** `_global` for commands without one. */
  readonly id: string
  /** Names and aliases. */
  readonly names: readonly string[]
}

/** The commands of a list: sorted, below sorted namespaces, those without one first. */
export function sortedNamespaces({ commands, namespace }: Description, hidden: boolean): Namespace[] {
  const all = namespace === null ? commands.all : commands.below(commands.findNamespace(namespace))
  const groups = new Map<string, string[]>()
  for (const [name, command] of all) {
    const colon = name.indexOf(':')
    const id = colon < 0 ? '_global' : name.slice(0, colon)
    const names = groups.get(id) ?? []
    groups.set(id, names)
    if (hidden || !command.hidden) names.push(name)
  }
  const ids = [...groups.keys()].sort((a, b) => (a === '_global' ? -1 : b === '_global' ? 1 : a < b ? -1 : 1))
  return ids.map((id) => ({ id, names: groups.get(id)!.sort() }))
}

/** The commands of a list under their own names. */
export function sortedCommands(description: Description, hidden: boolean): CommandDefinition[] {
  return sortedNamespaces(description, hidden)
    .flatMap(({ names }) => names)
    .filter((name) => description.commands.all.get(name)!.name === name)
    .map((name) => description.commands.all.get(name)!)
}

/** An element's description on one line. */
export const oneLine = (element: ArgumentDefinition | OptionDefinition, joint: string): string =>
  element.description.replace(/\s*[\r\n]\s*/g, joint)

export const yesNo = (value: boolean | undefined): string => (value ? 'yes' : 'no')

/** A value as PHP's `var_export` writes it, on one line. */
export function phpLiteral(value: InputValue): string {
  if (value === null) return 'NULL'
  if (typeof value === 'string')
    return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '')}'`
  if (!Array.isArray(value)) return String(value)
  return `array (${value.map((item, i) => `  ${i} => ${phpLiteral(item)},`).join('')})`
}
