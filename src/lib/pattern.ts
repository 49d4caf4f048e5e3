import { messageOf, UserError } from './errors.ts'
import { type Instruction, programOf } from './pattern-program.ts'

/** A pattern that somebody else wrote. */
export interface Pattern {
  /** Whether it matches somewhere in a text. */
  test(text: string): boolean
}

/** Patterns of which the platform tries one way only: nothing in them can be tried again. */
const WITHOUT_CHOICE = /^(?:[^\\()|*+?{}[\]]|\\[.*+?^${}()|[\]\\/-])*$/

/**
 * A regular expression of JavaScript that takes time by the length of the pattern and of the text, whatever it says:
 * all ways to match are followed side by side, and none is tried again.
 * @throws UserError for what is no regular expression, and for look-around and back-references, which need more
 */
export function compilePattern(source: string, flags = ''): Pattern {
  const native = nativePattern(source, flags)
  if (WITHOUT_CHOICE.test(source)) return native
  const program = programOf(source, flags)
  return { test: (text) => new Run(program, flags.includes('m'), flags.includes('u') ? [...text] : text).matches() }
}

function nativePattern(source: string, flags: string): RegExp {
  try {
    return new RegExp(source, flags)
  } catch (error) {
    throw new UserError(`${messageOf(error)}.`)
  }
}

/** Whether a text can be compiled. */
export function isPattern(source: string, flags = ''): boolean {
  try {
    compilePattern(source, flags)
    return true
  } catch {
    return false
  }
}

/** One text, character by character, with all places in the program where a match may be. */
class Run {
  readonly #program: readonly Instruction[]
  readonly #hasLines: boolean
  readonly #text: ArrayLike<string>
  /** When an instruction was reached last: after how many characters. */
  readonly #reached: Int32Array

  constructor(program: readonly Instruction[], hasLines: boolean, text: ArrayLike<string>) {
    this.#program = program
    this.#hasLines = hasLines
    this.#text = text
    this.#reached = new Int32Array(program.length).fill(-1)
  }

  matches(): boolean {
    let waiting: number[] = []
    for (let at = 0; at <= this.#text.length; at++) {
      const next: number[] = []
      if (at > 0) {
        const char = this.#text[at - 1]!
        for (const index of waiting) {
          const instruction = this.#program[index]!
          if (instruction.kind === 'char' && instruction.accepts(char) && this.#follow(index + 1, at, next)) return true
        }
      }
      if (this.#follow(0, at, next)) return true
      waiting = next
    }
    return false
  }

  /** Go on to all instructions that take a character; `true`: the pattern has matched. */
  #follow(start: number, at: number, waiting: number[]): boolean {
    const open = [start]
    for (let index = open.pop(); index !== undefined; index = open.pop()) {
      if (this.#reached[index] === at) continue
      this.#reached[index] = at
      const instruction = this.#program[index]!
      switch (instruction.kind) {
        case 'match':
          return true
        case 'char':
          waiting.push(index)
          break
        case 'jump':
          open.push(...instruction.to)
          break
        case 'assert':
          if (this.#holds(instruction.what, at)) open.push(index + 1)
      }
    }
    return false
  }

  #holds(what: '^' | '$' | '\\b' | '\\B', at: number): boolean {
    const before = this.#text[at - 1]
    const after = this.#text[at]
    switch (what) {
      case '^':
        return before === undefined || (this.#hasLines && isLineEnd(before))
      case '$':
        return after === undefined || (this.#hasLines && isLineEnd(after))
      default:
        return (isWord(before) !== isWord(after)) === (what === '\\b')
    }
  }
}

const isLineEnd = (char: string) => /[\n\r\u2028\u2029]/.test(char)
const isWord = (char: string | undefined) => char !== undefined && /\w/.test(char)
