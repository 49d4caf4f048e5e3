import { didYouMean } from '#lib/did-you-mean.ts'
import { UserError } from '#lib/errors.ts'
import { checkValue, type Mismatch, type Schema } from '#lib/schema.ts'
import type { TableKey } from './define-table.ts'

type Records = Readonly<Record<string, unknown>>

/**
 * The records of a dump as their app describes them.
 * @throws UserError that names the first that is none
 */
export function checkRecords({ name, record: schema }: TableKey<unknown>, records: Records): Records {
  if (!schema) return records
  const checked = Object.entries(records).map(([key, given]) => {
    const record = withNulls(schema, given)
    const [wrong] = checkValue(schema, record)
    if (wrong) throw new UserError(`Failed to load the state: ${sentence(`tables/${name}/${key}`, wrong)}`)
    return [key, record] as const
  })
  return Object.fromEntries(checked)
}

function sentence(record: string, { pointer, expected, got, known }: Mismatch): string {
  const place = `"${record}${pointer}"`.replaceAll('/', '.')
  if (known) return `${place} is unknown. ${didYouMean(pointer.slice(pointer.lastIndexOf('/') + 1), known)}`
  if (got === 'missing') return `${place} is missing.`
  return `${place} is ${got}, and has to be: ${expected}.`
}

/** A merge patch removes what it sets to `null`: a member that is missing and can be `null` is. */
function withNulls(schema: Schema, record: unknown): unknown {
  if (typeof record !== 'object' || record === null) return record
  const missing = checkValue(schema, record).filter(({ pointer, got }) => got === 'missing' && isMember(pointer))
  const added = missing.filter(({ pointer }) => {
    const candidate = { ...record, [pointer.slice(1)]: null }
    return !checkValue(schema, candidate).some((wrong) => wrong.pointer === pointer)
  })
  return added.length === 0
    ? record
    : { ...record, ...Object.fromEntries(added.map(({ pointer }) => [pointer.slice(1), null])) }
}

const isMember = (pointer: string) => /^\/[^/~]+$/.test(pointer)

/**
 * What the records of a dump name in other tables is there.
 * @throws UserError that names the first that is not
 */
export function checkReferences(
  { name, refersTo = {} }: TableKey<unknown>,
  tables: Readonly<Record<string, Records>>,
): void {
  for (const [member, target] of Object.entries(refersTo))
    for (const [key, record] of Object.entries(tables[name] ?? {})) {
      const reference: unknown = Reflect.get(Object(record), member) ?? null
      if (reference === null || Object.hasOwn(tables[target.name] ?? {}, keyIn(target, String(reference)))) continue
      throw new UserError(
        `Failed to load the state: "tables.${name}.${key}.${member}" names ${JSON.stringify(reference)}, which is not in "tables.${target.name}". Add it there, or remove the record.`,
      )
    }
}

const keyIn = (target: TableKey<unknown>, reference: string) => target.keyOf?.(reference) ?? reference
