import * as files from './files.ts'
import { tableKey, type World } from './world.ts'

/** Something that a collection holds: a file by its id, or what other apps know. */
export interface Resource {
  readonly type: string
  readonly id: string
}

/** Things that belong together. Whoever reaches one of them sees the collection. */
export interface Collection {
  readonly id: number
  readonly name: string
  readonly resources: readonly Resource[]
}

export const collectionsTable = tableKey<Collection>('collections')

/** The file behind a resource, as an account sees it. Files are the only resources of a fresh installation. */
export function fileOf(world: World, userId: string, { type, id }: Resource): files.Entry | undefined {
  return type === 'file' && /^\d+$/.test(id) ? files.entryOf(world, userId, Number(id)) : undefined
}

const sees = (world: World, userId: string, { resources }: Collection) =>
  resources.some((resource) => fileOf(world, userId, resource))

/** A collection that an account sees. */
export function find(world: World, id: number, userId: string): Collection | undefined {
  const found = world.table(collectionsTable).get(String(id))
  return found && sees(world, userId, found) ? found : undefined
}

/** Collections that an account sees and whose names contain a text, at most 50, oldest first. */
export function search(world: World, userId: string, text: string): Collection[] {
  const wanted = text.toLowerCase()
  const all = [...world.table(collectionsTable).values()]
  return all.filter((each) => each.name.toLowerCase().includes(wanted) && sees(world, userId, each)).slice(0, 50)
}

const isSame = (a: Resource, b: Resource) => a.type === b.type && a.id === b.id

/** The collections that hold a resource. */
export function holding(world: World, resource: Resource): Collection[] {
  return [...world.table(collectionsTable).values()].filter(({ resources }) =>
    resources.some((each) => isSame(each, resource)),
  )
}

export function create(world: World, name: string, resource: Resource): Collection {
  const made = { id: world.nextId('collection'), name, resources: [resource] }
  world.table(collectionsTable).set(String(made.id), made)
  return made
}

export function add(world: World, to: Collection, resource: Resource): 'added' | 'exists' {
  if (to.resources.some((each) => isSame(each, resource))) return 'exists'
  world.table(collectionsTable).patch(String(to.id), { resources: [...to.resources, resource] })
  return 'added'
}

/** Take a resource out; without resources, there is no collection. */
export function remove(world: World, from: Collection, resource: Resource): void {
  const resources = from.resources.filter((each) => !isSame(each, resource))
  if (resources.length === 0) world.table(collectionsTable).delete(String(from.id))
  else world.table(collectionsTable).patch(String(from.id), { resources })
}

export function rename(world: World, collection: Collection, name: string): void {
  world.table(collectionsTable).patch(String(collection.id), { name })
}
