import { InternalError } from '#lib/errors.ts'
import type { ParsedCommandLine } from './argv.ts'
import { defaultOfArgument, defaultOfOption, type InputDefinition, type InputValue } from './definition.ts'
import { ConsoleError, MissingInput, PromptNeeded } from './errors.ts'
import type { Output } from './output.ts'

/** Where answers to questions come from. */
export interface PromptSource {
  /** Standard input as far as it was not read; lines are taken from it. */
  stdin: string | null
  /** Asks someone at a terminal. Without it, lines of standard input are the answers. */
  readonly ask?: (question: string, hidden: boolean) => Promise<string>
  /** Answers that a terminal elsewhere gave, in order; when they are used up, {@link PromptNeeded} leaves the run. */
  readonly answers?: readonly string[]
}

/** A command's input: what was given or its default, and the questions it may ask. */
export class Input {
  readonly #definition: InputDefinition
  readonly #parsed: ParsedCommandLine
  readonly #prompts: PromptSource
  readonly #questions: Output
  #answered = 0
  #ended = false
  interactive: boolean

  constructor(
    definition: InputDefinition,
    parsed: ParsedCommandLine,
    prompts: PromptSource,
    questions: Output,
    interactive: boolean,
  ) {
    this.#definition = definition
    this.#parsed = parsed
    this.#prompts = prompts
    this.#questions = questions
    this.interactive = interactive
  }

  /** Any argument, as it was given or its default. */
  argument(name: string): InputValue {
    const given = this.#parsed.arguments.get(name)
    if (given !== undefined) return given
    const argument = this.#definition.arguments.find((candidate) => candidate.name === name)
    if (!argument) throw new InternalError(`There is no argument "${name}".`)
    return defaultOfArgument(argument)
  }

  /** Any option, as it was given or its default. */
  option(name: string): InputValue {
    const given = this.#parsed.options.get(name)
    if (given !== undefined) return given
    const option = this.#definition.option(name)
    if (!option) throw new InternalError(`There is no option "${name}".`)
    return defaultOfOption(option)
  }

  /** Whether an option was given at all. */
  isGiven(option: string): boolean {
    return this.#parsed.options.has(option)
  }

  /** An argument's text; missing, it is empty. */
  text(argument: string): string {
    const value = this.argument(argument)
    return value === null ? '' : String(value)
  }

  /** An argument that takes several words. */
  list(argument: string): readonly string[] {
    const value = this.argument(argument)
    return Array.isArray(value) ? value.map(String) : []
  }

  /** An option's value, or `null`. */
  value(option: string): string | null {
    const value = this.option(option)
    return value === null || value === false ? null : value === true ? '1' : String(value)
  }

  /** The values of an option that may be given several times. */
  values(option: string): readonly string[] {
    const value = this.option(option)
    return Array.isArray(value) ? value.map((item) => (item === null ? '' : String(item))) : []
  }

  /** Whether an option is switched on. */
  flag(option: string): boolean {
    const value = this.option(option)
    return value === true || (typeof value === 'string' && value !== '' && value !== '0')
  }

  /** Arguments and options by name with their defaults, as a command's own code would see them. */
  get everything(): { arguments: Map<string, InputValue>; options: Map<string, InputValue> } {
    return {
      arguments: new Map(this.#definition.arguments.map(({ name }) => [name, this.argument(name)])),
      options: new Map(this.#definition.options.map(({ name }) => [name, this.option(name)])),
    }
  }

  /**
   * Ask a question on standard error and wait for the answer, without white space around it.
   * `null`: nobody may be asked.
   * @throws MissingInput where standard input ends before an answer that is not hidden
   */
  async ask(question: string, hidden = false): Promise<string | null> {
    if (!this.interactive) return null
    this.#questions.write(question)
    const answer = await this.#answer(question, hidden)
    // What is not shown does not end its line either, nor does the end of input.
    if (hidden) this.#questions.writeln('')
    return (answer ?? '').trim()
  }

  /** Ask whether to go on. Nothing, or nobody to ask, is `fallback`. */
  async confirm(question: string, fallback = true): Promise<boolean> {
    let answer: string | null = null
    try {
      answer = await this.ask(question)
    } catch (error) {
      if (!(error instanceof MissingInput)) throw error
      this.interactive = false
    }
    return answer === null || answer === '' ? fallback : /^y/i.test(answer)
  }

  /** `null`: a hidden question met the end of input. */
  async #answer(question: string, hidden: boolean): Promise<string | null> {
    const { answers, ask, stdin } = this.#prompts
    if (answers && stdin === null) {
      const answer = answers[this.#answered++]
      if (answer === undefined) throw new PromptNeeded({ question, hidden })
      return answer
    }
    if (ask) return ask(question, hidden)
    return this.#readLine(hidden)
  }

  /** The end of input is an error once, and an empty line from then on (Symfony Console 6.4, asked). */
  #readLine(hidden: boolean): string | null {
    const stdin = this.#prompts.stdin ?? ''
    if (stdin === '' && !this.#ended) {
      this.#ended = true
      if (!hidden) throw new MissingInput()
      return null
    }
    const end = stdin.indexOf('\n')
    if (end < 0) this.#ended = true
    this.#prompts.stdin = end < 0 ? '' : stdin.slice(end + 1)
    return end < 0 ? stdin : stdin.slice(0, end)
  }

  /** Everything on standard input that was not read yet. */
  readAll(): string {
    const { stdin, answers } = this.#prompts
    if (stdin === null && answers) throw new PromptNeeded({ question: '', hidden: false, all: true })
    this.#prompts.stdin = ''
    return stdin ?? ''
  }

  /** @throws ConsoleError that names the arguments which are required and missing */
  validate(): void {
    const missing = this.#definition.arguments
      .filter(({ name, required }) => required && !this.#parsed.arguments.has(name))
      .map(({ name }) => name)
    if (missing.length > 0) throw new ConsoleError(`Not enough arguments (missing: "${missing.join(', ')}").`)
  }
}
