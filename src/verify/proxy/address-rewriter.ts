import { Transform, type TransformCallback } from 'node:stream'
import { addressPattern, inItsStyle, type Origins } from '#lib/addresses.ts'

/** Replaces addresses in bytes that stream by, wherever they are cut. */
export class AddressRewriter extends Transform {
  readonly #pattern: RegExp
  readonly #longest: number
  readonly #replace: (found: string) => string
  #held = ''

  constructor({ from, to }: Origins) {
    super()
    const { pattern, longest } = addressPattern(from)
    this.#pattern = pattern
    this.#longest = longest
    this.#replace = inItsStyle(to)
  }

  override _transform(chunk: Buffer, _encoding: string, done: TransformCallback): void {
    const text = this.#held + chunk.toString('latin1')
    // What could be the start of an address waits for the rest of it.
    let safe = Math.max(0, text.length - this.#longest)
    for (const match of text.matchAll(this.#pattern)) {
      const end = match.index + match[0].length
      if (match.index < safe && end > safe) safe = match.index
    }
    this.#held = text.slice(safe)
    done(null, Buffer.from(text.slice(0, safe).replace(this.#pattern, this.#replace), 'latin1'))
  }

  override _flush(done: TransformCallback): void {
    done(null, Buffer.from(this.#held.replace(this.#pattern, this.#replace), 'latin1'))
  }
}
