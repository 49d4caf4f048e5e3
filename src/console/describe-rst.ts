import { acceptsValue, type CommandDefinition, defaultOfOption, type OptionDefinition } from './definition.ts'
import {
  type Description,
  definitionFor,
  oneLine,
  phpLiteral,
  processedHelp,
  sortedNamespaces,
  synopsis,
  yesNo,
} from './description.ts'
import type { Output } from './output.ts'
import { format } from './output-formatter.ts'
import { textWidth } from './text-width.ts'

/** `--format=rst`: reStructuredText, never coloured (Symfony Console 6.4, source; Nextcloud 34.0.1, asked). */
export function describeRst(description: Description, output: Output): void {
  const text = description.command ? commandText(description.command, description) : listText(description)
  output.raw(format(text, false))
}

const GLOBAL = '_global'
const underlined = (title: string, mark: string) => `${title}\n${mark.repeat(textWidth(title))}`

function listText(description: Description): string {
  const { title, commands } = description
  // Namespaces are sorted, what is in them stands as it was registered.
  const registered = [...commands.all.keys()].filter(
    (name) => name !== 'completion' && commands.all.get(name)!.name === name,
  )
  const groups = sortedNamespaces(description, false)
    .map(({ id, names }) => {
      const own = registered.filter((name) => names.includes(name))
      return { id, own: own.map((name) => commands.all.get(name)!) }
    })
    .filter(({ own }) => own.length > 0)
  const contents = groups.map(({ id, own }) => {
    const head = id === GLOBAL ? '' : `\n\n${underlined(id, '~')}\n\n`
    return `${head}\n\n${own.map(({ name }) => `- \`${name}\`_`).join('\n')}`
  })
  const sections = groups.map(({ id, own }) => {
    const parts = own.map((command) => `${commandText(command, description)}\n\n`)
    return `${underlined(id === GLOBAL ? 'Global' : id, '~')}\n\n${parts.join('')}`
  })
  return [
    underlined(`${title.name} ${title.version}`, '='),
    `\n\n${underlined('Table of Contents', '-')}\n\n`,
    ...contents,
    `\n\n${underlined('Commands', '-')}\n\n`,
    ...sections,
  ].join('')
}

function commandText(command: CommandDefinition, { short, consoleOptions }: Description): string {
  const { name, description, aliases = [], usages = [] } = command
  const said = description === '' ? '' : `${description}\n\n`
  const listed = (lines: readonly string[]) => lines.map((line) => `- \`\`${line}\`\`\n`).join('')
  if (short)
    return `\`\`${name}\`\`\n${'.'.repeat(textWidth(name))}\n\n${said}${underlined('Usage', '"')}\n\n${listed(aliases)}`
  const labels = aliases.map((alias) => `.. _${alias}:\n\n`).join('')
  const usage = `${underlined('Usage', '^')}\n\n${listed([synopsis(command), ...aliases, ...usages])}`
  const help = processedHelp(command)
  return [
    `${labels}${underlined(name, '.')}\n\n${said}${usage}`,
    help === '' ? '' : `\n${help}`,
    `\n\n${definitionText(command, consoleOptions)}`,
  ].join('')
}

/** Options that every command has, and that are not told. */
const COMMON = new Set(['help', 'quiet', 'verbose', 'version', 'ansi', 'no-interaction'])

function definitionText(command: CommandDefinition, consoleOptions: readonly OptionDefinition[]): string {
  const definition = definitionFor(command, consoleOptions)
  // Of an argument nothing but its name is told.
  const names = definition.arguments.map(({ name }) => `\n\n${name}`)
  const options = definition.options.filter(({ name }) => !COMMON.has(name))
  return [
    ...(names.length > 0 ? [`${underlined('Arguments', '^')}${names.join('')}`] : []),
    ...(options.length > 0
      ? [`${underlined('Options', '^')}\n\n${options.map((one) => `${optionText(one)}\n`).join('')}`]
      : []),
  ].join('\n\n')
}

function optionText(option: OptionDefinition): string {
  const negation = option.value === 'negatable' ? `|\\-\\-no-${option.name}` : ''
  const shortcut = option.shortcut ? `|-${option.shortcut.replaceAll('|', '|-')}` : ''
  const said = option.description === '' ? '' : `${oneLine(option, '\n\n').normalize('NFKD')}\n\n`
  return [
    `${underlined(`\\-\\-${option.name}${negation}${shortcut}`, '"')}\n\n${said}- **Accept value**: ${yesNo(acceptsValue(option))}`,
    `- **Is value required**: ${yesNo(option.value === 'required')}`,
    `- **Is multiple**: ${yesNo(option.array)}`,
    `- **Is negatable**: ${yesNo(option.value === 'negatable')}`,
    `- **Default**: \`\`${phpLiteral(defaultOfOption(option))}\`\`\n`,
  ].join('\n')
}
