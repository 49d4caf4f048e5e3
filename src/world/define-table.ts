import type { Schema } from '#lib/schema.ts'
import type { Table } from './table.ts'

/** What has tables: a world. */
export interface Tabled {
  table<V>(key: TableKey<V>): Table<V>
}

/** One kind of records: its name in dumps and its version. */
export interface TableKey<V> {
  readonly kind: 'table'
  readonly name: string
  readonly version: number
  /** What a record looks like. */
  readonly record?: Schema
  /** Members that are no secrets, whatever their names. */
  readonly open?: readonly string[]
  /** The sequence (`world.nextId`) that the `id` of each record comes from. */
  readonly sequence?: string
  /** Members that name records of other tables. */
  readonly refersTo?: Readonly<Record<string, TableKey<unknown>>>
  /** The key of the record that a member of another table names; without it, that member as text. */
  keyOf?(reference: string): string
  /** Records of an older version in the form of this one. */
  migrate?(record: unknown, version: number): V
  /** What is wrong with what the records say about each other, in words; `null`: nothing. */
  check?(world: Tabled): string | null
  readonly _type?: V
}

export interface TableOptions<V> {
  /** What a record looks like. What is loaded from a dump is held against it. */
  readonly record?: Schema<V>
  /** Members that are no secrets, whatever their names: what only shows a world does not hide them. */
  readonly open?: readonly (keyof V & string)[]
  /** The sequence of `world.nextId` that gives the `id` of each record: after a dump is loaded it goes on behind them. */
  readonly sequence?: string
  /** Members that name records of other tables: a dump in which one of these is missing is refused. `null` names none. */
  readonly refersTo?: Readonly<Record<string, TableKey<unknown>>>
  /** The key of the record that a member of another table names. Default: that member as text. */
  keyOf?(reference: string): string
  /** Grows when the form of records changes; dumps carry it. Default: 1. */
  readonly version?: number
  /**
   * Brings a record of an older dump into the form of this version. Without it, such dumps are refused.
   * @param version the version that the dump has
   */
  migrate?(record: unknown, version: number): V
  /**
   * What is wrong with a world that was loaded from a dump, as far as these records show it: a sentence without its
   * stop, or `null`. It must end whatever they say, and take time by their number.
   */
  check?(world: Tabled): string | null
}

/**
 * Define one kind of records of the world. Records are plain JSON and are replaced, never changed in place. What an
 * app keeps in its tables is dumped, forked, reset and told apart by worlds as everything else.
 *
 * @example
 * const bookmarks = defineTable<Bookmark>('bookmarks', {
 *   record: s.object({ id: s.int(), userId: s.string(), url: s.string() }),
 *   sequence: 'bookmark',
 * })
 * world.table(bookmarks).set(String(id), { id, userId, url })
 * @param name unique among all apps; an app's own begin with its id
 */
export function defineTable<V>(name: string, options: TableOptions<V> = {}): TableKey<V> {
  return { kind: 'table', name, version: 1, ...options }
}
