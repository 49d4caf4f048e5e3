import { UserError } from '#lib/errors.ts'
import { checkRecords, checkReferences } from './check-records.ts'
import { type ClockState, isMoment } from './clock.ts'
import type { TableKey } from './define-table.ts'
import type { RandomState } from './random.ts'

/** A world as JSON: dumped, kept, and loaded again. */
export interface WorldDump {
  readonly clock: ClockState
  readonly random: RandomState
  readonly counters: Readonly<Record<string, number>>
  readonly tables: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  /** Versions of tables that are not at their first. */
  readonly versions?: Readonly<Record<string, number>>
}

/** The kinds of records that a world can have, by name. */
export type Tables = ReadonlyMap<string, TableKey<unknown>>

/** The versions that a dump has to name: those of tables that are not at their first. */
export function versionsOf(names: readonly string[], tables: Tables | null): Pick<WorldDump, 'versions'> {
  const later = names
    .map((name) => [name, tables?.get(name)?.version ?? 1] as const)
    .filter(([, version]) => version !== 1)
  return later.length === 0 ? {} : { versions: Object.fromEntries(later) }
}

/**
 * A document as the dump of a world that has these tables, with records of older versions migrated.
 * @throws UserError that names what is wrong
 */
export function readDump(document: unknown, known: Tables | null): WorldDump {
  const dump = checkDump(document)
  if (known === null) return dump
  const tables = Object.entries(dump.tables).map(
    ([name, records]) => [name, readTable(name, records, dump.versions?.[name] ?? 1, known)] as const,
  )
  const read = Object.fromEntries(tables)
  for (const name of Object.keys(read)) checkReferences(known.get(name)!, read)
  const counters = { ...dump.counters, ...greatestIds(tables, known, dump.counters) }
  return { ...dump, counters, tables: read }
}

const hasId = (record: unknown): record is { readonly id: number } =>
  isRecord(record) && Number.isSafeInteger(record.id)

/** Sequences of tables, each behind the greatest id that there is: none is given again. */
function greatestIds(
  tables: readonly (readonly [name: string, records: Records])[],
  known: Tables,
  counters: WorldDump['counters'],
): Record<string, number> {
  const greatest: Record<string, number> = {}
  for (const [name, records] of tables) {
    const sequence = known.get(name)?.sequence
    if (sequence === undefined) continue
    let last = greatest[sequence] ?? counters[sequence] ?? 0
    for (const record of Object.values(records)) if (hasId(record)) last = Math.max(last, record.id)
    greatest[sequence] = last
  }
  return greatest
}

/**
 * A dump with what a world of these tables can have of it: tables that it does not know, and those of versions that
 * it cannot read, are left out.
 * @returns the rest, and what was lost, in sentences
 */
export function keepTables(dump: WorldDump, known: Tables | null): { dump: WorldDump; lost: string[] } {
  const lost: string[] = []
  const tables = Object.entries(dump.tables).filter(([name]) => {
    const reason = reasonToLose(name, dump.versions?.[name] ?? 1, known)
    if (reason !== null) lost.push(`What was in the table "${name}" is lost: ${reason}.`)
    return reason === null
  })
  return { dump: { ...dump, tables: Object.fromEntries(tables) }, lost }
}

function reasonToLose(name: string, version: number, known: Tables | null): string | null {
  if (known === null) return null
  const table = known.get(name)
  if (!table) return 'no app has it any more'
  if (table.version === version || (version < table.version && table.migrate)) return null
  return `it is of version ${version}, which its app, at version ${table.version}, cannot migrate`
}

type Records = Readonly<Record<string, unknown>>

function readTable(name: string, records: Records, version: number, known: Tables): Records {
  const table = known.get(name)
  if (!table) {
    throw new UserError(
      `Failed to load the state: there is no table "${name}". It may belong to an app that is not here; add the app, or remove the table from the dump.`,
    )
  }
  if (table.version === version) return checkRecords(table, records)
  const { migrate } = table
  if (version > table.version || !migrate) {
    const advice =
      version > table.version
        ? 'Use the version of its app that wrote the dump.'
        : 'Its app cannot migrate it; make the dump again.'
    throw new UserError(
      `Failed to load the state: the table "${name}" is of version ${version}, and this one knows version ${table.version}. ${advice}`,
    )
  }
  const migrated = Object.entries(records).map(([key, record]) => [key, migrate(record, version)] as const)
  return checkRecords(table, Object.fromEntries(migrated))
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whole numbers from 0 on, as far as they can be counted. */
const isCounts = (value: unknown): value is Record<string, number> =>
  isRecord(value) && Object.values(value).every((member) => Number.isSafeInteger(member) && Number(member) >= 0)

function checkDump(dump: unknown): WorldDump {
  const wrong = (where: string, what: string): never => {
    throw new UserError(`Failed to load the state: ${where} is not ${what}. Send what GET state answered.`)
  }
  if (!isRecord(dump)) return wrong('the document', 'an object')
  const { clock, random, counters, tables, versions = {} } = dump
  if (dump.redacted === true)
    return wrong('the document', 'whole: its secrets are redacted, so that nobody could log in')
  if (!isRecord(clock) || !isMoment(clock.offset, Date.now()))
    return wrong('"clock"', 'an object with an "offset" in milliseconds')
  const { offset, frozenAt = null } = clock
  if (frozenAt !== null && !isMoment(frozenAt)) return wrong('"clock.frozenAt"', 'milliseconds since 1970 or null')
  if (!isRecord(random) || !isCounts({ draws: random.draws }) || !Number.isSafeInteger(random.seed))
    return wrong('"random"', 'an object with the whole numbers "seed" and "draws"')
  if (!isCounts(counters)) return wrong('"counters"', 'an object of whole numbers from 0')
  if (!isCounts(versions)) return wrong('"versions"', 'an object of whole numbers from 0')
  if (!isRecord(tables)) return wrong('"tables"', 'an object')
  const checked = new Map<string, Records>()
  for (const [name, records] of Object.entries(tables)) {
    if (!isRecord(records)) return wrong(`"tables.${name}"`, 'an object of records')
    for (const [key, record] of Object.entries(records))
      if (!isRecord(record)) wrong(`"tables.${name}.${key}"`, 'a record')
    checked.set(name, records)
  }
  return {
    clock: { offset, frozenAt },
    random: { seed: Number(random.seed), draws: Number(random.draws) },
    counters,
    versions,
    tables: Object.fromEntries(checked),
  }
}
