import { inPlace, type Place, SeedError, showPlace } from '#lib/errors.ts'
import { nearestName } from '#lib/nearest-name.ts'
import { type Mismatch, type Schema, s } from '#lib/schema.ts'
import type { SeedMember, World } from './world.ts'

/** A document laid over a world. Every member is optional; what it names is added to what is there. */
export type Seed = { readonly [member: string]: unknown }

/** The type of a seed that has these members. */
export type SeedOf<Members extends readonly SeedMember[]> = {
  readonly [M in Members[number] as M['name']]?: M extends SeedMember<infer V> ? V : never
}

interface SeedMemberDefinition<V, N extends string> {
  /** Unique among all apps. */
  readonly name: N
  readonly schema: Schema<V>
  /** Members that it builds on, which are read before it; `*`: all others. */
  readonly after?: readonly string[]
  /** Lay the value over a world. A mistake throws a {@link SeedError} with its place below the member. */
  read(world: World, value: V): void
}

/**
 * Define a member of seeds: a kind of state that a starting world can have.
 *
 * @example
 * defineSeedMember({
 *   name: 'bookmarks',
 *   schema: s.list(s.object({ user: s.string(), url: s.string() })),
 *   after: ['users'],
 *   read: (world, list) => list.forEach((seed, i) => inPlace(i, () => bookmarks.add(world, seed))),
 * })
 */
export function defineSeedMember<V, const N extends string>(
  definition: SeedMemberDefinition<V, N>,
): SeedMember<V> & { readonly name: N } {
  return { kind: 'seed-member', after: [], ...definition } as SeedMember<V> & { readonly name: N }
}

/** Members in the order in which they are read: each after those that it builds on, otherwise as they are given. */
export function inReadingOrder(members: readonly SeedMember[]): SeedMember[] {
  const last = members.filter(({ after }) => after.includes('*'))
  const ordered: SeedMember[] = []
  const place = (member: SeedMember): void => {
    if (ordered.includes(member)) return
    for (const other of members)
      if (member.after.includes(other.name) && !other.after.includes(member.name)) place(other)
    ordered.push(member)
  }
  for (const member of members) if (!last.includes(member)) place(member)
  return [...ordered, ...last]
}

/**
 * Lay a seed over a world.
 * @throws SeedError that names the place of a mistake; the world may then be partly seeded, so seed a fork.
 */
export function applySeed(world: World, seed: unknown): void {
  const { seedMembers } = world.rules
  const checked = checkSeed(seed, seedMembers)
  const seeded = world.under({ seeded: true })
  for (const member of seedMembers) {
    const value = checked[member.name]
    if (value !== undefined) inPlace(member.name, () => member.read(seeded, value as never))
  }
}

/** A seed as part of another document. */
export const seedSchemaOf = (members: readonly SeedMember[]): Schema<Seed> =>
  s.object(Object.fromEntries(members.map(({ name, schema }) => [name, s.optional(schema)]))) as unknown as Schema<Seed>

/** JSON Schema of a seed: what editors complete from, and what `ocs-mock` publishes. */
export function seedJsonSchema(members: readonly SeedMember[]): Record<string, unknown> {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Seed of ocs-mock',
    type: 'object',
    properties: Object.fromEntries(members.map(({ name, schema }) => [name, schema.toJsonSchema()])),
    additionalProperties: false,
  }
}

/**
 * Check the shape of a document that should be a seed; what its values mean is for their readers.
 * @throws SeedError for the first difference, with the number of others.
 */
function checkSeed(seed: unknown, members: readonly SeedMember[]): Seed {
  const known = members.map(({ name }) => name)
  const names = known.join(', ')
  if (typeof seed !== 'object' || seed === null || Array.isArray(seed)) {
    const found = Array.isArray(seed) ? 'a list' : JSON.stringify(seed)
    const read = typeof seed === 'string' ? ' Read the file, and pass what it holds.' : ''
    throw new SeedError([], `found ${found}; a seed is an object with ${names}.${read}`)
  }
  const found: SeedError[] = []
  for (const [name, value] of Object.entries(seed)) {
    // It is for editors.
    if (name === '$schema') continue
    const member = members.find((one) => one.name === name)
    if (!member) {
      found.push(new SeedError([name], `there is no such member${meantBy(name, known)} A seed has ${names}.`))
    } else if (value !== undefined) {
      member.schema.check(value, '', (difference) => {
        found.push(new SeedError([name, ...placeOf(value, difference.pointer)], explain(difference)))
      })
    }
  }
  const [first, ...others] = found
  if (!first) return seed as Seed
  throw new SeedError(first.place, first.problem + alsoWrong(others))
}

const MOST_NAMED = 5

function alsoWrong(others: readonly SeedError[]): string {
  if (others.length === 0) return ''
  const places = others.slice(0, MOST_NAMED).map(({ place }) => showPlace(place))
  return ` Also wrong: ${places.join(', ')}${others.length > MOST_NAMED ? ' …' : ''}.`
}

/** The end of a sentence that says that there is no such member. */
function meantBy(wanted: string, names: readonly string[]): string {
  const meant = nearestName(wanted, names)
  return meant === null ? '.' : `. Did you mean "${meant}"?`
}

function explain({ pointer, expected, got, known = [] }: Mismatch): string {
  if (expected === 'absent') {
    const wanted = pointer.slice(pointer.lastIndexOf('/') + 1)
    return `there is no such member${meantBy(wanted, known)}`
  }
  if (expected === 'present') return 'this is missing.'
  return `expected ${expected}, found ${got}.`
}

/** A JSON pointer as a place; whether a step is an index only the value can say. */
function placeOf(value: unknown, pointer: string): Place {
  const place: (string | number)[] = []
  let at = value
  for (const step of pointer.split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~')
    place.push(Array.isArray(at) ? Number(key) : key)
    at = (at as Record<string, unknown> | undefined)?.[key]
  }
  return place
}
