import { Transform, type TransformCallback } from 'node:stream'

/** What replaces what: the address of a server by the one that its client used, or the other way round. */
export interface Origins {
  readonly from: string
  readonly to: string
}

const escapeRegExp = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** How an address may stand in a text: plain, with the slashes of JSON, percent-encoded. */
const STYLES: readonly ((origin: string) => string)[] = [
  (origin) => origin,
  (origin) => origin.replaceAll('/', '\\/'),
  (origin) => encodeURIComponent(origin),
]

/** Both schemes: a server behind another proxy may not know which one its clients use. */
function patternOf(from: string): { pattern: RegExp; longest: number } {
  const host = new URL(from).host
  const forms = STYLES.map((style) => escapeRegExp(style(`://${host}`)))
  const pattern = new RegExp(`https?(?:${forms.join('|')})(?![\\w.:-]|%3A)`, 'gi')
  return { pattern, longest: 'https'.length + encodeURIComponent(`://${host}`).length + '%3A'.length }
}

function replacer(to: string): (found: string) => string {
  return (found) => {
    const style = found.includes('\\/') ? STYLES[1]! : found.includes('%') ? STYLES[2]! : STYLES[0]!
    return style(to)
  }
}

/** A text with another address. */
export function rewriteText(text: string, { from, to }: Origins): string {
  return text.replace(patternOf(from).pattern, replacer(to))
}

/** The same for bytes that stream by, wherever they are cut. */
export class Rewriter extends Transform {
  readonly #pattern: RegExp
  readonly #longest: number
  readonly #replace: (found: string) => string
  #held = ''

  constructor({ from, to }: Origins) {
    super()
    const { pattern, longest } = patternOf(from)
    this.#pattern = pattern
    this.#longest = longest
    this.#replace = replacer(to)
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
