import { SortedTexts } from '#lib/sorted-texts.ts'

/** Records that tables share, with the orders of them that were asked for. Never written again. */
class Base<V> {
  readonly records: ReadonlyMap<string, V>
  readonly orders: Orders<V>

  constructor(records: ReadonlyMap<string, V>, orders: Orders<V> = { indexes: new Map() }) {
    this.records = records
    this.orders = orders
  }

  keyOrder(): SortedTexts {
    this.orders.keys ??= new SortedTexts(this.records.keys())
    return this.orders.keys
  }

  index(name: string, textOf: TextOf<V>): TableIndex<V> {
    let index = this.orders.indexes.get(name)
    if (!index) {
      index = new TableIndex(textOf, indexEntries(this.records, textOf))
      this.orders.indexes.set(name, index)
    }
    return index
  }
}

interface Orders<V> {
  keys?: SortedTexts | undefined
  readonly indexes: Map<string, TableIndex<V>>
}

/**
 * A map of immutable records that forks cheaply: forks share a frozen base and keep only what they changed.
 * Records are replaced, never changed in place; that is what makes sharing safe.
 */
export class Table<V> {
  #base: Base<V>
  #changed = new Map<string, V>()
  #gone = new Set<string>()
  #orders: Orders<V> = { indexes: new Map() }
  /** Grows with every write; derived indexes compare it. */
  version = 0

  constructor(records: ReadonlyMap<string, V> = new Map()) {
    this.#base = new Base(records)
  }

  get size(): number {
    let size = this.#base.records.size - this.#gone.size
    for (const key of this.#changed.keys()) if (!this.#base.records.has(key)) size++
    return size
  }

  get(key: string): V | undefined {
    const own = this.#changed.get(key)
    if (own !== undefined) return own
    return this.#gone.has(key) ? undefined : this.#base.records.get(key)
  }

  has(key: string): boolean {
    return this.#changed.has(key) || (!this.#gone.has(key) && this.#base.records.has(key))
  }

  set(key: string, value: V): void {
    const old = this.get(key)
    if (old === undefined) this.#orders.keys?.add(key)
    for (const index of this.#orders.indexes.values()) index.replace(key, old, value)
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
    this.#orders.keys?.remove(key)
    for (const index of this.#orders.indexes.values()) index.replace(key, old, undefined)
    this.#changed.delete(key)
    if (this.#base.records.has(key)) this.#gone.add(key)
    this.version++
    return true
  }

  clear(): void {
    this.#base = new Base(new Map())
    this.#changed = new Map()
    this.#gone = new Set()
    this.#orders = { indexes: new Map() }
    this.version++
  }

  /** Oldest first, as far as forks know: the shared base, then what came since. */
  *entries(): IterableIterator<[string, V]> {
    const { records } = this.#base
    for (const [key, value] of records) {
      if (this.#gone.has(key)) continue
      yield [key, this.#changed.get(key) ?? value]
    }
    for (const [key, value] of this.#changed) if (!records.has(key)) yield [key, value]
  }

  *keys(): IterableIterator<string> {
    for (const [key] of this.entries()) yield key
  }

  *values(): IterableIterator<V> {
    for (const [, value] of this.entries()) yield value
  }

  /** All keys in code unit order. Asking again costs nothing until the next write; do not change the answer. */
  sortedKeys(): readonly string[] {
    return this.#keyOrder().all()
  }

  /** The keys that begin with a prefix, in code unit order, without looking at the others. */
  keysWithPrefix(prefix: string): readonly string[] {
    return this.#keyOrder().between(prefix, prefix + LAST)
  }

  /** How many keys begin with a prefix, without looking at each. */
  countPrefix(prefix: string): number {
    return this.#keyOrder().countBetween(prefix, prefix + LAST)
  }

  #keyOrder(): SortedTexts {
    if (this.#orders.keys) return this.#orders.keys
    const order = this.#base.keyOrder().share()
    for (const key of this.#gone) order.remove(key)
    for (const key of this.#changed.keys()) if (!this.#base.records.has(key)) order.add(key)
    this.#orders.keys = order
    return order
  }

  /**
   * A second order of the records, by a text that each has (`undefined`: it is left out). Built on first use, once
   * for all forks, and kept up to date by every write, so asking again costs nothing.
   * @param name unique in this table for this `textOf`
   */
  index(name: string, textOf: TextOf<V>): TableIndex<V> {
    const known = this.#orders.indexes.get(name)
    if (known) return known
    const { records } = this.#base
    const index = this.#base.index(name, textOf).share()
    for (const key of this.#gone) index.replace(key, records.get(key), undefined)
    for (const [key, value] of this.#changed) index.replace(key, records.get(key), value)
    this.#orders.indexes.set(name, index)
    return index
  }

  /** An independent copy that shares what neither side changes. Costs as much as the last changes. */
  fork(): Table<V> {
    const changes = this.#changed.size + this.#gone.size
    if (changes > 64 && changes * 4 > this.#base.records.size) {
      this.#base = new Base(new Map(this.entries()), shareOrders(this.#orders))
      this.#changed = new Map()
      this.#gone = new Set()
    }
    const copy = new Table<V>()
    copy.#base = this.#base
    copy.#changed = new Map(this.#changed)
    copy.#gone = new Set(this.#gone)
    copy.#orders = shareOrders(this.#orders)
    return copy
  }
}

function shareOrders<V>({ keys, indexes }: Orders<V>): Orders<V> {
  return { keys: keys?.share(), indexes: new Map([...indexes].map(([name, index]) => [name, index.share()])) }
}

type TextOf<V> = (value: V) => string | undefined

/** Ends the text of an index entry; sorts before everything else. */
const END = '\u0000'
const AFTER_END = '\u0001'
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
    return this.#entries.size
  }

  /** The table's keys in the order of their texts, then of themselves: a part of them, or all. */
  keys(start = 0, end?: number): string[] {
    return this.#entries.slice(start, end).map(keyOfEntry)
  }

  /** The keys of the records with exactly this text. */
  keysOf(text: string): string[] {
    return this.#entries.between(text + END, text + AFTER_END).map(keyOfEntry)
  }

  /** The keys of the records whose text is not above this one, in order. */
  keysUpTo(text: string): string[] {
    return this.#entries.between('', text + AFTER_END).map(keyOfEntry)
  }

  /** The keys of the records whose text contains another, in order, at most `limit` of them. */
  keysContaining(text: string, limit = Number.POSITIVE_INFINITY): string[] {
    const found: string[] = []
    if (limit <= 0) return found
    for (const entry of this.#entries.containing(text)) {
      if (entry.indexOf(text) < entry.indexOf(END) && found.push(keyOfEntry(entry)) >= limit) break
    }
    return found
  }

  /** How many records have a text that is not below this one. */
  countFrom(text: string): number {
    return this.#entries.countBetween(text, LAST)
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
  return new SortedTexts(entries)
}
