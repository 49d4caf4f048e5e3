/**
 * A map of immutable records that forks cheaply: forks share a frozen base and keep only what they changed.
 * Records are replaced, never changed in place; that is what makes sharing safe.
 */
export class Table<V> {
  #base: ReadonlyMap<string, V>
  #changed = new Map<string, V>()
  #gone = new Set<string>()
  #sorted: string[] | undefined
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
    if (this.#sorted && !this.has(key)) insertSorted(this.#sorted, key)
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
    if (!this.has(key)) return false
    if (this.#sorted) removeSorted(this.#sorted, key)
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
    this.#sorted ??= [...this.keys()].sort()
    return this.#sorted
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
    copy.#sorted = this.#sorted?.slice()
    return copy
  }
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

function insertSorted(sorted: string[], key: string): void {
  sorted.splice(placeOf(sorted, key), 0, key)
}

function removeSorted(sorted: string[], key: string): void {
  const at = placeOf(sorted, key)
  if (sorted[at] === key) sorted.splice(at, 1)
}
