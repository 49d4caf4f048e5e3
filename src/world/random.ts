export interface RandomState {
  readonly seed: number
  /** How often something was drawn. With the seed it fixes everything that is drawn from now on. */
  readonly draws: number
}

const ALPHANUMERIC = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
const RANGE = 2 ** 32

/**
 * The world's randomness: the same seed and the same order of questions give the same answers.
 * Each draw begins from the seed and the number of draws before it, so that two numbers are all that is kept. It is
 * asked for several values at every start, and Faker's generator, of 624 numbers, costs more than all else there.
 */
export class Random {
  #seed = 1
  #draws = 0

  /** Letters and digits, as Nextcloud's tokens have them. */
  token(length: number, alphabet: string = ALPHANUMERIC): string {
    const next = this.#draw()
    let token = ''
    for (let i = 0; i < length; i++) token += alphabet[below(next, alphabet.length)]
    return token
  }

  /** Lower-case hexadecimal digits. */
  hex(length: number): string {
    return this.token(length, '0123456789abcdef')
  }

  /** A whole number, both ends included. */
  int(min: number, max: number): number {
    return min + below(this.#draw(), max - min + 1)
  }

  /** A number from 0, less than 1. */
  fraction(): number {
    return this.#draw()() / RANGE
  }

  /** One of a list. */
  pick<T>(list: readonly T[]): T {
    return list[this.int(0, list.length - 1)]!
  }

  /** The same elements in another order. */
  shuffle<T>(list: readonly T[]): T[] {
    const next = this.#draw()
    const shuffled = [...list]
    for (let i = shuffled.length - 1; i > 0; i--) {
      const j = below(next, i + 1)
      ;[shuffled[i], shuffled[j]] = [shuffled[j]!, shuffled[i]!]
    }
    return shuffled
  }

  /** A random UUID, of version 4. */
  uuid(): string {
    const hex = this.hex(30)
    const variant = '89ab'[Number.parseInt(hex[15]!, 16) % 4]
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(12, 15)}-${variant}${hex.slice(15, 18)}-${hex.slice(18)}`
  }

  get state(): RandomState {
    return { seed: this.#seed, draws: this.#draws }
  }

  restore(state: RandomState): void {
    this.#seed = state.seed
    this.#draws = state.draws
  }

  #draw(): () => number {
    return generator(mix(this.#seed) ^ mix(this.#draws++ + 0x9e3779b9))
  }
}

/** Spreads the bits of a number over all 32 of another (the finalizer of MurmurHash3). */
function mix(value: number): number {
  let bits = value | 0
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return (bits ^ (bits >>> 16)) >>> 0
}

/** A sequence of whole numbers below 2^32 (Mulberry32). */
function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let bits = Math.imul(state ^ (state >>> 15), state | 1)
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61)
    return (bits ^ (bits >>> 14)) >>> 0
  }
}

const below = (next: () => number, limit: number) => Math.floor((next() / RANGE) * limit)
