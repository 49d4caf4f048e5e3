import { bitsToFind, Runs } from './runs.ts'

/** Texts of one stretch of the order. Only the list that owns it may write into it. */
interface Chunk {
  readonly texts: string[]
  readonly owner: object
  /** What tells most texts that are in none of them, from the first search on until the next write. */
  runs?: Runs | undefined
}

const MAX_CHUNK = 512

/**
 * Texts in code unit order, in chunks: adding and removing one costs about the same for a hundred thousand
 * as for a hundred. Copies share all chunks until one side writes.
 */
export class SortedTexts {
  #chunks: Chunk[] = []
  #owner = {}
  #size = 0
  #all: readonly string[] | undefined

  constructor(texts: Iterable<string> = []) {
    const sorted = [...texts].sort()
    for (let at = 0; at < sorted.length; at += MAX_CHUNK / 2) {
      this.#chunks.push({ texts: sorted.slice(at, at + MAX_CHUNK / 2), owner: this.#owner })
    }
    this.#size = sorted.length
  }

  get size(): number {
    return this.#size
  }

  /** All of them. Computed again after a write; do not change the answer. */
  all(): readonly string[] {
    this.#all ??= this.#chunks.flatMap((chunk) => chunk.texts)
    return this.#all
  }

  *[Symbol.iterator](): IterableIterator<string> {
    for (const { texts } of this.#chunks) yield* texts
  }

  /**
   * Those that contain another text, in order. Stretches that cannot have one are skipped, so that a rare text
   * is found among a hundred thousand without a look at each.
   */
  *containing(wanted: string): IterableIterator<string> {
    const bits = bitsToFind(wanted)
    for (const chunk of this.#chunks) {
      if (bits.length > 0) {
        chunk.runs ??= new Runs(chunk.texts)
        if (!chunk.runs.mayHold(bits)) continue
      }
      for (const text of chunk.texts) if (text.includes(wanted)) yield text
    }
  }

  add(text: string): void {
    if (this.#chunks.length === 0) this.#chunks.push({ texts: [], owner: this.#owner })
    const at = this.#chunkOf(text)
    const texts = this.#own(at)
    texts.splice(placeOf(texts, text), 0, text)
    this.#size++
    if (texts.length > MAX_CHUNK) this.#split(at, texts)
  }

  remove(text: string): void {
    if (this.#chunks.length === 0) return
    const at = this.#chunkOf(text)
    const place = placeOf(this.#chunks[at]!.texts, text)
    if (this.#chunks[at]!.texts[place] !== text) return
    const texts = this.#own(at)
    texts.splice(place, 1)
    this.#size--
    if (texts.length === 0) this.#chunks.splice(at, 1)
  }

  /** From one place on to before another; without the second, to the end. */
  slice(start = 0, end = this.#size): string[] {
    const found: string[] = []
    let before = 0
    for (const { texts } of this.#chunks) {
      if (before >= end) break
      if (before + texts.length > start) found.push(...texts.slice(Math.max(0, start - before), end - before))
      before += texts.length
    }
    return found
  }

  /** Those that are not below one text and below another. */
  between(low: string, high: string): string[] {
    const found: string[] = []
    for (let at = this.#chunkOf(low); at < this.#chunks.length; at++) {
      const { texts } = this.#chunks[at]!
      if (texts[0]! >= high) break
      found.push(...texts.slice(placeOf(texts, low), placeOf(texts, high)))
    }
    return found
  }

  /** How many {@link between} would answer. */
  countBetween(low: string, high: string): number {
    let count = 0
    for (let at = this.#chunkOf(low); at < this.#chunks.length; at++) {
      const { texts } = this.#chunks[at]!
      if (texts[0]! >= high) break
      const isInside = texts[0]! >= low && texts.at(-1)! < high
      count += isInside ? texts.length : placeOf(texts, high) - placeOf(texts, low)
    }
    return count
  }

  /** An independent copy. */
  share(): SortedTexts {
    const copy = new SortedTexts()
    copy.#chunks = this.#chunks.slice()
    copy.#size = this.#size
    copy.#all = this.#all
    // From now on neither side owns what both have.
    this.#owner = {}
    return copy
  }

  /** The last chunk that may hold a text. */
  #chunkOf(text: string): number {
    let low = 0
    let high = this.#chunks.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#chunks[middle]!.texts[0]! <= text) low = middle + 1
      else high = middle
    }
    return Math.max(0, low - 1)
  }

  /** A chunk to write into, copied first if it is shared. */
  #own(at: number): string[] {
    this.#all = undefined
    const chunk = this.#chunks[at]!
    if (chunk.owner === this.#owner) {
      chunk.runs = undefined
      return chunk.texts
    }
    const texts = chunk.texts.slice()
    this.#chunks[at] = { texts, owner: this.#owner }
    return texts
  }

  #split(at: number, texts: string[]): void {
    const upper = texts.splice(texts.length >>> 1)
    this.#chunks.splice(at + 1, 0, { texts: upper, owner: this.#owner })
  }
}

function placeOf(sorted: readonly string[], text: string): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (sorted[middle]! < text) low = middle + 1
    else high = middle
  }
  return low
}
