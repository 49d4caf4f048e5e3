import { fits, s } from '#lib/schema.ts'
import { defineTable } from '#world/define-table.ts'
import type { World } from '#world/world.ts'

/** An element that a client keeps in a property. Its name is in Clark notation; content: a text, elements, or nothing. */
export interface KeptElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly content?: string | readonly KeptElement[]
}

/** What a property holds: a text, or elements. */
export type KeptValue = string | readonly KeptElement[]

/** Properties that WebDAV clients keep on a resource, by name in Clark notation. */
export interface CustomProperties {
  readonly values: Readonly<Record<string, KeptValue>>
}

/** XML is read no deeper. */
const MOST_LEVELS = 256

const isElement = (value: unknown, level = 0): boolean =>
  fits(head, value) &&
  (value.content === undefined || typeof value.content === 'string' || areElements(value.content, level + 1))

const areElements = (value: unknown, level = 0): boolean =>
  Array.isArray(value) && level <= MOST_LEVELS && value.every((one) => isElement(one, level))

const head = s.object({
  name: s.string(),
  attributes: s.record(s.string()),
  content: s.optional(s.union(s.string(), s.list(s.json()))),
})
const elements = s.form<readonly KeptElement[]>('elements', (value) => areElements(value), { type: 'array' })

/** By `user:resource`; a resource is `file/8`, or a path where it is no file. Every account has its own. */
export const customPropertiesTable = defineTable<CustomProperties>('customProperties', {
  record: s.object({ values: s.record(s.union(s.string(), elements)) }),
})

const keyOf = (userId: string, resource: string) => `${userId}:${resource}`

export function find(world: World, userId: string, resource: string, name: string): KeptValue | undefined {
  return world.table(customPropertiesTable).get(keyOf(userId, resource))?.values[name]
}

/** Keep a value; `null` forgets it. */
export function set(world: World, userId: string, resource: string, name: string, value: KeptValue | null): void {
  const table = world.table(customPropertiesTable)
  const { [name]: _old, ...others } = table.get(keyOf(userId, resource))?.values ?? {}
  const values = value === null ? others : { ...others, [name]: value }
  if (Object.keys(values).length === 0) table.delete(keyOf(userId, resource))
  else table.set(keyOf(userId, resource), { values })
}

/** An element of a request's body, as far as it is kept. */
interface GivenElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly GivenElement[]
  readonly text: string
}

/** What an element of a request holds, as it is kept. */
export const keptValue = ({ children, text }: Pick<GivenElement, 'children' | 'text'>): KeptValue =>
  children.length > 0 ? children.map(keptElement) : text

function keptElement({ name, attributes, children, text }: GivenElement): KeptElement {
  const content = keptValue({ children, text })
  return content === '' ? { name, attributes } : { name, attributes, content }
}
