import { UserError } from './errors.ts'

/** One step of a compiled pattern; unless it says otherwise, the next one follows. */
export type Instruction =
  | { readonly kind: 'char'; readonly accepts: (char: string) => boolean }
  | { readonly kind: 'jump'; readonly to: readonly number[] }
  | { readonly kind: 'assert'; readonly what: '^' | '$' | '\\b' | '\\B' }
  | { readonly kind: 'match' }

/** Enough for every pattern that a person writes; repetitions such as `{1,1000}` multiply. */
const MOST_INSTRUCTIONS = 5000

/** What a part of a pattern is, before it has a place in the program. */
type Part = (emit: Emitter) => void

/** The instructions of a pattern that the platform has accepted. @throws UserError for what needs more than them */
export function programOf(source: string, flags: string): readonly Instruction[] {
  const part = new Reader(source, flags).read()
  const emitter = new Emitter()
  part(emitter)
  emitter.add({ kind: 'match' })
  return emitter.program
}

class Emitter {
  readonly program: Instruction[] = []

  get next(): number {
    return this.program.length
  }

  /** The index of the new instruction. */
  add(instruction: Instruction): number {
    if (this.next >= MOST_INSTRUCTIONS)
      throw new UserError('The pattern repeats too much: write "*" or "+" in place of large counts.')
    return this.program.push(instruction) - 1
  }

  /** A jump whose ends are known later. */
  jump(): (...to: number[]) => void {
    const index = this.add({ kind: 'jump', to: [] })
    return (...to) => {
      this.program[index] = { kind: 'jump', to }
    }
  }
}

const nothing: Part = () => {}

const inTurn =
  (parts: readonly Part[]): Part =>
  (emit) => {
    for (const part of parts) part(emit)
  }

const either =
  (one: Part, other: Part): Part =>
  (emit) => {
    const choose = emit.jump()
    const first = emit.next
    one(emit)
    const leave = emit.jump()
    choose(first, emit.next)
    other(emit)
    leave(emit.next)
  }

const anyTimes =
  (part: Part): Part =>
  (emit) => {
    const start = emit.next
    const choose = emit.jump()
    part(emit)
    emit.jump()(start)
    choose(start + 1, emit.next)
  }

function repeated(part: Part, least: number, most: number): Part {
  if (least > MOST_INSTRUCTIONS || (most !== Number.POSITIVE_INFINITY && most > MOST_INSTRUCTIONS))
    throw new UserError(`The pattern repeats something more than ${MOST_INSTRUCTIONS} times.`)
  const wanted = Array.from({ length: least }, () => part)
  if (most === Number.POSITIVE_INFINITY) return inTurn([...wanted, anyTimes(part)])
  let rest = nothing
  for (let count = least; count < most; count++) {
    const inner = rest
    rest = either(inTurn([part, inner]), nothing)
  }
  return inTurn([...wanted, rest])
}

/** Reads a pattern that is known to be well-formed. */
class Reader {
  readonly #source: string
  readonly #flags: string
  #at = 0
  #depth = 0

  constructor(source: string, flags: string) {
    this.#source = source
    this.#flags = flags.replace(/[gmy]/g, '')
  }

  read(): Part {
    return this.#alternatives()
  }

  #alternatives(): Part {
    if (++this.#depth > MOST_LEVELS) throw new UserError('The pattern has too many groups in groups.')
    let part = this.#sequence()
    while (this.#take('|')) part = either(part, this.#sequence())
    this.#depth--
    return part
  }

  #sequence(): Part {
    const parts: Part[] = []
    while (this.#at < this.#source.length && !/[|)]/.test(this.#source[this.#at]!)) parts.push(this.#quantified())
    return inTurn(parts)
  }

  #quantified(): Part {
    const part = this.#atom()
    const quantifier = this.#match(/(?:[*+?]|\{(\d+)(?:(,)(\d*))?\})\??/y)
    if (!quantifier) return part
    const [text, least, comma, most] = quantifier
    if (text.startsWith('*')) return repeated(part, 0, Number.POSITIVE_INFINITY)
    if (text.startsWith('+')) return repeated(part, 1, Number.POSITIVE_INFINITY)
    if (text.startsWith('?')) return repeated(part, 0, 1)
    const end = comma === undefined ? least : most
    return repeated(part, Number(least), end === '' ? Number.POSITIVE_INFINITY : Number(end))
  }

  #atom(): Part {
    if (this.#take('(')) return this.#group()
    if (this.#take('^')) return (emit) => void emit.add({ kind: 'assert', what: '^' })
    if (this.#take('$')) return (emit) => void emit.add({ kind: 'assert', what: '$' })
    const border = this.#match(/\\[bB]/y)
    if (border) return (emit) => void emit.add({ kind: 'assert', what: border[0] === '\\b' ? '\\b' : '\\B' })
    if (this.#match(/\\(?:[1-9]|k<)/y)) throw needsMore('back-references')
    return this.#char(this.#match(ONE_CHARACTER)![0])
  }

  #group(): Part {
    if (this.#match(/\?<?[=!]/y)) throw needsMore('look-around')
    this.#match(/\?(?::|<[^>]*>)/y)
    const part = this.#alternatives()
    this.#take(')')
    return part
  }

  /** What the platform says of one character alone; it cannot take it long to say. */
  #char(source: string): Part {
    const pattern = new RegExp(`^${source}$`, this.#flags)
    const known = new Map<string, boolean>()
    const accepts = (char: string) => {
      const answer = known.get(char) ?? pattern.test(char)
      known.set(char, answer)
      return answer
    }
    return (emit) => void emit.add({ kind: 'char', accepts })
  }

  #take(text: string): boolean {
    const found = this.#source.startsWith(text, this.#at)
    if (found) this.#at += text.length
    return found
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#source)
    if (found) this.#at = pattern.lastIndex
    return found
  }
}

const MOST_LEVELS = 200

/** A class, an escape, or a character. */
const ONE_CHARACTER =
  /\[(?:\\[\s\S]|[^\]\\])*\]|\\u\{[\da-f]+\}|\\u[\da-f]{4}|\\x[\da-f]{2}|\\[pP]\{[^}]*\}|\\c[a-z]|\\[\s\S]|[\s\S]/iy

const needsMore = (what: string) =>
  new UserError(`The pattern has ${what}, which take too long on some texts. Write it without.`)
