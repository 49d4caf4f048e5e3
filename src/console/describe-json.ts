import { EMPTY_OBJECT, type PhpArray, type PhpValue } from '#lib/php.ts'
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
  processedHelp,
  sortedCommands,
  sortedNamespaces,
  synopsis,
} from './description.ts'
import type { Output } from './output.ts'
import { phpJson } from './php-json.ts'

/** `--format=json`: hidden commands too, no line feed at the end. */
export function describeJson(description: Description, output: Output): void {
  output.raw(phpJson(description.command ? commandData(description.command, description) : listData(description)))
}

function listData(description: Description): PhpArray {
  const { title, namespace } = description
  return {
    application: { name: title.name, version: title.version },
    commands: sortedCommands(description, true).map((command) => commandData(command, description)),
    ...(namespace === null
      ? { namespaces: sortedNamespaces(description, true).map(({ id, names }) => ({ id, commands: names })) }
      : { namespace }),
  }
}

function commandData(command: CommandDefinition, { short, consoleOptions }: Description): PhpArray {
  const { name, description, aliases = [], usages = [], hidden = false } = command
  if (short) return { name, description, usage: aliases, hidden }
  const definition = definitionFor(command, consoleOptions)
  const args = Object.fromEntries(definition.arguments.map((argument) => [argument.name, argumentData(argument)]))
  const options: Record<string, PhpValue> = {}
  for (const option of definition.options) {
    options[option.name] = optionData(option)
    if (option.value === 'negatable') options[`no-${option.name}`] = negationData(option)
  }
  return {
    name,
    description,
    usage: [synopsis(command), ...usages, ...aliases],
    help: processedHelp(command),
    definition: { arguments: args, options: Object.keys(options).length > 0 ? options : EMPTY_OBJECT },
    hidden,
  }
}

const argumentData = (argument: ArgumentDefinition): PhpArray => ({
  name: argument.name,
  is_required: Boolean(argument.required),
  is_array: Boolean(argument.array),
  description: oneLine(argument, ' '),
  default: defaultOfArgument(argument) as PhpValue,
})

const optionData = (option: OptionDefinition): PhpArray => ({
  name: `--${option.name}`,
  shortcut: option.shortcut ? `-${option.shortcut.replaceAll('|', '|-')}` : '',
  accept_value: acceptsValue(option),
  is_value_required: option.value === 'required',
  is_multiple: Boolean(option.array),
  description: oneLine(option, ' '),
  default: defaultOfOption(option) as PhpValue,
})

const negationData = (option: OptionDefinition): PhpArray => ({
  name: `--no-${option.name}`,
  shortcut: '',
  accept_value: false,
  is_value_required: false,
  is_multiple: false,
  description: `Negate the "--${option.name}" option`,
  default: defaultOfOption(option) === null ? null : !defaultOfOption(option),
})
