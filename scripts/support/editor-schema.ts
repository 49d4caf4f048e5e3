import { NAMES, type NameKind } from '#lib/schema.ts'

type Json = Readonly<Record<string, unknown>>

/** Names that editors propose, by their kind. */
export type Names = Readonly<Record<NameKind, readonly string[]>>

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * A JSON Schema as editors show it best: what is an object has a title, every member a description, and names of a kind
 * are proposed. A name that is not among them is no mistake of the file: it may be one of an app of one's own.
 */
export function forEditors(schema: Json, names: Names): Json {
  const used = new Set<NameKind>()
  const proposed = (kind: NameKind, { [NAMES]: _, ...plain }: Json): Json => {
    used.add(kind)
    const { description, ...rest } = plain
    const all = { anyOf: [{ $ref: `#/$defs/${kind}` }, rest] }
    return description === undefined ? all : { ...all, description }
  }
  const walk = (node: unknown, name: string, parent: string): unknown => {
    if (Array.isArray(node)) return node.map((item) => walk(item, name, parent))
    if (!isObject(node)) return node
    if (typeof node[NAMES] === 'string') return proposed(node[NAMES] as NameKind, node)
    const title = node.type === 'object' && node.title === undefined && name !== '' ? { title: titleOf(name) } : {}
    const members = Object.entries(node).map(([key, value]) => {
      if (key === 'properties' && isObject(value)) return [key, propertiesOf(value, name)]
      return [key, key === 'enum' || key === 'required' ? value : walk(value, name, parent)]
    })
    return { ...title, ...Object.fromEntries(members) }
  }
  const propertiesOf = (properties: Json, parent: string): Json =>
    Object.fromEntries(
      Object.entries(properties).map(([name, value]) => {
        const member = walk(value, name, parent) as Json
        return [name, member.description === undefined ? { ...member, description: describe(name, parent) } : member]
      }),
    )
  const walked = walk(schema, '', '') as Json
  if (used.size === 0) return walked
  return { ...walked, $defs: Object.fromEntries([...used].toSorted().map((kind) => [kind, { enum: names[kind] }])) }
}

/** `displayName`: `display name`. */
const wordsOf = (name: string) => name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()

function titleOf(name: string): string {
  const words = wordsOf(name)
  return words[0]!.toUpperCase() + words.slice(1)
}

/** What nobody described is called by its name, and by what it is of. */
const describe = (name: string, parent: string) =>
  parent === '' ? wordsOf(name) : `${wordsOf(name)}, of ${wordsOf(parent)}`
