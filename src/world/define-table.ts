/** One kind of records: its name in dumps and its version. */
export interface TableKey<V> {
  readonly kind: 'table'
  readonly name: string
  readonly version: number
  /** Records of an older version in the form of this one. */
  migrate?(record: unknown, version: number): V
  readonly _type?: V
}

export interface TableOptions<V> {
  /** Grows when the form of records changes; dumps carry it. Default: 1. */
  readonly version?: number
  /**
   * Brings a record of an older dump into the form of this version. Without it, such dumps are refused.
   * @param version the version that the dump has
   */
  migrate?(record: unknown, version: number): V
}

/**
 * Define one kind of records of the world. Records are plain JSON and are replaced, never changed in place. What an
 * app keeps in its tables is dumped, forked, reset and told apart by worlds as everything else.
 *
 * @example
 * const bookmarks = defineTable<Bookmark>('bookmarks')
 * world.table(bookmarks).set(String(id), { id, userId, url })
 * @param name unique among all apps; an app's own begin with its id
 */
export function defineTable<V>(name: string, { version = 1, migrate }: TableOptions<V> = {}): TableKey<V> {
  return { kind: 'table', name, version, ...(migrate ? { migrate } : {}) }
}
