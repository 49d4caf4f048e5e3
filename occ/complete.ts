import type { Command, CommandHandler } from '#console/command.ts'
import { CommandList } from '#console/commands.ts'
import type { CommandDefinition, OptionDefinition } from '#console/definition.ts'
import { CommandNotFound } from '#console/errors.ts'
import { notBuilt } from '#console/not-built.ts'

const SHELLS: readonly string[] = ['bash', 'fish', 'zsh']
/** What Symfony ends with where it is asked wrongly. */
const INVALID = 2
/** The least version of a shell's script that it speaks with. */
const API_VERSION = 1

/** What the command needs of the console that it belongs to. */
interface CompletedConsole {
  readonly options: readonly OptionDefinition[]
  commands(): readonly Command[]
}

/** `_complete`: what a shell may offer for the word that is typed, a word a line (Symfony Console 6.4, asked). */
export const completeCommand =
  (console: CompletedConsole): CommandHandler =>
  ({ input, output, columns }) => {
    const current = Number(input.value('current') ?? Number.NaN)
    const shell = input.value('shell') ?? ''
    const isKnown = SHELLS.includes(shell) && Number(input.value('api-version')) >= API_VERSION
    if (!isKnown || !Number.isInteger(current)) return INVALID
    const text = suggest(console, input.values('input'), current, columns).join('\n')
    output.raw(shell === 'fish' ? text : `${text}\n`)
    return 0
  }

/** @param words those that were typed, the program's name first */
function suggest(console: CompletedConsole, words: readonly string[], current: number, columns: number): string[] {
  const list = new CommandList(console.commands().map(({ definition }) => definition))
  const visible = [...list.all].filter(([, { hidden }]) => !hidden).map(([name]) => name)
  const typed = words[current] ?? ''
  const name = words.slice(1).find((word) => !word.startsWith('-'))
  const command = name === undefined ? null : findOrNull(list, name, columns)
  if (command === null) return current === 1 || name === typed ? visible : []
  if (current === 1) return name === command.name ? [] : [command.name, ...(command.aliases ?? [])]
  return typed.startsWith('-') ? optionsOf(command, console.options) : []
}

function findOrNull(list: CommandList, name: string, columns: number): CommandDefinition | null {
  try {
    return list.find(name, columns)
  } catch (error) {
    if (error instanceof CommandNotFound) return null
    throw error
  }
}

const optionsOf = ({ options = [] }: CommandDefinition, more: readonly OptionDefinition[]): string[] =>
  [...options, ...more].flatMap(({ name, value }) =>
    value === 'negatable' ? [`--${name}`, `--no-${name}`] : [`--${name}`],
  )

/** The script that Symfony has for a shell is not ours to give; what is no shell is refused in its words. */
export const completionScript: CommandHandler = (context) => {
  const { input, env, errorOutput } = context
  const shell = input.text('shell') || (env.SHELL?.split('/').at(-1) ?? '')
  if (SHELLS.includes(shell)) return notBuilt('completion')(context)
  const supported = SHELLS.map((name) => `"${name}"`).join(', ')
  errorOutput.writeln(
    shell === ''
      ? `<error>Shell not detected, Symfony shell completion only supports ${supported}).</error>`
      : `<error>Detected shell "${shell}", which is not supported by Symfony shell completion (supported shells: ${supported}).</error>`,
  )
  return INVALID
}
