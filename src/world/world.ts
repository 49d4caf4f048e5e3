import { UserError } from '#lib/errors.ts'
import { Clock, type ClockState } from './clock.ts'
import { Random, type RandomState } from './random.ts'
import { Table } from './table.ts'

/** Names one table of the world and the type of its records. */
export interface TableKey<V> {
  readonly name: string
  readonly _type?: V
}

/** A key for one kind of record. Modules of `src/world/` declare theirs; records are plain JSON. */
export const tableKey = <V>(name: string): TableKey<V> => ({ name })

/** Something that happened in the world. Webhooks, activities and notifications listen. */
export interface WorldEvent {
  readonly type: string
  readonly [detail: string]: unknown
}

/** See {@link World.under}. */
export type Circumstances = { readonly by: string } | { readonly seeded: true }

/** A rule of one kind of state that follows from what happened to another. */
export type Reaction = (world: World, event: WorldEvent) => void

/** A world as JSON: dumped, kept, and loaded again. */
export interface WorldDump {
  readonly clock: ClockState
  readonly random: RandomState
  readonly counters: Readonly<Record<string, number>>
  readonly tables: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

/** A value with the tables that it was computed from, each as it was then. */
interface Remembered {
  readonly value: unknown
  readonly reads: readonly (readonly [table: Table<unknown>, version: number])[]
}

const MOST_REMEMBERED = 500

/**
 * All state of one fake instance. It keeps tables, a clock, counters and randomness; the rules about
 * them are functions beside it (`users.add(world, …)`), which return domain outcomes, never codes.
 */
export class World {
  readonly clock = new Clock()
  readonly random = new Random()
  #tables = new Map<string, Table<unknown>>()
  #counters = new Map<string, number>()
  #listeners = new Set<(event: WorldEvent) => void>()
  #derived = new Map<string, { readonly version: string; readonly value: unknown }>()
  #remembered = new Map<string, Remembered>()
  /** Tables that were read since {@link remember} began to watch. */
  #reads: Set<Table<unknown>> | undefined
  #circumstances: Circumstances | null = null
  readonly #reactions: readonly Reaction[]

  /** @param reactions what follows from events inside the world; forks have the same. See `reactions.ts`. */
  constructor(reactions: readonly Reaction[] = []) {
    this.#reactions = reactions
  }

  /** The records of one kind. */
  table<V>(key: TableKey<V>): Table<V> {
    let table = this.#tables.get(key.name)
    if (!table) {
      table = new Table<unknown>()
      this.#tables.set(key.name, table)
    }
    this.#reads?.add(table)
    return table as Table<V>
  }

  /** The next number of a sequence, from 1 on: ids as a database hands them out. */
  nextId(sequence: string): number {
    const next = (this.#counters.get(sequence) ?? 0) + 1
    this.#counters.set(sequence, next)
    return next
  }

  /** The last number that a sequence gave, 0 before the first; with a value, where it goes on from. */
  lastId(sequence: string, value?: number): number {
    if (value !== undefined) this.#counters.set(sequence, value)
    return this.#counters.get(sequence) ?? 0
  }

  /**
   * Something computed from tables, computed again only when one of them changed.
   * @param name unique for what is computed
   */
  derive<T>(name: string, from: readonly TableKey<unknown>[], compute: () => T): T {
    let version = ''
    for (const key of from) version += `${this.table(key).version},`
    const known = this.#derived.get(name)
    if (known?.version === version) return known.value as T
    const value = compute()
    this.#derived.set(name, { version, value })
    return value
  }

  /**
   * Something computed from tables that nobody lists: those that are read are watched, and it is computed again
   * when one of them changed. It must not depend on anything else, such as the clock.
   * @param name unique for what is computed and for whom; the last few hundred are kept
   */
  remember<T>(name: string, compute: () => T): T {
    const known = this.#remembered.get(name)
    if (known?.reads.every(([table, version]) => table.version === version)) {
      for (const [table] of known.reads) this.#reads?.add(table)
      return known.value as T
    }
    const outer = this.#reads
    const reads = new Set<Table<unknown>>()
    this.#reads = reads
    try {
      const value = compute()
      if (this.#remembered.size >= MOST_REMEMBERED) this.#remembered.clear()
      this.#remembered.set(name, { value, reads: [...reads].map((table) => [table, table.version]) })
      return value
    } finally {
      this.#reads = outer
      for (const table of reads) outer?.add(table)
    }
  }

  /** Let the world's other rules react to what happened, then tell the listeners. */
  emit(told: WorldEvent): void {
    const event = this.#circumstances ? { ...this.#circumstances, ...told } : told
    for (const react of this.#reactions) react(this, event)
    for (const listener of this.#listeners) listener(event)
  }

  /**
   * Do something under circumstances that every event of it tells besides its own details: `by`, the account
   * behind it, or `seeded`, which says that it never happened but is to have been so. Ends with the first `await`.
   */
  under<T>(circumstances: Circumstances, act: () => T): T {
    const outer = this.#circumstances
    this.#circumstances = circumstances
    try {
      return act()
    } finally {
      this.#circumstances = outer
    }
  }

  /** Listen to what happens; the answer stops listening. Forks do not inherit listeners. */
  on(listener: (event: WorldEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** An independent world in the same state. Costs as much as what changed since the last fork. */
  fork(): World {
    const copy = new World(this.#reactions)
    copy.restore(this)
    return copy
  }

  /** Take over the state of another world, which stays as it is. Listeners stay. */
  restore(from: World): void {
    this.clock.restore(from.clock.state)
    this.random.restore(from.random.state)
    this.#counters = new Map(from.#counters)
    this.#derived.clear()
    this.#remembered.clear()
    const tables = new Map<string, Table<unknown>>()
    for (const [name, table] of from.#tables) tables.set(name, table.fork())
    this.#tables = tables
  }

  dump(): WorldDump {
    const tables: Record<string, Record<string, unknown>> = {}
    for (const [name, table] of this.#tables) if (table.size > 0) tables[name] = Object.fromEntries(table.entries())
    return {
      clock: this.clock.state,
      random: this.random.state,
      counters: Object.fromEntries(this.#counters),
      tables,
    }
  }

  /**
   * Replace the whole state by a dump.
   * @throws UserError where it is not a dump; the world then stays as it was.
   */
  load(dump: unknown): void {
    const { clock, random, counters, tables } = checkDump(dump)
    this.clock.restore(clock)
    this.random.restore(random)
    this.#counters = new Map(Object.entries(counters))
    this.#derived.clear()
    this.#remembered.clear()
    this.#tables = new Map(
      Object.entries(tables).map(([name, records]) => [name, new Table(new Map(Object.entries(records)))]),
    )
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function checkDump(dump: unknown): WorldDump {
  const wrong = (where: string, what: string): never => {
    throw new UserError(`Failed to load the state: ${where} is not ${what}. Send what GET state answered.`)
  }
  if (!isRecord(dump)) return wrong('the document', 'an object')
  const { clock, random, counters, tables } = dump
  if (!isRecord(clock) || typeof clock.offset !== 'number') return wrong('"clock"', 'an object with a numeric "offset"')
  if (clock.frozenAt !== null && typeof clock.frozenAt !== 'number')
    return wrong('"clock.frozenAt"', 'a number or null')
  if (!isRecord(random) || typeof random.seed !== 'number' || typeof random.draws !== 'number') {
    return wrong('"random"', 'an object with the numbers "seed" and "draws"')
  }
  if (!isRecord(counters) || !Object.values(counters).every((n) => typeof n === 'number')) {
    return wrong('"counters"', 'an object of numbers')
  }
  if (!isRecord(tables)) return wrong('"tables"', 'an object')
  for (const [name, records] of Object.entries(tables)) {
    if (!isRecord(records)) return wrong(`"tables.${name}"`, 'an object of records')
    for (const [key, record] of Object.entries(records))
      if (!isRecord(record)) wrong(`"tables.${name}.${key}"`, 'a record')
  }
  return dump as unknown as WorldDump
}
