import {
  type ArgumentDefinition,
  acceptsValue,
  type CommandDefinition,
  defaultOfArgument,
  defaultOfOption,
  type InputValue,
  type OptionDefinition,
} from './definition.ts'
import { type Description, definitionFor, sortedNamespaces } from './description.ts'
import type { Output } from './output.ts'

/** Lists and help in the layout of Symfony Console 2. Source: ownCloud 8.1's manual. */
export function describeSymfony2(description: Description, output: Output): void {
  output.write(description.command ? commandText(description.command, description) : listText(description))
}

function commandText(command: CommandDefinition, { consoleOptions }: Description): string {
  const definition = definitionFor(command, consoleOptions)
  const own = command.options ?? []
  const parts = [`<comment>Usage:</comment>\n ${synopsis(command, own)}\n`]
  if (command.arguments?.length) parts.push(section('Arguments', command.arguments.map(argumentEntry)))
  parts.push(section('Options', definition.options.map(optionEntry)))
  if (command.help) parts.push(`<comment>Help:</comment>\n ${command.help.replaceAll('\n', '\n ')}\n`)
  return parts.join('\n')
}

function listText({ title, consoleOptions, commands, namespace, ...rest }: Description): string {
  const namespaces = sortedNamespaces({ title, consoleOptions, commands, namespace, ...rest }, false)
  const names = namespaces.flatMap((each) => each.names)
  const width = Math.max(0, ...names.map((name) => name.length)) + 2
  const lines = namespaces.flatMap(({ id, names: inside }) => [
    ...(id === '_global' || namespace !== null || inside.length === 0 ? [] : [`<comment>${id}</comment>`]),
    ...inside.map((name) => ` <info>${name.padEnd(width)}</info> ${commands.all.get(name)!.description}`),
  ])
  const heading = namespace === null ? 'Available commands:' : `Available commands for the "${namespace}" namespace:`
  return [
    `<info>${title.name}</info> version <comment>${title.version}</comment>\n`,
    '<comment>Usage:</comment>\n [options] command [arguments]\n',
    section('Options', consoleOptions.map(optionEntry)),
    `<comment>${heading}</comment>\n${lines.join('\n')}\n`,
  ].join('\n')
}

interface Entry {
  readonly name: string
  readonly shortcut: string
  readonly text: string
}

function section(title: string, entries: readonly Entry[]): string {
  const width =
    Math.max(0, ...entries.map(({ name, shortcut }) => name.length + (shortcut ? shortcut.length + 1 : 0))) + 1
  const lines = entries.map(({ name, shortcut, text }) => {
    const label = `<info>${name}</info> ${shortcut.padEnd(Math.max(0, width - name.length - 1))}`
    return ` ${label}${shortcut.length >= width - name.length - 1 ? ' ' : ''}${text}`
  })
  return `<comment>${title}:</comment>\n${lines.join('\n')}\n`
}

const argumentEntry = (argument: ArgumentDefinition): Entry => ({
  name: argument.name,
  shortcut: '',
  text: argument.description + defaultText(defaultOfArgument(argument)),
})

const optionEntry = (option: OptionDefinition): Entry => ({
  name: `--${option.name}`,
  shortcut: option.shortcut ? `(-${option.shortcut})` : '',
  text:
    option.description +
    (acceptsValue(option) ? defaultText(defaultOfOption(option)) : '') +
    (option.array ? '<comment> (multiple values allowed)</comment>' : ''),
})

function defaultText(value: InputValue): string {
  if (value === null || (Array.isArray(value) && value.length === 0)) return ''
  return `<comment> (default: ${JSON.stringify(value)})</comment>`
}

/** `files:scan [-p|--path="..."] [--all] [user_id1] ... [user_idN]` */
function synopsis({ name, arguments: args = [] }: CommandDefinition, options: readonly OptionDefinition[]): string {
  return [name, ...options.map(optionSynopsis), ...args.map(argumentSynopsis)].join(' ')
}

function optionSynopsis(option: OptionDefinition): string {
  const shortcut = option.shortcut ? `-${option.shortcut}|` : ''
  const value = option.value === 'required' ? '="..."' : option.value === 'optional' ? '[="..."]' : ''
  return `[${shortcut}--${option.name}${value}]`
}

function argumentSynopsis({ name, required, array }: ArgumentDefinition): string {
  const first = array ? `${name}1` : name
  const shown = required ? first : `[${first}]`
  return array ? `${shown} ... [${name}N]` : shown
}
