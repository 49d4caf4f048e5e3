import { type ParseArgsConfig, parseArgs } from 'node:util'
import { messageOf, UserError } from '#lib/errors.ts'
import { nearestName } from '#lib/nearest-name.ts'

/** Where a command writes. */
export interface Output {
  /** A person reads along, and the cursor may be moved. */
  readonly isTerminal: boolean
  readonly columns?: number | undefined
  write(text: string): void
}

/** Where a command reads. */
export interface Input {
  /** A person types. */
  readonly isTerminal: boolean
  /** One line of a person, without its end. What is typed does not show where it is `hidden`. */
  readLine(hidden: boolean): Promise<string>
  /** Everything up to the end. */
  readAll(): Promise<string>
}

/** What a command has of the process that runs it. */
export interface Io {
  readonly in: Input
  readonly out: Output
  readonly err: Output
  readonly env: Readonly<Record<string, string | undefined>>
  /** How other servers are asked. Default: the global one. */
  readonly fetch?: typeof globalThis.fetch
  /** Ends when the process is asked to end. */
  readonly ended: Promise<unknown>
}

/** One subcommand of a program. */
export interface Command {
  /** One line for the program's help. */
  readonly summary: string
  /** The whole help. */
  readonly help: string
  /** What it takes, for shells that complete it. */
  readonly options: Options
  /** What its first word can be, where that is one of a few. */
  readonly words?: readonly string[]
  /** `--help` among the arguments may mean something else; the command itself finds out. */
  readonly readsHelp?: true
  /**
   * Do it, and answer the exit code.
   * @throws UserError, which is shown without a stack; the exit code is then 2.
   */
  run(args: readonly string[], io: Io): Promise<number>
}

export type Options = NonNullable<ParseArgsConfig['options']>

/**
 * Read a command line; what Node says about a wrong one becomes one sentence.
 * @param command how it was called, for the hint: `ocs-mock serve`
 */
export function readArguments<const O extends Options>(
  command: string,
  args: readonly string[],
  options: O,
  allowPositionals = false,
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals, strict: true })
  } catch (error) {
    const [problem] = messageOf(error).split(/\. |\n/)
    const unknown = /^Unknown option '(--[\w-]+)'/.exec(problem!)?.[1]
    const meant = unknown && nearestName(unknown.slice(2), Object.keys(options))
    const hint = meant ? ` Did you mean "--${meant}"?` : ''
    throw new UserError(`${problem!.replace(/\.$/, '')}.${hint} See "${command} --help".`)
  }
}

/** The number of an option. @throws UserError */
export function readInteger(option: string, text: string, min: number, max: number): number {
  const value = Number(text)
  if (!/^\d+$/.test(text) || value < min || value > max) {
    throw new UserError(`Failed to read ${option} "${text}": write a whole number from ${min} to ${max}.`)
  }
  return value
}
