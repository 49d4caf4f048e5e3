import {
  type ArgumentDefinition,
  acceptsValue,
  type CommandDefinition,
  defaultOfArgument,
  defaultOfOption,
  type OptionDefinition,
} from './definition.ts'
import {
  type Description,
  definitionFor,
  oneLine,
  phpLiteral,
  processedHelp,
  sortedCommands,
  sortedNamespaces,
  synopsis,
  yesNo,
} from './description.ts'
import type { Output } from './output.ts'
import { format } from './output-formatter.ts'
import { textWidth } from './text-width.ts'

/** `--format=md`: never coloured, no line feed at the end. */
export function describeMarkdown(description: Description, output: Output): void {
  const text = description.command ? commandText(description.command, description) : listText(description)
  output.raw(format(text, false))
}

function listText(description: Description): string {
  const title = `${description.title.name} ${description.title.version}`
  const own = (name: string) => description.commands.all.get(name)!.name.replaceAll(':', '')
  const contents = sortedNamespaces(description, false).map(
    ({ id, names }) =>
      `${id === '_global' ? '' : `\n\n**${id}:**`}\n\n${names.map((name) => `* [\`${name}\`](#${own(name)})`).join('\n')}`,
  )
  const commands = sortedCommands(description, false).map((command) => `\n\n${commandText(command, description)}`)
  return `${title}\n${'='.repeat(textWidth(title))}${contents.join('')}${commands.join('')}`
}

function commandText(command: CommandDefinition, { short, consoleOptions }: Description): string {
  const { name, description, aliases = [], usages = [] } = command
  const shown = short ? aliases : [synopsis(command), ...aliases, ...usages]
  const head = [
    `\`${name}\`\n${'-'.repeat(textWidth(name) + 2)}\n\n`,
    description === '' ? '' : `${description}\n\n`,
    `### Usage\n\n${shown.map((usage) => `* \`${usage}\`\n`).join('')}`,
  ].join('')
  if (short) return head
  const help = processedHelp(command)
  return `${head}${help === '' ? '' : `\n${help}`}\n\n${definitionText(command, consoleOptions)}`
}

function definitionText(command: CommandDefinition, consoleOptions: readonly OptionDefinition[]): string {
  const definition = definitionFor(command, consoleOptions)
  const section = (title: string, parts: readonly string[]) => [title, ...parts].join('\n\n')
  return [
    ...(definition.arguments.length > 0 ? [section('### Arguments', definition.arguments.map(argumentText))] : []),
    section('### Options', definition.options.map(optionText)),
  ].join('\n\n')
}

const descriptionOf = (element: ArgumentDefinition | OptionDefinition) =>
  element.description === '' ? '' : `${oneLine(element, '\n')}\n\n`

const argumentText = (argument: ArgumentDefinition) =>
  [
    `#### \`${argument.name}\`\n\n${descriptionOf(argument)}* Is required: ${yesNo(argument.required)}`,
    `* Is array: ${yesNo(argument.array)}`,
    `* Default: \`${phpLiteral(defaultOfArgument(argument))}\``,
  ].join('\n')

function optionText(option: OptionDefinition): string {
  const negation = option.value === 'negatable' ? `|--no-${option.name}` : ''
  const shortcut = option.shortcut ? `|-${option.shortcut.replaceAll('|', '|-')}` : ''
  return [
    `#### \`--${option.name}${negation}${shortcut}\`\n\n${descriptionOf(option)}* Accept value: ${yesNo(acceptsValue(option))}`,
    `* Is value required: ${yesNo(option.value === 'required')}`,
    `* Is multiple: ${yesNo(option.array)}`,
    `* Is negatable: ${yesNo(option.value === 'negatable')}`,
    `* Default: \`${phpLiteral(defaultOfOption(option))}\``,
  ].join('\n')
}
