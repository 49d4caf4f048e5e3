import {
  type ArgumentDefinition,
  acceptsValue,
  type CommandDefinition,
  defaultOfArgument,
  defaultOfOption,
  InputDefinition,
  type InputValue,
  type OptionDefinition,
} from './definition.ts'
import {
  type Description,
  definitionFor,
  oneLine,
  processedHelp,
  sortedCommands,
  sortedNamespaces,
  synopsis,
} from './description.ts'
import type { Output } from './output.ts'
import { escapeMarks } from './output-formatter.ts'
import { textWidth } from './text-width.ts'

/** The form for people. Source of its layout: Symfony Console 6.4, corpus. */
export function describeText(description: Description, output: Output): void {
  const write = (text: string) => (description.raw ? output.raw(text.replace(/<[^<>]*>/g, '')) : output.write(text))
  if (description.command) write(commandText(description.command, description))
  else if (description.raw) write(rawList(description))
  else {
    // The head is written before an unknown namespace is complained about.
    write(listHead(description))
    write(commandsText(description))
  }
}

function commandText(command: CommandDefinition, { consoleOptions }: Description): string {
  const definition = definitionFor(command, consoleOptions)
  const usages = [synopsis(command, true), ...(command.aliases ?? []), ...(command.usages ?? [])]
  const help = processedHelp(command)
  return [
    command.description === '' ? '' : `<comment>Description:</comment>\n  ${command.description}\n\n`,
    '<comment>Usage:</comment>\n',
    ...usages.map((usage) => `  ${escapeMarks(usage)}\n`),
    '\n',
    `${definitionText(definition)}\n`,
    help === '' || help === command.description
      ? ''
      : `\n<comment>Help:</comment>\n  ${help.replaceAll('\n', '\n  ')}\n`,
  ].join('')
}

function listHead({ title, consoleOptions }: Description): string {
  return [
    `${title.name} <info>${title.version}</info>\n\n`,
    '<comment>Usage:</comment>\n  command [options] [arguments]\n\n',
    `${definitionText(new InputDefinition([], consoleOptions))}\n\n`,
  ].join('')
}

function commandsText(description: Description): string {
  const { namespace } = description
  const namespaces = sortedNamespaces(description, false).filter(({ names }) => names.length > 0)
  const all = description.commands.all
  // Aliases show only in the list of their own namespace.
  const shown = namespaces.map(({ id, names }) => ({
    id,
    names: namespace === null ? names.filter((name) => all.get(name)!.name === name) : names,
  }))
  const width = Math.max(0, ...shown.flatMap(({ names }) => names).map(textWidth)) + 2
  const lines = [
    namespace === null
      ? '<comment>Available commands:</comment>'
      : `<comment>Available commands for the "${namespace}" namespace:</comment>`,
  ]
  for (const { id, names } of shown) {
    if (names.length === 0) continue
    if (namespace === null && id !== '_global') lines.push(` <comment>${id}</comment>`)
    for (const name of names) {
      const command = all.get(name)!
      const aliases = name === command.name && command.aliases?.length ? `[${command.aliases.join('|')}] ` : ''
      lines.push(`  <info>${name}</info>${' '.repeat(width - textWidth(name))}${aliases}${command.description}`)
    }
  }
  return `${lines.join('\n')}\n`
}

function rawList(description: Description): string {
  const commands = sortedCommands(description, false)
  const names = commands.flatMap(({ name, aliases = [] }) => [name, ...aliases])
  const width = Math.max(0, ...names.map(textWidth)) + 2
  return commands.map(({ name, description }) => `${name.padEnd(width)} ${description}\n`).join('')
}

function definitionText(definition: InputDefinition): string {
  const synopses = definition.options.map(optionSynopsis)
  const width = Math.max(0, ...[...synopses, ...definition.arguments.map(({ name }) => name)].map(textWidth))
  const parts: string[] = []
  if (definition.arguments.length > 0) {
    const lines = definition.arguments.map((argument) => argumentLine(argument, width))
    parts.push(`<comment>Arguments:</comment>\n${lines.join('\n')}\n`)
  }
  if (definition.options.length > 0) {
    const lines = definition.options.map((option, i) => ({ option, line: optionLine(option, synopses[i]!, width) }))
    // Options with several shortcuts stand last.
    const later = lines.filter(({ option }) => (option.shortcut?.length ?? 0) > 1)
    const first = lines.filter((line) => !later.includes(line))
    parts.push(`<comment>Options:</comment>\n${[...first, ...later].map(({ line }) => line).join('\n')}`)
  }
  return parts.join('\n')
}

function argumentLine(argument: ArgumentDefinition, width: number): string {
  const padding = ' '.repeat(width - textWidth(argument.name))
  const description = oneLine(argument, `\n${' '.repeat(width + 4)}`)
  return `  <info>${argument.name}</info>  ${padding}${description}${defaultText(defaultOfArgument(argument))}`
}

function optionLine(option: OptionDefinition, text: string, width: number): string {
  const padding = ' '.repeat(width - textWidth(text))
  const description = oneLine(option, `\n${' '.repeat(width + 4)}`)
  const fallback = acceptsValue(option) ? defaultText(defaultOfOption(option)) : ''
  const several = option.array ? '<comment> (multiple values allowed)</comment>' : ''
  return `  <info>${text}</info>  ${padding}${description}${fallback}${several}`
}

function optionSynopsis(option: OptionDefinition): string {
  const shortcut = option.shortcut ? `-${option.shortcut}, ` : '    '
  if (option.value === 'negatable') return `${shortcut}--${option.name}|--no-${option.name}`
  const value = `=${option.name.toUpperCase()}`
  const shown = option.value === 'optional' ? `[${value}]` : option.value === 'required' ? value : ''
  return `${shortcut}--${option.name}${shown}`
}

function defaultText(value: InputValue): string {
  if (value === null || (Array.isArray(value) && value.length === 0)) return ''
  const escaped = Array.isArray(value) ? value.map(escapeText) : escapeText(value as string)
  return `<comment> [default: ${JSON.stringify(escaped).replaceAll('\\\\', '\\')}]</comment>`
}

const escapeText = (value: string | number | boolean | null) => (typeof value === 'string' ? escapeMarks(value) : value)
