/**
 * Shapes of answers. One value gives the static type, the published JSON Schema and the judge:
 * what a handler returns and what a real server answered are checked by the same `check`.
 */

import type { Json } from './json.ts'
import { isIn, type Releases } from './releases.ts'

/** One difference between a value and its schema; `pointer` is a JSON pointer below the data. */
export interface Mismatch {
  readonly pointer: string
  readonly expected: string
  readonly got: string
  /** Of a member that should not be there: those that may be. */
  readonly known?: readonly string[]
}

export interface Schema<T = unknown> {
  /** Carries the static type; never set. */
  readonly _type?: T
  readonly optional?: boolean
  /** Report every difference of a decoded JSON value. */
  check(value: unknown, pointer: string, report: (mismatch: Mismatch) => void): void
  /** JSON Schema (2020-12) of the JSON form. */
  toJsonSchema(): Record<string, unknown>
  /** In which releases it is there, as a member of an object. Default: in all. */
  readonly releases?: Releases
  /** What it is in a release. Without it, the same in all. */
  at?(release: number): SchemaInRelease
}

/** A schema as it is in a release. */
export interface SchemaInRelease {
  readonly schema: Schema
  /** Takes out of an answer of the newest release what this one has not. Without it, there is nothing to take out. */
  readonly trim?: (value: unknown) => unknown
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The members of a PHP array, which the world keeps in a map where they may have any name. */
const membersOf = (value: unknown): readonly [string, unknown][] | null =>
  value instanceof Map
    ? [...value].map(([key, member]) => [String(key), member])
    : isObject(value)
      ? Object.entries(value)
      : null

/** Of the same kind as it was: an object, or a map. */
const withMembers = (value: unknown, members: readonly (readonly [string, unknown])[]): unknown =>
  value instanceof Map ? new Map(members) : Object.fromEntries(members)

const sameInAll = (schema: Schema): SchemaInRelease => ({ schema })

const inRelease = (schema: Schema, release: number): SchemaInRelease => schema.at?.(release) ?? sameInAll(schema)

export type Infer<S> = S extends Schema<infer T> ? T : never

const kindOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : typeof value

const show = (value: unknown): string => {
  if (value === null || value === undefined) return String(value)
  const text = JSON.stringify(value) ?? String(value)
  return `${kindOf(value)} ${text.length > 80 ? `${text.slice(0, 77)}...` : text}`
}

function leaf<T>(expected: string, test: (value: unknown) => boolean, json: Record<string, unknown>): Schema<T> {
  return {
    check(value, pointer, report) {
      if (!test(value)) report({ pointer, expected, got: show(value) })
    },
    toJsonSchema: () => json,
  }
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0
}

type Shape = { readonly [key: string]: Schema }
type OptionalKeys<S extends Shape> = { [K in keyof S]: S[K] extends { readonly optional: true } ? K : never }[keyof S]
/** One type of members; two that are joined would take anything where all of them are optional. */
type Joined<T> = { [K in keyof T]: T[K] }
type InferShape<S extends Shape> = Joined<
  { [K in Exclude<keyof S, OptionalKeys<S>>]: Infer<S[K]> } & { [K in OptionalKeys<S>]?: Infer<S[K]> }
>

const escapePointer = (key: string) => key.replaceAll('~', '~0').replaceAll('/', '~1')

function object<S extends Shape>(shape: S, extra: 'report' | 'allow' = 'report'): Schema<InferShape<S>> {
  const keys = Object.keys(shape)
  const steps = keys.map((key) => `/${escapePointer(key)}`)
  const required = keys.filter((key) => !shape[key]!.optional)
  return {
    check(value, pointer, report) {
      // An associative PHP array without members is encoded as an empty list.
      if (isEmptyList(value) && required.length === 0) return
      if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        report({ pointer, expected: 'object', got: show(value) })
        return
      }
      const record = value as Record<string, unknown>
      for (const [i, key] of keys.entries()) {
        // JSON has no `undefined`; a caller's object may say it for a member that is not there.
        if (Object.hasOwn(record, key) && record[key] !== undefined)
          shape[key]!.check(record[key], pointer + steps[i], report)
        else if (!shape[key]!.optional) report({ pointer: pointer + steps[i], expected: 'present', got: 'missing' })
      }
      if (extra === 'allow') return
      for (const key of Object.keys(record)) {
        if (!Object.hasOwn(shape, key) && record[key] !== undefined) {
          const at = `${pointer}/${escapePointer(key)}`
          report({ pointer: at, expected: 'absent', got: show(record[key]), known: keys })
        }
      }
    },
    toJsonSchema: () => ({
      type: 'object',
      properties: Object.fromEntries(keys.map((key) => [key, shape[key]!.toJsonSchema()])),
      ...(required.length > 0 ? { required } : {}),
      ...(extra === 'report' ? { additionalProperties: false } : {}),
    }),
    at(release) {
      const there = keys.filter((key) => isIn(shape[key]!.releases ?? {}, release))
      const members = there.map((key) => [key, inRelease(shape[key]!, release)] as const)
      const isSame = there.length === keys.length && members.every(([key, { schema }]) => schema === shape[key])
      if (isSame) return sameInAll(this)
      const absent = keys.filter((key) => !there.includes(key))
      const trims = new Map(members.flatMap(([key, { trim }]) => (trim ? [[key, trim]] : [])))
      const schema = object(Object.fromEntries(members.map(([key, member]) => [key, member.schema])), extra)
      if (absent.length === 0 && trims.size === 0) return { schema }
      return { schema, trim: (value) => trimMembers(value, absent, trims) }
    },
  }
}

function trimMembers(
  value: unknown,
  absent: readonly string[],
  trims: ReadonlyMap<string, (value: unknown) => unknown>,
): unknown {
  const kept = membersOf(value)?.filter(([key]) => !absent.includes(key))
  if (!kept) return value
  return withMembers(
    value,
    kept.map(([key, member]) => {
      const trim = trims.get(key)
      return [key, trim ? trim(member) : member]
    }),
  )
}

function list<S extends Schema>(item: S): Schema<readonly Infer<S>[]> {
  return {
    check(value, pointer, report) {
      if (!Array.isArray(value)) {
        report({ pointer, expected: 'array', got: show(value) })
        return
      }
      value.forEach((entry, i) => {
        item.check(entry, `${pointer}/${i}`, report)
      })
    },
    toJsonSchema: () => ({ type: 'array', items: item.toJsonSchema() }),
    at(release) {
      const { schema, trim } = inRelease(item, release)
      if (schema === item) return sameInAll(this)
      return {
        schema: list(schema),
        ...(trim ? { trim: (value) => (Array.isArray(value) ? value.map(trim) : value) } : {}),
      }
    },
  }
}

function record<S extends Schema>(item: S): Schema<Record<string, Infer<S>>> {
  return {
    check(value, pointer, report) {
      if (typeof value !== 'object' || value === null || (Array.isArray(value) && value.length > 0)) {
        report({ pointer, expected: 'object of any keys', got: show(value) })
        return
      }
      for (const [key, entry] of Object.entries(value)) item.check(entry, `${pointer}/${escapePointer(key)}`, report)
    },
    toJsonSchema: () => ({ type: 'object', additionalProperties: item.toJsonSchema() }),
    at(release) {
      const { schema, trim } = inRelease(item, release)
      if (schema === item) return sameInAll(this)
      if (!trim) return { schema: record(schema) }
      const trimAll = (value: unknown) => {
        const entries = membersOf(value)
        return entries
          ? withMembers(
              value,
              entries.map(([key, entry]) => [key, trim(entry)]),
            )
          : value
      }
      return { schema: record(schema), trim: trimAll }
    },
  }
}

function union<S extends readonly Schema[]>(...members: S): Schema<Infer<S[number]>> {
  return {
    check(value, pointer, report) {
      let closest: Mismatch[] | undefined
      for (const member of members) {
        const found: Mismatch[] = []
        member.check(value, pointer, (mismatch) => found.push(mismatch))
        if (found.length === 0) return
        // A member of the right kind differs only below; its differences say more than the union's.
        const isNear = found.every((mismatch) => mismatch.pointer !== pointer)
        if (isNear && (!closest || found.length < closest.length)) closest = found
      }
      if (closest) closest.forEach(report)
      else report({ pointer, expected: `one of ${members.map(describe).join(', ')}`, got: show(value) })
    },
    toJsonSchema: () => ({ anyOf: members.map((member) => member.toJsonSchema()) }),
    at(release) {
      const there = members.map((member) => inRelease(member, release))
      if (there.every(({ schema }, i) => schema === members[i])) return sameInAll(this)
      const trims = there.flatMap(({ trim }) => trim ?? [])
      return {
        schema: union(...there.map(({ schema }) => schema)),
        trim: (value) => trims.reduce((trimmed, trim) => trim(trimmed), value),
      }
    },
  }
}

function describe(schema: Schema): string {
  const json = schema.toJsonSchema()
  return String(json.const ?? json.type ?? 'a value')
}

/** Schemas of answers: `s.object({ id: s.string(), note: s.optional(s.string()) })` … */
export const s = {
  string: () => leaf<string>('string', (v) => typeof v === 'string', { type: 'string' }),
  /** Words of the product itself, which come in the caller's language. */
  words: () => leaf<string>('string', (v) => typeof v === 'string', { type: 'string', [TRANSLATED]: true }),
  secret,
  int: () => leaf<number>('integer', (v) => Number.isInteger(v), { type: 'integer' }),
  number: () => leaf<number>('number', (v) => Number.isFinite(v), { type: 'number' }),
  bool: () => leaf<boolean>('boolean', (v) => typeof v === 'boolean', { type: 'boolean' }),
  null: () => leaf<null>('null', (v) => v === null, { type: 'null' }),
  any: () => leaf<unknown>('anything', () => true, {}),
  /** Anything that JSON can say. */
  json: () => leaf<Json>('anything', () => true, {}),
  literal: <const V extends string | number | boolean>(...values: V[]) =>
    leaf<V>(`one of ${values.map((v) => JSON.stringify(v)).join(', ')}`, (v) => values.includes(v as V), {
      enum: values,
    }),
  /** `data: []`, what an operation without data answers. */
  empty: () => leaf<readonly []>('empty list', isEmptyList, { type: 'array', maxItems: 0 }),
  object,
  list,
  /** A PHP array with any keys; empty, it is a list. */
  record,
  union,
  nullable: <S extends Schema>(schema: S): Schema<Infer<S> | null> =>
    union(schema, s.null()) as Schema<Infer<S> | null>,
  optional: <S extends Schema>(schema: S): S & { readonly optional: true } => ({ ...schema, optional: true }),
  /** A member that answers have since a release. */
  since: <S extends Schema>(release: number, schema: S): S => ({ ...schema, releases: { since: release } }),
  /** A member that answers have had up to a release, and that the newest has no more. */
  until: <S extends Schema>(release: number, schema: S): S & { readonly optional: true } => ({
    ...schema,
    optional: true,
    releases: { until: release },
  }),
  /** A text of a certain form; `expected` says in words what would be right. */
  form: <T>(expected: string, test: (value: unknown) => boolean, json: Record<string, unknown>): Schema<T> =>
    leaf<T>(expected, test, json),
  /** With a sentence that editors show. */
  described: <S extends Schema>(description: string, schema: S): S => hinted({ description }, schema),
  /** With what else editors shall know: rules that another check tells in its own words. */
  hinted,
  /** The name of one of a kind, which editors propose: an `operation`, an `app`. */
  nameOf: <S extends Schema>(kind: NameKind, schema: S): S => hinted({ [NAMES]: kind }, schema),
}

/** What lets somebody in, or is nobody else's business: it stands in no recording. Default: a text. */
function secret(): Schema<string>
function secret<S extends Schema>(schema: S): S
function secret(schema: Schema = s.string()): Schema {
  return hinted({ format: SECRET_FORMAT }, schema)
}

function hinted<S extends Schema>(json: Record<string, unknown>, schema: S): S {
  return { ...schema, toJsonSchema: () => ({ ...schema.toJsonSchema(), ...json }) }
}

/** Where a JSON Schema says that a text comes in the caller's language. */
export const TRANSLATED = 'x-translated'

/** What OpenAPI says of texts that are not to be shown. */
export const SECRET_FORMAT = 'password'

/** Where a JSON Schema says of what kind a name is, until those that there are stand there. */
export const NAMES = 'x-names'

export type NameKind = 'operation' | 'app' | 'profile' | 'method' | 'command'

/** As JSON Schema: of these members there is one at most. */
export const notTogether = (members: readonly string[]): Record<string, unknown> => ({
  allOf: members.flatMap((one, i) => members.slice(i + 1).map((other) => ({ not: { required: [one, other] } }))),
})

/** Every difference between a decoded JSON value and its schema. */
export function checkValue(schema: Schema, value: unknown, pointer = ''): Mismatch[] {
  const found: Mismatch[] = []
  schema.check(value, pointer, (mismatch) => found.push(mismatch))
  return found
}

/** Whether a value is what a schema says. */
export const fits = <S extends Schema>(schema: S, value: unknown): value is Infer<S> =>
  checkValue(schema, value).length === 0
