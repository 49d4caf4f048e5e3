import {
  type ArgumentDefinition,
  acceptsValue,
  type InputDefinition,
  type InputValue,
  type OptionDefinition,
} from './definition.ts'
import { ConsoleError } from './errors.ts'

/** A command line that was matched with a definition: only what was given, no defaults. */
export interface ParsedCommandLine {
  readonly arguments: Map<string, InputValue>
  readonly options: Map<string, InputValue>
}

/**
 * Match words with a definition as Symfony Console 6.4 does: long and short options, clusters (`-qv`), values with
 * `=`, a blank or nothing between, `--` before what is no option any more.
 * @throws ConsoleError with the console's own sentence about what does not fit
 */
export function parseArgv(words: readonly string[], definition: InputDefinition): ParsedCommandLine {
  return new ArgvParser(words, definition).run()
}

/** The same without complaints: what was matched before the first word that does not fit. */
export function parseLeniently(words: readonly string[], definition: InputDefinition): ParsedCommandLine {
  const parser = new ArgvParser(words, definition)
  try {
    return parser.run()
  } catch (error) {
    if (error instanceof ConsoleError) return parser.parsed
    throw error
  }
}

class ArgvParser {
  readonly #rest: string[]
  readonly #definition: InputDefinition
  readonly #arguments = new Map<string, InputValue>()
  readonly #options = new Map<string, InputValue>()

  constructor(words: readonly string[], definition: InputDefinition) {
    this.#rest = [...words]
    this.#definition = definition
  }

  run(): ParsedCommandLine {
    let optionsAllowed = true
    while (this.#rest.length > 0) {
      const word = this.#rest.shift()!
      if (!optionsAllowed || word === '' || word === '-' || !word.startsWith('-')) this.#argument(word)
      else if (word === '--') optionsAllowed = false
      else if (word.startsWith('--')) this.#long(word.slice(2))
      else this.#short(word.slice(1))
    }
    return this.parsed
  }

  get parsed(): ParsedCommandLine {
    return { arguments: this.#arguments, options: this.#options }
  }

  #argument(word: string): void {
    const all = this.#definition.arguments
    const next = all[this.#arguments.size]
    const last = all[this.#arguments.size - 1]
    if (next) this.#arguments.set(next.name, next.array ? [word] : word)
    else if (last?.array) {
      this.#arguments.set(last.name, [...(this.#arguments.get(last.name) as readonly string[]), word])
    } else throw new ConsoleError(this.#tooMany(all, word))
  }

  #tooMany(all: readonly ArgumentDefinition[], word: string): string {
    const named = all[0]?.name === 'command' ? all.slice(1) : all
    const command = named === all ? null : (this.#arguments.get('command') ?? null)
    const expected = named.map(({ name }) => name).join('" "')
    if (named.length > 0) {
      return `Too many arguments${command === null ? '' : ` to "${command}" command`}, expected arguments "${expected}".`
    }
    return `No arguments expected${command === null ? '' : ` for "${command}" command`}, got "${word}".`
  }

  #long(text: string): void {
    const equals = text.indexOf('=')
    if (equals < 0) {
      this.#set(text, null)
      return
    }
    const value = text.slice(equals + 1)
    // An empty value is put back as a word of its own, where the option finds it again.
    if (value === '') this.#rest.unshift(value)
    this.#set(text.slice(0, equals), value)
  }

  #short(letters: string): void {
    const first = this.#definition.optionByShortcut(letters[0]!)
    if (letters.length > 1 && first && acceptsValue(first)) {
      this.#set(first.name, letters.slice(1))
      return
    }
    if (letters.length === 1) {
      this.#set(this.#byShortcut(letters).name, null)
      return
    }
    for (let i = 0; i < letters.length; i++) {
      const option = this.#byShortcut(letters[i]!)
      if (acceptsValue(option)) {
        this.#set(option.name, i === letters.length - 1 ? null : letters.slice(i + 1))
        return
      }
      this.#set(option.name, null)
    }
  }

  #byShortcut(letter: string): OptionDefinition {
    const option = this.#definition.optionByShortcut(letter)
    if (!option) throw new ConsoleError(`The "-${letter}" option does not exist.`)
    return option
  }

  #set(name: string, given: string | null): void {
    const option = this.#definition.option(name)
    if (!option) {
      const negated = this.#definition.optionByNegation(name)
      if (!negated) throw new ConsoleError(`The "--${name}" option does not exist.`)
      if (given !== null) throw new ConsoleError(`The "--${name}" option does not accept a value.`)
      this.#options.set(negated.name, false)
      return
    }
    if (given !== null && !acceptsValue(option)) {
      throw new ConsoleError(`The "--${name}" option does not accept a value.`)
    }
    const value = given === null || given === '' ? this.#valueFromNextWord(option, given) : given
    if (value === null && option.value === 'required') {
      throw new ConsoleError(`The "--${name}" option requires a value.`)
    }
    if (option.array) {
      this.#options.set(name, [...((this.#options.get(name) as readonly string[] | undefined) ?? []), value])
    } else this.#options.set(name, value === null && option.value !== 'optional' ? true : value)
  }

  /** The next word is the value, unless it looks like an option. */
  #valueFromNextWord(option: OptionDefinition, given: string | null): string | null {
    const next = this.#rest[0]
    if (!acceptsValue(option) || next === undefined || next.startsWith('-')) return given
    this.#rest.shift()
    return next
  }
}

/** Whether one of these options stands on the command line, before `--`, whatever the command. */
export function hasRawOption(words: readonly string[], ...names: readonly string[]): boolean {
  const end = words.indexOf('--')
  return words
    .slice(0, end < 0 ? undefined : end)
    .some((word) => names.some((name) => word === name || word.startsWith(name.startsWith('--') ? `${name}=` : name)))
}

/** The first word that is no option: the command. The console's own options take no values. */
export function firstArgument(words: readonly string[]): string | null {
  return words.find((word) => !word.startsWith('-')) ?? null
}
