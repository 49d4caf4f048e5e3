const BITS_IN_A_NAME = 14
const RUN = 3

/**
 * Which runs of three characters some texts have, a bit for each. Different runs may share a bit, so it can say of a
 * text that it may be in one of them when it is not, but never that it is not when it is.
 */
export class Runs {
  readonly #bits = new Uint32Array(2 ** BITS_IN_A_NAME / 32)

  constructor(texts: Iterable<string>) {
    for (const text of texts) {
      for (const bit of bitsOf(text)) this.#bits[bit >>> 5]! |= 1 << (bit & 31)
    }
  }

  /** @param bits of the text that is looked for, from {@link bitsOf} */
  mayHold(bits: readonly number[]): boolean {
    for (const bit of bits) if ((this.#bits[bit >>> 5]! & (1 << (bit & 31))) === 0) return false
    return true
  }
}

/** The bits of a text's runs; none for one that is shorter than a run. */
export function bitsOf(text: string): number[] {
  const bits: number[] = []
  for (let at = 0; at + RUN <= text.length; at++) {
    const run = (text.charCodeAt(at) << 16) ^ (text.charCodeAt(at + 1) << 8) ^ text.charCodeAt(at + 2)
    bits.push(Math.imul(run, 0x9e3779b1) >>> (32 - BITS_IN_A_NAME))
  }
  return bits
}
