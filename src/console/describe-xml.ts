import {
  type ArgumentDefinition,
  acceptsValue,
  type CommandDefinition,
  defaultOfArgument,
  defaultOfOption,
  type InputValue,
  type OptionDefinition,
} from './definition.ts'
import {
  type Description,
  definitionFor,
  processedHelp,
  sortedCommands,
  sortedNamespaces,
  synopsis,
} from './description.ts'
import type { Output } from './output.ts'

interface Node {
  readonly name: string
  readonly attributes?: Readonly<Record<string, string | number>>
  readonly children?: readonly Node[]
  readonly text?: string
}

/** `--format=xml`: indented by two blanks, as PHP's DOMDocument does. */
export function describeXml(description: Description, output: Output): void {
  const root = description.command ? commandNode(description.command, description) : listNode(description)
  output.raw(`<?xml version="1.0" encoding="UTF-8"?>\n${render(root, '')}`)
}

function listNode(description: Description): Node {
  const { title, namespace } = description
  const commands = sortedCommands(description, true).map((command) => commandNode(command, description))
  const namespaces = () =>
    sortedNamespaces(description, true).map(({ id, names }) => ({
      name: 'namespace',
      attributes: { id },
      children: names.map((name) => ({ name: 'command', text: name })),
    }))
  return {
    name: 'symfony',
    attributes: { name: title.name, version: title.version },
    children: [
      { name: 'commands', attributes: namespace === null ? {} : { namespace }, children: commands },
      ...(namespace === null ? [{ name: 'namespaces', children: namespaces() }] : []),
    ],
  }
}

function commandNode(command: CommandDefinition, { short, consoleOptions }: Description): Node {
  const { name, description, aliases = [], usages = [], hidden } = command
  const shown = short ? aliases : [synopsis(command), ...aliases, ...usages]
  const definition = definitionFor(command, consoleOptions)
  return {
    name: 'command',
    attributes: { id: name, name, hidden: hidden ? 1 : 0 },
    children: [
      { name: 'usages', children: shown.map((text) => ({ name: 'usage', text })) },
      { name: 'description', text: indented(description) },
      ...(short
        ? []
        : [
            { name: 'help', text: indented(processedHelp(command)) },
            { name: 'arguments', children: definition.arguments.map(argumentNode) },
            { name: 'options', children: definition.options.flatMap(optionNodes) },
          ]),
    ],
  }
}

const indented = (text: string) => text.replaceAll('\n', '\n ')

const argumentNode = (argument: ArgumentDefinition): Node => ({
  name: 'argument',
  attributes: { name: argument.name, is_required: argument.required ? 1 : 0, is_array: argument.array ? 1 : 0 },
  children: [{ name: 'description', text: argument.description }, defaultsNode(defaultOfArgument(argument))],
})

function optionNodes(option: OptionDefinition): Node[] {
  const shortcuts = option.shortcut?.split('|') ?? []
  const node: Node = {
    name: 'option',
    attributes: {
      name: `--${option.name}`,
      shortcut: shortcuts.length > 0 ? `-${shortcuts[0]}` : '',
      ...(shortcuts.length > 1 ? { shortcuts: shortcuts.map((letter) => `-${letter}`).join('|') } : {}),
      accept_value: acceptsValue(option) ? 1 : 0,
      is_value_required: option.value === 'required' ? 1 : 0,
      is_multiple: option.array ? 1 : 0,
    },
    children: [
      { name: 'description', text: option.description },
      ...(acceptsValue(option) ? [defaultsNode(defaultOfOption(option))] : []),
    ],
  }
  if (option.value !== 'negatable') return [node]
  const negation: Node = {
    name: 'option',
    attributes: { name: `--no-${option.name}`, shortcut: '', accept_value: 0, is_value_required: 0, is_multiple: 0 },
    children: [{ name: 'description', text: `Negate the "--${option.name}" option` }],
  }
  return [node, negation]
}

function defaultsNode(value: InputValue): Node {
  const values = Array.isArray(value) ? value : value ? [value] : value === false ? ['false'] : []
  return { name: 'defaults', children: values.map((text) => ({ name: 'default', text: String(text) })) }
}

function render({ name, attributes = {}, children, text }: Node, indent: string): string {
  const start = `${indent}<${name}${Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escapeXml(String(value)).replaceAll('"', '&quot;').replaceAll('\n', '&#10;')}"`)
    .join('')}`
  if (text !== undefined && text !== '') return `${start}>${escapeXml(text)}</${name}>\n`
  if (text === '') return `${start}></${name}>\n`
  if (!children?.length) return `${start}/>\n`
  return `${start}>\n${children.map((child) => render(child, `${indent}  `)).join('')}${indent}</${name}>\n`
}

const escapeXml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
