/**
 * A map of immutable records that forks cheaply: forks share a frozen base and keep only what they changed.
 * Records are replaced, never changed in place; that is what makes sharing safe.
 */
export class Table<V> {
  #base: ReadonlyMap<string, V>
  #changed = new Map<string, V>()
  #gone = new Set<string>()
  #sorted: SortedTexts | undefined
  #indexes = new Map<string, TableIndex<V>>()
  /** Grows with every write; derived indexes compare it. */
  version = 0

  constructor(base: ReadonlyMap<string, V> = new Map()) {
    this.#base = base
  }

  get size(): number {
    let size = this.#base.size - this.#gone.size
    for (const key of this.#changed.keys()) if (!this.#base.has(key)) size++
    return size
  }

  get(key: string): V | undefined {
    const own = this.#changed.get(key)
    if (own !== undefined) return own
    return this.#gone.has(key) ? undefined : this.#base.get(key)
  }

  has(key: string): boolean {
    return this.#changed.has(key) || (!this.#gone.has(key) && this.#base.has(key))
  }

  set(key: string, value: V): void {
    const old = this.get(key)
    if (this.#sorted && old === undefined) this.#sorted.add(key)
    for (const index of this.#indexes.values()) index.replace(key, old, value)
    this.#gone.delete(key)
    this.#changed.set(key, value)
    this.version++
  }

  /** Replace a record by itself with some members changed; unknown keys are left alone. */
  patch(key: string, change: Partial<V>): void {
    const old = this.get(key)
    if (old !== undefined) this.set(key, { ...old, ...change })
  }

  delete(key: string): boolean {
    const old = this.get(key)
    if (old === undefined) return false
    this.#sorted?.remove(key)
    for (const index of this.#indexes.values()) index.replace(key, old, undefined)
    this.#changed.delete(key)
    if (this.#base.has(key)) this.#gone.add(key)
    this.version++
    return true
  }

  clear(): void {
    this.#base = new Map()
    this.#changed = new Map()
    this.#gone = new Set()
    this.#sorted = undefined
    this.#indexes.clear()
    this.version++
  }

  /** Oldest first, as far as forks know: the shared base, then what came since. */
  *entries(): IterableIterator<[string, V]> {
    for (const [key, value] of this.#base) {
      if (this.#gone.has(key)) continue
      yield [key, this.#changed.get(key) ?? value]
    }
    for (const [key, value] of this.#changed) if (!this.#base.has(key)) yield [key, value]
  }

  *keys(): IterableIterator<string> {
    for (const [key] of this.entries()) yield key
  }

  *values(): IterableIterator<V> {
    for (const [, value] of this.entries()) yield value
  }

  /** All keys in code unit order. Kept up to date, so asking again costs nothing; do not change it. */
  sortedKeys(): readonly string[] {
    this.#sorted ??= new SortedTexts([...this.keys()].sort())
    return this.#sorted.texts
  }

  /** The keys that begin with a prefix, in code unit order, without looking at the others. */
  keysWithPrefix(prefix: string): readonly string[] {
    return rangeWithPrefix(this.sortedKeys(), prefix)
  }

  /** How many keys begin with a prefix. Costs the same however many there are. */
  countPrefix(prefix: string): number {
    const sorted = this.sortedKeys()
    return placeOf(sorted, prefix + LAST) - placeOf(sorted, prefix)
  }

  /**
   * A second order of the records, by a text that each has (`undefined`: it is left out). Built on first use
   * and kept up to date by every write, so asking again costs nothing.
   * @param name unique in this table for this `textOf`
   */
  index(name: string, textOf: TextOf<V>): TableIndex<V> {
    let index = this.#indexes.get(name)
    if (!index) {
      index = new TableIndex(textOf, indexEntries(this.entries(), textOf))
      this.#indexes.set(name, index)
    }
    return index
  }

  /** An independent copy that shares what neither side changes. Costs as much as the last changes. */
  fork(): Table<V> {
    if (this.#changed.size + this.#gone.size > 64 && (this.#changed.size + this.#gone.size) * 4 > this.#base.size) {
      this.#base = new Map(this.entries())
      this.#changed = new Map()
      this.#gone = new Set()
    }
    const copy = new Table<V>(this.#base)
    copy.#changed = new Map(this.#changed)
    copy.#gone = new Set(this.#gone)
    copy.#sorted = this.#sorted?.share()
    for (const [name, index] of this.#indexes) copy.#indexes.set(name, index.share())
    return copy
  }
}

type TextOf<V> = (value: V) => string | undefined

/** Ends the text of an index entry; sorts before everything else. */
const END = '\u0000'
/** Sorts after everything that a key can hold. */
const LAST = '\uffff'

/** The records of a table in the order of a text, as {@link Table.index} makes it. */
export class TableIndex<V> {
  readonly #textOf: TextOf<V>
  readonly #entries: SortedTexts

  constructor(textOf: TextOf<V>, entries: SortedTexts) {
    this.#textOf = textOf
    this.#entries = entries
  }

  get size(): number {
    return this.#entries.texts.length
  }

  /** The table's keys in the order of their texts, then of themselves: a part of them, or all. */
  keys(start = 0, end?: number): string[] {
    return this.#entries.texts.slice(start, end).map(keyOfEntry)
  }

  /** The keys of the records with exactly this text. */
  keysOf(text: string): string[] {
    return rangeWithPrefix(this.#entries.texts, text + END).map(keyOfEntry)
  }

  replace(key: string, old: V | undefined, value: V | undefined): void {
    const before = old === undefined ? undefined : entryOf(key, this.#textOf(old))
    const after = value === undefined ? undefined : entryOf(key, this.#textOf(value))
    if (before === after) return
    if (before !== undefined) this.#entries.remove(before)
    if (after !== undefined) this.#entries.add(after)
  }

  share(): TableIndex<V> {
    return new TableIndex(this.#textOf, this.#entries.share())
  }
}

const entryOf = (key: string, text: string | undefined) =>
  text === undefined ? undefined : (text.includes(END) ? text.replaceAll(END, '') : text) + END + key
const keyOfEntry = (entry: string) => entry.slice(entry.indexOf(END) + 1)

function indexEntries<V>(records: Iterable<[string, V]>, textOf: TextOf<V>): SortedTexts {
  const entries: string[] = []
  for (const [key, value] of records) {
    const entry = entryOf(key, textOf(value))
    if (entry !== undefined) entries.push(entry)
  }
  return new SortedTexts(entries.sort())
}

/** Texts in code unit order. Copies share the list until one of them writes. */
class SortedTexts {
  #texts: string[]
  #shared = false

  constructor(texts: string[]) {
    this.#texts = texts
  }

  get texts(): readonly string[] {
    return this.#texts
  }

  add(text: string): void {
    this.#own().splice(placeOf(this.#texts, text), 0, text)
  }

  remove(text: string): void {
    const at = placeOf(this.#texts, text)
    if (this.#texts[at] === text) this.#own().splice(at, 1)
  }

  share(): SortedTexts {
    this.#shared = true
    const copy = new SortedTexts(this.#texts)
    copy.#shared = true
    return copy
  }

  #own(): string[] {
    if (this.#shared) {
      this.#texts = this.#texts.slice()
      this.#shared = false
    }
    return this.#texts
  }
}

function rangeWithPrefix(sorted: readonly string[], prefix: string): readonly string[] {
  return sorted.slice(placeOf(sorted, prefix), placeOf(sorted, prefix + LAST))
}

function placeOf(sorted: readonly string[], key: string): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (sorted[middle]! < key) low = middle + 1
    else high = middle
  }
  return low
}
