const BITS_IN_A_NAME = 14
const LONG_RUN = 3
const SHORT_RUN = 2

/**
 * Which runs of two and three characters some texts have, a bit for each. Different runs may share a bit, so it can say
 * of a text that it may be in one of them when it is not, but never that it is not when it is.
 */
export class Runs {
  readonly #bits = new Uint32Array(2 ** BITS_IN_A_NAME / 32)

  constructor(texts: Iterable<string>) {
    for (const text of texts) {
      for (const bit of bitsOf(text, SHORT_RUN)) this.#set(bit)
      for (const bit of bitsOf(text, LONG_RUN)) this.#set(bit)
    }
  }

  #set(bit: number): void {
    this.#bits[bit >>> 5]! |= 1 << (bit & 31)
  }

  /** @param bits of the text that is looked for, from {@link bitsToFind} */
  mayHold(bits: readonly number[]): boolean {
    for (const bit of bits) if ((this.#bits[bit >>> 5]! & (1 << (bit & 31))) === 0) return false
    return true
  }
}

/** What texts that contain this one have; nothing for a single character, which says too little. */
export const bitsToFind = (text: string): number[] => bitsOf(text, Math.min(LONG_RUN, Math.max(SHORT_RUN, text.length)))

function bitsOf(text: string, length: number): number[] {
  const bits: number[] = []
  for (let at = 0; at + length <= text.length; at++) {
    let run = length
    for (let i = at; i < at + length; i++) run = Math.imul(run, 0x1_01) ^ text.charCodeAt(i)
    bits.push(Math.imul(run, 0x9e3779b1) >>> (32 - BITS_IN_A_NAME))
  }
  return bits
}
