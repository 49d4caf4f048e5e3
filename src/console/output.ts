import { format } from './output-formatter.ts'

/** How much is said: each level says all that the levels before it say. */
export const Verbosity = { quiet: 16, normal: 32, verbose: 64, veryVerbose: 128, debug: 256 } as const
export type Verbosity = (typeof Verbosity)[keyof typeof Verbosity]

/** Takes text as it is written. */
export type Sink = (text: string) => void

/** Standard output or standard error: marks become colours or vanish, and what is too much is left out. */
export class Output {
  readonly #sink: Sink
  decorated: boolean
  verbosity: Verbosity

  constructor(sink: Sink, decorated = false, verbosity: Verbosity = Verbosity.normal) {
    this.#sink = sink
    this.decorated = decorated
    this.verbosity = verbosity
  }

  write(text: string, level: Verbosity = Verbosity.normal): void {
    if (level <= this.verbosity) this.#sink(format(text, this.decorated))
  }

  writeln(text: string | readonly string[] = '', level: Verbosity = Verbosity.normal): void {
    for (const line of typeof text === 'string' ? [text] : text) this.write(`${line}\n`, level)
  }

  /** Text without any reading of marks. */
  raw(text: string, level: Verbosity = Verbosity.normal): void {
    if (level <= this.verbosity) this.#sink(text)
  }

  get isVerbose(): boolean {
    return this.verbosity >= Verbosity.verbose
  }
}
