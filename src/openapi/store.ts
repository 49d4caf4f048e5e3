import type { Json, JsonObject } from '#lib/json.ts'
import { type Schema, s } from '#lib/schema.ts'
import { defineTable, type TableKey } from '#world/define-table.ts'
import type { World } from '#world/world.ts'

/** One thing that was made: a form, a note, a row. */
export interface StoredItem {
  /** How many were made before it. */
  readonly number: number
  readonly resource: string
  readonly id: string
  /** The account that it belongs to; `''`: whoever made it was nobody. */
  readonly owner: string
  /** Ids of the items that it lies in, by the names of their parameters. */
  readonly parents: { readonly [parameter: string]: string }
  readonly fields: JsonObject
}

const record: Schema<StoredItem> = s.object({
  number: s.int(),
  resource: s.string(),
  id: s.string(),
  owner: s.string(),
  parents: s.record(s.string()),
  fields: s.record(s.json()),
})

/** What apps made from documents keep: the items of all their resources, in a table of each app's. */
export class ItemStore {
  readonly table: TableKey<StoredItem>
  readonly #app: string

  constructor(app: string) {
    this.#app = app
    this.table = defineTable<StoredItem>(app, { record })
  }

  /** Those of a resource that lie in the same items, the oldest first. */
  list(world: World, resource: string, parents: StoredItem['parents'] = {}): StoredItem[] {
    return [...world.table(this.table).values()]
      .filter((item) => item.resource === resource && isWithin(item, parents))
      .sort((a, b) => a.number - b.number)
  }

  find(world: World, resource: string, id: string): StoredItem | undefined {
    return world.table(this.table).get(keyOf(resource, id))
  }

  /** The next number of a resource. */
  nextNumber(world: World, resource: string): number {
    return world.nextId(`${this.#app}/${resource}`)
  }

  add(world: World, made: Omit<StoredItem, 'number'>): StoredItem {
    const item = { ...made, number: world.nextId(this.#app) }
    // Ids that were given are not given again.
    const sequence = `${this.#app}/${made.resource}`
    if (/^\d{1,15}$/.test(made.id) && Number(made.id) > world.lastId(sequence)) world.lastId(sequence, Number(made.id))
    world.table(this.table).set(keyOf(item.resource, item.id), item)
    return item
  }

  change(world: World, item: StoredItem, fields: JsonObject): StoredItem {
    const changed = { ...item, fields: { ...item.fields, ...fields } }
    world.table(this.table).set(keyOf(item.resource, item.id), changed)
    return changed
  }

  /** Let an operation fail from now on. */
  fail(world: World, operationId: string, code: number): void {
    this.add(world, { resource: FAILURE, id: operationId, owner: '', parents: {}, fields: { code } })
  }

  /** The code that an operation fails with; `null`: it does not. */
  failureOf(world: World, operationId: string): number | null {
    const code = world.table(this.table).get(keyOf(FAILURE, operationId))?.fields.code
    return typeof code === 'number' ? code : null
  }

  /** Remove an item with all that lies in it. @param parameter its name in the paths below it */
  remove(world: World, item: StoredItem, parameter: string): void {
    const table = world.table(this.table)
    table.delete(keyOf(item.resource, item.id))
    for (const [key, other] of [...table.entries()]) if (other.parents[parameter] === item.id) table.delete(key)
  }
}

/** What no collection of a document is called. */
const FAILURE = '!failure'

const keyOf = (resource: string, id: string) => `${resource}/${id}`

function isWithin({ parents }: StoredItem, wanted: StoredItem['parents']): boolean {
  return Object.entries(wanted).every(
    ([parameter, id]) => parents[parameter] === undefined || parents[parameter] === id,
  )
}

/** A value as ids are compared: `7` and `"7"` are the same. */
export const idOf = (value: Json | undefined): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : ''

/** Whether an item lies in one of these. */
export const isInside = ({ parents }: StoredItem, wanted: StoredItem['parents']): boolean =>
  Object.entries(wanted).some(([name, id]) => parents[name] === id)
