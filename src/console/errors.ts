/** An exception on its way out of a command; the console shows it in a box on standard error. */
export class CommandException extends Error {
  override readonly name: string = 'CommandException'
  /** Becomes the exit code where it is above zero. */
  readonly code: number
  /** The class that `-v` shows in brackets. */
  readonly phpClass: string
  /** Where it was thrown: shown above the box, as `In Connection.php line 228:`. */
  readonly at: { readonly file: string; readonly line: number } | null
  /** What it was thrown because of: shown below it. */
  readonly previous: CommandException | null

  constructor(
    message: string,
    more: {
      code?: number
      phpClass?: string
      at?: { readonly file: string; readonly line: number }
      previous?: CommandException
    } = {},
  ) {
    super(message)
    this.code = more.code ?? 0
    this.phpClass = more.phpClass ?? 'Exception'
    this.at = more.at ?? null
    this.previous = more.previous ?? null
  }
}

/** An exception, with the place in the real server's code that is shown above its box. */
export const thrownAt = (
  file: string,
  line: number,
  message: string,
  phpClass = 'Exception',
  previous?: CommandException,
): CommandException =>
  new CommandException(message, { phpClass, at: { file: `${file}.php`, line }, ...(previous ? { previous } : {}) })

/** What the console itself complains about: unknown commands, missing arguments. Shown without a place. */
export class ConsoleError extends CommandException {
  override readonly name: string = 'ConsoleError'
  constructor(message: string, phpClass = 'RuntimeException') {
    super(message, { phpClass: `Symfony\\Component\\Console\\Exception\\${phpClass}` })
  }
}

/** An option was given that does not go with the rest, or with a value that it does not take. */
export const invalidOption = (message: string): ConsoleError => new ConsoleError(message, 'InvalidOptionException')

/** A command that does not exist, with those that may have been meant. */
export class CommandNotFound extends ConsoleError {
  override readonly name = 'CommandNotFound'
  readonly alternatives: readonly string[]
  readonly isNamespace: boolean
  constructor(message: string, alternatives: readonly string[], isNamespace = false) {
    super(message, isNamespace ? 'NamespaceNotFoundException' : 'CommandNotFoundException')
    this.alternatives = alternatives
    this.isNamespace = isNamespace
  }
}

/** A question was asked and standard input was at its end. */
export class MissingInput extends ConsoleError {
  override readonly name = 'MissingInput'
  constructor() {
    super('Aborted.', 'MissingInputException')
  }
}

/** PHP's own errors pass the console by: standard output gets this text, without a line feed at its end. */
export class PhpError extends Error {
  override readonly name = 'PhpError'
}

/** What a terminal elsewhere has to give before the command can run. */
export interface Prompt {
  readonly question: string
  /** What is typed must not show. */
  readonly hidden: boolean
  /** Not an answer but all of standard input is wanted. */
  readonly all?: true
}

/** Leaves a run that cannot go on without someone at a terminal elsewhere. */
export class PromptNeeded extends Error {
  override readonly name = 'PromptNeeded'
  readonly prompt: Prompt
  constructor(prompt: Prompt) {
    super(`"${prompt.question}" has no answer yet`)
    this.prompt = prompt
  }
}
