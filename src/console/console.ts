import type { Profile } from '#profiles/profile.ts'
import { versionOf } from '#world/settings/version.ts'
import type { World } from '#world/world.ts'
import { firstArgument, hasRawOption, parseArgv, parseLeniently } from './argv.ts'
import type { Command, CommandHandler } from './command.ts'
import { CommandList } from './commands.ts'
import type { CommandDefinition, OptionDefinition } from './definition.ts'
import { InputDefinition } from './definition.ts'
import { describe } from './describe.ts'
import { definitionFor, synopsis } from './description.ts'
import { CommandException, CommandNotFound, PhpError } from './errors.ts'
import { Input, type PromptSource } from './input.ts'
import { Output, type Sink, Verbosity } from './output.ts'
import { renderError } from './render-error.ts'

/** The console of a product. */
export interface Console {
  /** Options that every command takes. */
  readonly options: readonly OptionDefinition[]
  /** The commands that are there at the moment, in the order in which they are registered. */
  commands(world: World): readonly Command[]
  /** What is said on standard error before a command runs; `command` is the word that names it, if any. */
  warnings(world: World, command: string | null): readonly string[]
  /** What is said on standard output before anything else. */
  notices?(world: World): readonly string[]
  /** How it lists and describes its commands. Default: as Symfony Console 6.4 does. */
  readonly describe?: typeof describe
  /** What `--version` says. Default: name and version. */
  versionLine?(profile: Profile): string
}

/** One run of the console. */
export interface ConsoleRun {
  readonly words: readonly string[]
  readonly world: World
  readonly profile: Profile
  readonly env: Readonly<Record<string, string>>
  readonly outgoing: typeof fetch
  readonly prompts: PromptSource
  /** Files of the machine that it runs on, by their paths. */
  readonly files: Readonly<Record<string, string>>
  readonly stdout: Sink
  readonly stderr: Sink
}

const DEFAULT_COLUMNS = 80

/**
 * Run one command line, from its words to its exit code, as Symfony Console 6.4 does.
 * @throws PromptNeeded where a terminal elsewhere has to answer first
 */
export async function runConsole(console: Console, run: ConsoleRun): Promise<number> {
  const output = new Output(run.stdout)
  const errorOutput = new Output(run.stderr)
  for (const line of warningsFor(console, run)) errorOutput.writeln(line)
  for (const line of console.notices?.(run.world) ?? []) output.writeln(line)
  const interactive = configure(run, output, errorOutput)
  const session = new Session(console, run, output, errorOutput, interactive)
  try {
    return Math.min(255, await session.run())
  } catch (error) {
    if (error instanceof PhpError) {
      run.stdout(`An unhandled exception has been thrown:\n${error.message}`)
      return 1
    }
    if (!(error instanceof CommandException)) throw error
    renderError(error, errorOutput, session.columns, session.usage)
    return Math.min(255, Math.max(1, error.code))
  }
}

/** Before the command is known, its options are not; what stands behind an unknown one is not seen. */
function warningsFor(console: Console, { words, world }: ConsoleRun): readonly string[] {
  const seen = parseLeniently(words, consoleDefinition(console))
  if (seen.options.get('no-warnings') === true) return []
  return console.warnings(world, (seen.arguments.get('command') as string | undefined) ?? null)
}

const consoleDefinition = (console: Console) => new InputDefinition([COMMAND_ARGUMENT], console.options)

const COMMAND_ARGUMENT = { name: 'command', required: true, description: 'The command to execute' }

/** Colours, verbosity and whether questions may be asked, from the options and SHELL_VERBOSITY. */
function configure({ words, env }: ConsoleRun, output: Output, errorOutput: Output): boolean {
  const decorated = hasRawOption(words, '--ansi')
  const verbosity = verbosityOf(words, Number(env.SHELL_VERBOSITY ?? 0))
  for (const each of [output, errorOutput]) {
    each.decorated = decorated
    each.verbosity = verbosity
  }
  return !hasRawOption(words, '--no-interaction', '-n') && verbosity !== Verbosity.quiet
}

function verbosityOf(words: readonly string[], fromShell: number): Verbosity {
  if (hasRawOption(words, '--quiet', '-q')) return Verbosity.quiet
  if (hasRawOption(words, '-vvv', '--verbose=3')) return Verbosity.debug
  if (hasRawOption(words, '-vv', '--verbose=2')) return Verbosity.veryVerbose
  if (hasRawOption(words, '-v', '--verbose')) return Verbosity.verbose
  return SHELL_VERBOSITY[fromShell] ?? Verbosity.normal
}

const SHELL_VERBOSITY: Readonly<Record<number, Verbosity>> = {
  [-1]: Verbosity.quiet,
  1: Verbosity.verbose,
  2: Verbosity.veryVerbose,
  3: Verbosity.debug,
}

class Session {
  readonly #console: Console
  readonly #run: ConsoleRun
  readonly #output: Output
  readonly #errorOutput: Output
  readonly #interactive: boolean
  readonly #handlers: ReadonlyMap<CommandDefinition, CommandHandler>
  readonly #list: CommandList
  #running: CommandDefinition | null = null
  readonly columns: number

  constructor(console: Console, run: ConsoleRun, output: Output, errorOutput: Output, interactive: boolean) {
    this.#console = console
    this.#run = run
    this.#output = output
    this.#errorOutput = errorOutput
    this.#interactive = interactive
    this.columns = Number.parseInt(run.env.COLUMNS ?? '', 10) || DEFAULT_COLUMNS
    const commands = console.commands(run.world)
    this.#handlers = new Map(commands.map((command) => [command.definition, command.run]))
    this.#list = new CommandList(commands.map((command) => command.definition))
  }

  /** How the running command is written, for below an error. */
  get usage(): string | null {
    return this.#running && synopsis(this.#running)
  }

  get #title() {
    const { world, profile } = this.#run
    return { name: profile.productName, version: versionOf(world, profile).versionString }
  }

  async run(): Promise<number> {
    const { words } = this.#run
    const title = this.#title
    if (hasRawOption(words, '--version', '-V')) {
      this.#output.writeln(
        this.#console.versionLine?.(this.#run.profile) ?? `${title.name} <info>${title.version}</info>`,
      )
      return 0
    }
    const firstWord = firstArgument(words)
    // PHP takes "0" for nothing.
    const name = firstWord === '' || firstWord === '0' ? null : firstWord
    const wantsHelp = hasRawOption(words, '--help', '-h')
    if (wantsHelp && name === null) return this.#help(this.#list.all.get('list')!, [])
    const command = await this.#find(name ?? 'list')
    if (typeof command === 'number') return command
    if (wantsHelp) return this.#help(command, words)
    this.#running = command
    return this.#runCommand(command, name === null ? ['list', ...words] : words)
  }

  /** The command, or the exit code where there is none and that was said. */
  async #find(name: string): Promise<CommandDefinition | number> {
    try {
      return this.#list.find(name, this.columns)
    } catch (error) {
      if (!(error instanceof CommandNotFound) || error.isNamespace) throw error
      if (error.alternatives.length === 1 && this.#interactive) return this.#offer(name, error.alternatives[0]!)
      const namespace = this.#namespaceNamed(name)
      if (namespace === null) throw error
      this.#describe(this.#errorOutput, null, { format: 'txt', raw: false, short: false, namespace })
      return 1
    }
  }

  #namespaceNamed(name: string): string | null {
    try {
      return this.#list.findNamespace(name)
    } catch (error) {
      if (error instanceof CommandNotFound) return null
      throw error
    }
  }

  /** "Do you want to run … instead?", where there is only one that may have been meant. */
  async #offer(name: string, alternative: string): Promise<CommandDefinition | number> {
    const line = `  Command "${name}" is not defined.  `
    const blank = ' '.repeat(line.length)
    this.#output.writeln(['', ...[blank, line, blank].map((text) => `<error>${text}</error>`)])
    // This question goes to standard output, unlike those of commands.
    const input = this.#input(new InputDefinition([], []), [], this.#output)
    const question = ` <info>Do you want to run "${alternative}" instead?  (yes/no)</info> [<comment>no</comment>]:`
    this.#output.writeln(['', question])
    const accepted = await input.confirm(' > ', false)
    this.#output.writeln('')
    return accepted ? this.#list.find(alternative, this.columns) : 1
  }

  #help(command: CommandDefinition, words: readonly string[]): number {
    const help = this.#list.all.get('help')!
    this.#running = help
    const { options } = parseLeniently(words, this.#fullDefinition(help))
    const format = (options.get('format') as string | undefined) ?? 'txt'
    this.#describe(this.#output, command, { format, raw: options.get('raw') === true, short: false, namespace: null })
    return 0
  }

  async #runCommand(command: CommandDefinition, words: readonly string[]): Promise<number> {
    const definition = this.#fullDefinition(command)
    if (command.name === 'help') {
      const parsed = parseLeniently(words, definition)
      const name = (parsed.arguments.get('command_name') as string | undefined) ?? 'help'
      return this.#help(this.#list.find(name, this.columns), words)
    }
    const input = this.#input(definition, words)
    input.validate()
    if (command.name === 'list') {
      this.#describe(this.#output, null, {
        format: input.value('format') ?? '',
        raw: input.flag('raw'),
        short: input.flag('short'),
        namespace: input.text('namespace').replace(/^0$/, '') || null,
      })
      return 0
    }
    const { world, profile, env, outgoing, files } = this.#run
    return this.#handlers.get(command)!({
      input,
      output: this.#output,
      errorOutput: this.#errorOutput,
      world,
      profile,
      env,
      columns: this.columns,
      hostFile: (path) => (Object.hasOwn(files, path) ? files[path]! : null),
      outgoing,
    })
  }

  #input(definition: InputDefinition, words: readonly string[], questions = this.#errorOutput): Input {
    return new Input(definition, parseArgv(words, definition), this.#run.prompts, questions, this.#interactive)
  }

  #fullDefinition(command: CommandDefinition): InputDefinition {
    const { options } = definitionFor(command, this.#console.options)
    return new InputDefinition([COMMAND_ARGUMENT, ...(command.arguments ?? [])], options)
  }

  #describe(
    output: Output,
    command: CommandDefinition | null,
    how: { format: string; raw: boolean; short: boolean; namespace: string | null },
  ): void {
    const { options } = this.#console
    const describeWith = this.#console.describe ?? describe
    describeWith(
      how.format,
      { ...how, title: this.#title, consoleOptions: options, commands: this.#list, command },
      output,
    )
  }
}
