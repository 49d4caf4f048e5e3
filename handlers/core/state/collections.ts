import { toInt } from '#lib/php.ts'
import { s } from '#lib/schema.ts'
import { defineTable } from '#world/define-table.ts'
import * as files from '#world/files/files.ts'
import { defineReactions } from '#world/reactions.ts'
import type { World } from '#world/world.ts'

/** Something that is part of a collection. Only files are known. */
export interface Resource {
  readonly type: string
  readonly id: string
}

export interface Collection {
  readonly id: number
  readonly name: string
  readonly resources: readonly Resource[]
}

/** Collections by id. */
export const collectionsTable = defineTable<Collection>('collections', {
  sequence: 'collection',
  record: s.object({
    id: s.int(),
    name: s.string(),
    resources: s.list(s.object({ type: s.string(), id: s.string() })),
  }),
})
/**
 * Who may see what, as it was found out once: by `user/c/collection` and `user/r/type/resource`. It is believed
 * until something clears it, even where it is not true any more.
 */
export const accessTable = defineTable<{ readonly access: boolean }>('collectionAccess', {
  record: s.object({ access: s.bool() }),
})

/** Someone who looks at collections. */
export interface Viewer {
  readonly world: World
  readonly userId: string
  /** Keys of the resources that were found out to be theirs to see only now. */
  readonly foundOut: Set<string>
}

const NAME_BYTES = 64
const collectionKey = (userId: string, id: number) => `${encodeURIComponent(userId)}/c/${id}`
const resourceKey = (userId: string, { type, id }: Resource) =>
  [userId, 'r', type, id].map((part) => encodeURIComponent(part)).join('/')
const isSame = (a: Resource, b: Resource) => a.type === b.type && a.id === b.id

export function isValidName(name: string): boolean {
  const { length } = new TextEncoder().encode(name)
  return length > 0 && length <= NAME_BYTES
}

/** Whether a resource is known to be the viewer's to see. */
export const maySee = ({ world, userId }: Viewer, resource: Resource): boolean =>
  world.table(accessTable).get(resourceKey(userId, resource))?.access === true

/** Whether a collection is known to be the viewer's to see. */
const mayAccess = ({ world, userId }: Viewer, { id }: Collection): boolean =>
  world.table(accessTable).get(collectionKey(userId, id))?.access === true

/** Find out, where that was never done, whether the viewer may see a resource: a file that the viewer has. */
export function findOutAccess({ world, userId, foundOut }: Viewer, resource: Resource): void {
  const key = resourceKey(userId, resource)
  if (world.table(accessTable).has(key)) return
  const access = resource.type === 'file' && files.entryOf(world, userId, toInt(resource.id)) !== undefined
  world.table(accessTable).set(key, { access })
  foundOut.add(key)
}

/**
 * Find out, where that was never done, whether the viewer may see a collection: all that is in it, and there must be
 * something in it. What comes after something that may not be seen is not looked at.
 */
export function findOutAccessTo(viewer: Viewer, collection: Collection): void {
  const { world, userId } = viewer
  const key = collectionKey(userId, collection.id)
  if (world.table(accessTable).has(key)) return
  const access =
    collection.resources.length > 0 &&
    collection.resources.every((resource) => {
      findOutAccess(viewer, resource)
      return maySee(viewer, resource)
    })
  world.table(accessTable).set(key, { access })
}

export const find = (world: World, id: number): Collection | undefined => world.table(collectionsTable).get(String(id))

/** The collections among some that are known to be the viewer's to see. */
export const visible = (viewer: Viewer, collections: readonly Collection[]): Collection[] =>
  collections.filter((collection) => mayAccess(viewer, collection))

/** Collections whose names contain a text, among those that the account is known to see; fifty at most. */
export function search({ world, userId }: Viewer, text: string): Collection[] {
  const wanted = text.toLowerCase()
  return [...world.table(collectionsTable).values()]
    .filter(({ id }) => world.table(accessTable).get(collectionKey(userId, id))?.access === true)
    .filter(({ name }) => name.toLowerCase().includes(wanted))
    .sort((a, b) => a.id - b.id)
    .slice(0, 50)
}

/** Collections that a resource is part of. */
export function containing(world: World, resource: Resource): Collection[] {
  return [...world.table(collectionsTable).values()].filter(({ resources }) =>
    resources.some((other) => isSame(other, resource)),
  )
}

/** Whether a resource is part of any collection. */
export const isKnown = (world: World, resource: Resource): boolean => containing(world, resource).length > 0

export function create(world: World, name: string, resource: Resource): Collection {
  const collection: Collection = { id: world.nextId('collection'), name, resources: [resource] }
  world.table(collectionsTable).set(String(collection.id), collection)
  return collection
}

export function rename(world: World, collection: Collection, name: string): Collection {
  return write(world, { ...collection, name })
}

/** Put a resource into a collection; one that is there already changes nothing. */
export function add(world: World, collection: Collection, resource: Resource): Collection {
  if (collection.resources.some((other) => isSame(other, resource))) return collection
  forgetAccess(world, (key) => key.endsWith(`/c/${collection.id}`))
  return write(world, { ...collection, resources: [...collection.resources, resource] })
}

/** Take a resource out. A collection that is empty then is gone, and has the id 0. */
export function remove(world: World, collection: Collection, resource: Resource): Collection {
  forgetAccess(world, (key) => key.endsWith(`/c/${collection.id}`))
  const resources = collection.resources.filter((other) => !isSame(other, resource))
  if (resources.length > 0) return write(world, { ...collection, resources })
  world.table(collectionsTable).delete(String(collection.id))
  return { ...collection, id: 0, resources }
}

function write(world: World, collection: Collection): Collection {
  world.table(collectionsTable).set(String(collection.id), collection)
  return collection
}

function forgetAccess(world: World, which: (key: string) => boolean): void {
  const table = world.table(accessTable)
  for (const key of [...table.keys()].filter(which)) table.delete(key)
}

/**
 * A file of a collection as the viewer sees it; `undefined` where it is gone, and where access to it was found out
 * only now: the real server has lost it by then (Nextcloud 34.0.1, asked).
 */
export function fileOf({ world, userId, foundOut }: Viewer, resource: Resource): files.Entry | undefined {
  return foundOut.has(resourceKey(userId, resource)) ? undefined : files.entryOf(world, userId, toInt(resource.id))
}

/** What is shared changes who sees which file. */
export const collectionReactions = defineReactions(
  {
    'share.created': (world) => forgetSharedAccess(world),
    'share.deleted': (world) => forgetSharedAccess(world),
    'share.left': (world) => forgetSharedAccess(world),
    'user.deleted': (world, { userId }) =>
      forgetAccess(world, (key) => key.startsWith(`${encodeURIComponent(userId)}/`)),
  },
  { evenIfDisabled: true },
)

const forgetSharedAccess = (world: World) => forgetAccess(world, (key) => key.includes('/r/file/'))
