import { UserError } from '#lib/errors.ts'
import type { Schema } from '#lib/schema.ts'
import { Clock } from './clock.ts'
import type { TableKey } from './define-table.ts'
import { readDump, type Tables, versionsOf, type WorldDump } from './dump.ts'
import type { Circumstances, Emitted, WorldEvent } from './events.ts'
import { Random } from './random.ts'
import { Table } from './table.ts'

/** One member of a seed: what it looks like, and how it is laid over a world. See `defineSeedMember`. */
export interface SeedMember<V = never> {
  readonly kind: 'seed-member'
  readonly name: string
  readonly schema: Schema<[V] extends [never] ? unknown : V>
  /** Members that are read before it; `*`: all others. */
  readonly after: readonly string[]
  read(world: World, value: V): void
}

/** What is done about records when their moment has come. See `defineBackgroundJob`. */
export interface BackgroundJob {
  readonly kind: 'background-job'
  /** When there is something to do for it, in seconds since 1970; infinity: never, as things are. Depends on tables alone. */
  dueAt(world: World): number
  /** Do all that is due by the clock of the world. */
  run(world: World): void
}

/** An app that can be installed. */
export interface StoreApp {
  readonly id: string
  readonly version: string
}

/** What is in a folder of this machine: a file, or without bytes a folder. */
export interface FolderEntry {
  /** Below the folder, with a slash at its beginning; what is below a folder comes after it. */
  readonly path: string
  readonly bytes: Uint8Array | null
}

/** What a world follows: made from all apps that there are. Forks have the same. */
export interface WorldRules {
  /** What follows inside the world from an event. */
  react(world: World, event: WorldEvent): void
  /** The kinds of records that a dump can have, by name; `null`: any. */
  readonly tables: ReadonlyMap<string, TableKey<unknown>> | null
  /** What a seed can have, in the order in which it is read. */
  readonly seedMembers: readonly SeedMember[]
  /** Apps of the store, which come into the apps folder when somebody enables them. */
  readonly store?: readonly StoreApp[]
  /** What is done when a moment has come. */
  readonly backgroundJobs: readonly BackgroundJob[]
  /** The files and folders of a folder of this machine, for `skeletondirectory`; `null`: there is none, or it is too large. */
  readonly readFolder?: (path: string) => readonly FolderEntry[] | null
  /** The release whose rules it follows, where they changed; see `byRelease`. */
  readonly release: number
}

const NO_RULES: WorldRules = {
  react: () => {},
  tables: null,
  seedMembers: [],
  backgroundJobs: [],
  release: Number.POSITIVE_INFINITY,
}

/** A value with the tables that it was computed from, each as it was then. */
interface Remembered {
  readonly value: unknown
  readonly reads: readonly (readonly [table: Table<unknown>, version: number])[]
}

const MOST_REMEMBERED = 500

const unknownTable = ({ name }: TableKey<unknown>) =>
  new UserError(`Failed to find the table "${name}": no app has it. List it: defineApp('…', { tables: [ … ] }).`)

/** What all views of a world share. */
class State {
  readonly clock = new Clock()
  readonly random = new Random()
  tables = new Map<string, Table<unknown>>()
  counters = new Map<string, number>()
  readonly listeners = new Set<(event: WorldEvent) => void>()
  readonly derived = new Map<string, { readonly version: string; readonly value: unknown }>()
  readonly remembered = new Map<string, Remembered>()
  /** Tables that were read since `remember` began to watch. */
  reads: Set<Table<unknown>> | undefined
  rules: WorldRules

  constructor(rules: WorldRules) {
    this.rules = rules
  }
}

/**
 * All state of one fake instance. It keeps tables, a clock, counters and randomness; the rules about
 * them are functions beside it (`users.add(world, …)`), which return domain outcomes, never codes.
 */
export class World {
  readonly clock: Clock
  readonly random: Random
  readonly #state: State
  readonly #circumstances: Circumstances | null

  /**
   * @param rules what follows from events, and what seeds and dumps can have; forks have the same
   * @param view only for {@link under}
   */
  constructor(rules: WorldRules = NO_RULES, view?: { readonly state: State; readonly circumstances: Circumstances }) {
    this.#state = view?.state ?? new State(rules)
    this.#circumstances = view?.circumstances ?? null
    this.clock = this.#state.clock
    this.random = this.#state.random
  }

  get rules(): WorldRules {
    return this.#state.rules
  }

  get release(): number {
    return this.rules.release
  }

  /** Follow other rules from now on. What they have no tables for cannot be loaded again: see `keepTables`. */
  follow(rules: WorldRules): void {
    this.#state.rules = rules
  }

  /**
   * The records of one kind.
   * @throws UserError where no app has it: it could not be dumped and loaded
   */
  table<V>(key: TableKey<V>): Table<V> {
    let table = this.#state.tables.get(key.name)
    if (!table) {
      if (this.rules.tables && !this.rules.tables.has(key.name)) throw unknownTable(key)
      table = new Table<unknown>()
      this.#state.tables.set(key.name, table)
    }
    this.#state.reads?.add(table)
    return table as Table<V>
  }

  /** The next number of a sequence, from 1 on: ids as a database hands them out. */
  nextId(sequence: string): number {
    const next = (this.#state.counters.get(sequence) ?? 0) + 1
    this.#state.counters.set(sequence, next)
    return next
  }

  /** The last number that a sequence gave, 0 before the first; with a value, where it goes on from. */
  lastId(sequence: string, value?: number): number {
    if (value !== undefined) this.#state.counters.set(sequence, value)
    return this.#state.counters.get(sequence) ?? 0
  }

  /**
   * Something computed from tables, computed again only when one of them changed.
   * @param name unique for what is computed
   */
  derive<T>(name: string, from: readonly TableKey<unknown>[], compute: () => T): T {
    let version = ''
    for (const key of from) version += `${this.table(key).version},`
    const known = this.#state.derived.get(name)
    if (known?.version === version) return known.value as T
    const value = compute()
    this.#state.derived.set(name, { version, value })
    return value
  }

  /**
   * Something computed from tables that nobody lists: those that are read are watched, and it is computed again
   * when one of them changed. It must not depend on anything else, such as the clock.
   * @param name unique for what is computed and for whom; the last few hundred are kept
   */
  remember<T>(name: string, compute: () => T): T {
    const known = this.#state.remembered.get(name)
    if (known?.reads.every(([table, version]) => table.version === version)) {
      for (const [table] of known.reads) this.#state.reads?.add(table)
      return known.value as T
    }
    const outer = this.#state.reads
    const reads = new Set<Table<unknown>>()
    this.#state.reads = reads
    try {
      const value = compute()
      if (this.#state.remembered.size >= MOST_REMEMBERED) this.#state.remembered.clear()
      this.#state.remembered.set(name, { value, reads: [...reads].map((table) => [table, table.version]) })
      return value
    } finally {
      this.#state.reads = outer
      for (const table of reads) outer?.add(table)
    }
  }

  /** Let the world's other rules react to what happened, then tell the listeners. */
  emit(emitted: Emitted): void {
    const event: WorldEvent = this.#circumstances ? { ...this.#circumstances, ...emitted } : emitted
    this.#state.rules.react(this, event)
    for (const listener of this.#state.listeners) listener(event)
  }

  /**
   * The same world for somebody's act: every event of what is done to it, and what follows, tells these circumstances
   * besides its own details. Costs nothing but itself; hand it on to whatever does the act.
   */
  under(circumstances: Circumstances): World {
    return new World(this.rules, { state: this.#state, circumstances: { ...this.#circumstances, ...circumstances } })
  }

  /** Listen to what happens; the answer stops listening. Forks do not inherit listeners. */
  on(listener: (event: WorldEvent) => void): () => void {
    this.#state.listeners.add(listener)
    return () => this.#state.listeners.delete(listener)
  }

  /** An independent world in the same state. Costs as much as what changed since the last fork. */
  fork(): World {
    const copy = new World(this.rules)
    copy.restore(this)
    return copy
  }

  /** Take over the state of another world, which stays as it is. Listeners stay. */
  restore(from: World): void {
    this.clock.restore(from.clock.state)
    this.random.restore(from.random.state)
    this.#state.counters = new Map(from.#state.counters)
    this.#state.derived.clear()
    this.#state.remembered.clear()
    const tables = new Map<string, Table<unknown>>()
    for (const [name, table] of from.#state.tables) tables.set(name, table.fork())
    this.#state.tables = tables
  }

  dump(): WorldDump {
    const tables: Record<string, Record<string, unknown>> = {}
    for (const [name, table] of this.#state.tables)
      if (table.size > 0) tables[name] = Object.fromEntries(table.entries())
    return {
      clock: this.clock.state,
      random: this.random.state,
      counters: Object.fromEntries(this.#state.counters),
      tables,
      ...versionsOf(Object.keys(tables), this.rules.tables),
    }
  }

  /**
   * Replace the whole state by a dump. Tables of an older version are migrated.
   * @param tables what the records of each table look like; without it, only what is loaded of these is known
   * @throws UserError where it is no dump, or one that this world cannot have; the world then stays as it was.
   */
  load(dump: unknown, tables: Tables | null = this.rules.tables): void {
    const loaded = new World({ ...this.rules, tables })
    loaded.#take(readDump(dump, tables))
    for (const table of tables?.values() ?? []) {
      const problem = table.check?.(loaded) ?? null
      if (problem !== null) throw new UserError(`Failed to load the state: ${problem}.`)
    }
    this.restore(loaded)
  }

  #take({ clock, random, counters, tables }: WorldDump): void {
    this.clock.restore(clock)
    this.random.restore(random)
    this.#state.counters = new Map(Object.entries(counters))
    this.#state.tables = new Map(
      Object.entries(tables).map(([name, records]) => [name, new Table(new Map(Object.entries(records)))]),
    )
  }
}
