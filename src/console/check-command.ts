import { a, isRecord, type MemberChecks, membersProblem, optional, show } from '#app/checks/members.ts'
import { UserError } from '#lib/errors.ts'
import type { CommandHandler } from './command.ts'
import type { ArgumentDefinition, CommandDefinition, OptionDefinition } from './definition.ts'

const COMMAND: MemberChecks<CommandDefinition & { readonly run: CommandHandler }> = {
  name: a.name,
  app: optional(a.name),
  aliases: optional(a.list),
  description: a.text,
  help: optional(a.text),
  usages: optional(a.list),
  hidden: optional(a.bool),
  omits: optional(a.list),
  arguments: optional(a.list),
  options: optional(a.list),
  run: a.fn,
}

const ARGUMENT: MemberChecks<ArgumentDefinition> = {
  name: a.name,
  required: optional(a.bool),
  array: optional(a.bool),
  description: a.text,
  default: optional(a.anything),
}

const OPTION: MemberChecks<OptionDefinition> = {
  name: a.name,
  shortcut: optional(a.name),
  value: optional(
    a.word<NonNullable<OptionDefinition['value']>>({ none: true, optional: true, required: true, negatable: true }),
  ),
  array: optional(a.bool),
  description: a.text,
  default: optional(a.anything),
}

/** @throws UserError that names the command, the member and what to write */
export function checkCommand(command: unknown): void {
  const name = isRecord(command) ? show(command.name) : ''
  const problem = commandProblem(command)
  if (problem !== null) throw new UserError(`Failed to define the command ${name}: it ${problem}`)
}

function commandProblem(command: unknown): string | null {
  if (!isRecord(command)) return `is ${show(command)}. Write defineCommand({ name: 'bookmarks:list', … }).`
  const problem = membersProblem(command, COMMAND)
  if (problem !== null) return problem
  const { name, arguments: args = [], options = [] } = command as unknown as CommandDefinition
  if (!/^[^\s:]+(?::[^\s:]+)*$/.test(name))
    return 'has a name with white space or without a part. Write "app:what-it-does".'
  return partsProblem('argument', args, ARGUMENT) ?? partsProblem('option', options, OPTION) ?? orderProblem(args)
}

function partsProblem(
  what: string,
  parts: readonly unknown[],
  checks: MemberChecks<ArgumentDefinition | OptionDefinition>,
) {
  const names = new Set<string>()
  for (const [i, part] of parts.entries()) {
    if (!isRecord(part)) return `has ${show(part)} as ${what}s[${i}]. Write { name: '…', description: '…' }.`
    const problem = membersProblem(part, checks)
    if (problem !== null) return `has ${what}s[${i}], which ${problem}`
    const name = String(part.name)
    if (names.has(name)) return `has the ${what} "${name}" twice.`
    names.add(name)
  }
  return null
}

/** Words are given to arguments in their order, so what takes none may not come before what takes one. */
function orderProblem(args: readonly ArgumentDefinition[]): string | null {
  for (const [i, argument] of args.entries()) {
    const before = args[i - 1]
    if (before?.array)
      return `has the argument "${argument.name}" after "${before.name}", which takes all words. Put it last.`
    if (argument.required && before && !before.required)
      return `has the argument "${argument.name}", which is required, after "${before.name}", which is not.`
  }
  return null
}
