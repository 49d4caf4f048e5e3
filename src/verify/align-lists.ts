/** Which items of two lists are the same ones. Places count from 0. */
export interface Alignment {
  readonly pairs: readonly (readonly [expected: number, got: number])[]
  /** Places in the first list of what the second does not have. */
  readonly lost: readonly number[]
  /** Places in the second list of what the first does not have. */
  readonly extra: readonly number[]
  /** Of what both have, the names in either order; `null`: it is one order. */
  readonly names: readonly [expected: readonly Name[], got: readonly Name[]] | null
}

type Name = string | number

/** Members by which the items of a list are told apart, where all of them have another one. */
const NAMES = ['id', 'key', 'name', 'uid', 'appId', 'app', 'token', 'd:href'] as const

/** Which items of two lists are the same ones, by their names; `null`: their items cannot be told apart, or share none. */
export function alignLists(expected: readonly unknown[], got: readonly unknown[]): Alignment | null {
  const named = namesOf(expected, got)
  if (!named) return null
  const [should, is] = named
  const places = new Map(is.map((name, j) => [name, j]))
  const pairs = should.flatMap((name, i): [number, number][] => (places.has(name) ? [[i, places.get(name)!]] : []))
  if (pairs.length === 0) return null
  const shared = new Set(pairs.map(([i]) => should[i]!))
  const isInOrder = pairs.every(([, j], n) => n === 0 || pairs[n - 1]![1] < j)
  return {
    pairs,
    lost: placesOf(should, (name) => !shared.has(name)),
    extra: placesOf(is, (name) => !shared.has(name)),
    names: isInOrder ? null : [pairs.map(([i]) => should[i]!), is.filter((name) => shared.has(name))],
  }
}

const placesOf = (names: readonly Name[], isOne: (name: Name) => boolean) =>
  names.flatMap((name, i) => (isOne(name) ? [i] : []))

/** By what all items of both lists are told apart: what they are, or a member that all have. */
function namesOf(one: readonly unknown[], two: readonly unknown[]): readonly [Name[], Name[]] | null {
  for (const nameOf of [itself, ...NAMES.map(member)]) {
    const named = [one.map(nameOf), two.map(nameOf)] as const
    if (named.every((names) => names.every(isName) && new Set(names).size === names.length))
      return named as readonly [Name[], Name[]]
  }
  return null
}

const isName = (value: unknown): value is Name => typeof value === 'string' || typeof value === 'number'
const itself = (item: unknown) => item
const member = (key: string) => (item: unknown) =>
  typeof item === 'object' && item !== null && !Array.isArray(item)
    ? (item as Readonly<Record<string, unknown>>)[key]
    : undefined
