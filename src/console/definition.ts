import type { Json } from '#lib/json.ts'
import { ConsoleError } from './errors.ts'

/** What an argument or option can stand for. */
type Scalar = string | number | boolean | null
export type InputValue = Scalar | readonly Scalar[]

const isScalar = (value: Json): value is Scalar => typeof value !== 'object' || value === null

/** Whether a value can be that of an argument or option: no list of lists, and nothing with members. */
export const isInputValue = (value: Json): value is InputValue =>
  isScalar(value) || (Array.isArray(value) && value.every(isScalar))

export interface ArgumentDefinition {
  readonly name: string
  readonly required?: boolean
  /** Takes all that is left of the command line. */
  readonly array?: boolean
  readonly description: string
  readonly default?: InputValue
}

export interface OptionDefinition {
  readonly name: string
  /** One letter, or several ways to write it: `v|vv|vvv`. */
  readonly shortcut?: string
  /** Default: `none`. `negatable` is `--name` or `--no-name`. */
  readonly value?: 'none' | 'optional' | 'required' | 'negatable'
  /** May be given several times. */
  readonly array?: boolean
  readonly description: string
  readonly default?: InputValue
}

/** One command as it is listed, described and parsed; what it does is elsewhere. */
export interface CommandDefinition {
  readonly name: string
  /** The app that brings it; without one it is there under maintenance too. */
  readonly app?: string
  readonly aliases?: readonly string[]
  readonly description: string
  /** With `<info>` marks, and `%command.name%` and `%command.full_name%` for its names. */
  readonly help?: string
  /** More lines for "Usage", below the derived one. */
  readonly usages?: readonly string[]
  readonly hidden?: boolean
  /** Options of the console that it does not take. */
  readonly omits?: readonly string[]
  readonly arguments?: readonly ArgumentDefinition[]
  readonly options?: readonly OptionDefinition[]
}

export const acceptsValue = (option: OptionDefinition): boolean =>
  option.value === 'optional' || option.value === 'required'

/** The value of an option that was not given. */
export function defaultOfOption(option: OptionDefinition): InputValue {
  if (option.array) return option.default ?? []
  if (option.default !== undefined) return option.default
  return option.value === undefined || option.value === 'none' ? false : null
}

export function defaultOfArgument(argument: ArgumentDefinition): InputValue {
  return argument.default ?? (argument.array ? [] : null)
}

/** All that one command line may consist of: a command's own arguments and options, then the console's. */
export class InputDefinition {
  readonly arguments: readonly ArgumentDefinition[]
  readonly options: readonly OptionDefinition[]
  readonly #byName = new Map<string, OptionDefinition>()
  readonly #byShortcut = new Map<string, OptionDefinition>()
  readonly #negations = new Map<string, OptionDefinition>()

  /** @throws ConsoleError where two options share a name or a shortcut. */
  constructor(args: readonly ArgumentDefinition[], options: readonly OptionDefinition[]) {
    this.arguments = args
    for (const option of options) this.#add(option)
    this.options = [...this.#byName.values()]
  }

  #add(option: OptionDefinition): void {
    const { name } = option
    const known = this.#byName.get(name)
    if ((known && !isSame(known, option)) || this.#negations.has(name)) throw duplicate(`named "${name}"`)
    for (const shortcut of shortcutsOf(option)) {
      const other = this.#byShortcut.get(shortcut)
      if (other && !isSame(other, option)) throw duplicate(`with shortcut "${shortcut}"`)
    }
    this.#byName.set(name, option)
    for (const shortcut of shortcutsOf(option)) this.#byShortcut.set(shortcut, option)
    if (option.value !== 'negatable') return
    if (this.#byName.has(`no-${name}`)) throw duplicate(`named "no-${name}"`)
    this.#negations.set(`no-${name}`, option)
  }

  option(name: string): OptionDefinition | undefined {
    return this.#byName.get(name)
  }

  optionByShortcut(shortcut: string): OptionDefinition | undefined {
    return this.#byShortcut.get(shortcut)
  }

  /** The option that `--no-name` turns off. */
  optionByNegation(name: string): OptionDefinition | undefined {
    return this.#negations.get(name)
  }

  /** The line that shows how to write it; short, all options are one word. */
  synopsis(short: boolean): string {
    const elements = short ? (this.options.length > 0 ? ['[options]'] : []) : this.options.map(synopsisOfOption)
    if (elements.length > 0 && this.arguments.length > 0) elements.push('[--]')
    let tail = ''
    for (const argument of this.arguments) {
      const element = `<${argument.name}>${argument.array ? '...' : ''}`
      elements.push(argument.required ? element : `[${element}`)
      if (!argument.required) tail += ']'
    }
    return elements.join(' ') + tail
  }
}

export const shortcutsOf = (option: OptionDefinition): string[] => option.shortcut?.split('|') ?? []

const duplicate = (what: string) => new ConsoleError(`An option ${what} already exists.`, 'LogicException')

function isSame(a: OptionDefinition, b: OptionDefinition): boolean {
  return (
    a.name === b.name &&
    a.shortcut === b.shortcut &&
    (a.value ?? 'none') === (b.value ?? 'none') &&
    Boolean(a.array) === Boolean(b.array) &&
    JSON.stringify(defaultOfOption(a)) === JSON.stringify(defaultOfOption(b))
  )
}

function synopsisOfOption(option: OptionDefinition): string {
  const name = option.name.toUpperCase()
  const value = option.value === 'optional' ? ` [${name}]` : option.value === 'required' ? ` ${name}` : ''
  const shortcut = option.shortcut ? `-${option.shortcut}|` : ''
  const negation = option.value === 'negatable' ? `|--no-${option.name}` : ''
  return `[${shortcut}--${option.name}${value}${negation}]`
}
