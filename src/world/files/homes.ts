import { byRelease } from '#lib/releases.ts'
import * as users from '../accounts/users.ts'
import { defineReactions } from '../reactions.ts'
import type { World } from '../world.ts'
import { unpackDefaultContact } from './appdata.ts'
import { mimeOf } from './mime.ts'
import * as mounts from './mounts.ts'
import { type SkeletonEntry, setSkeleton, skeleton } from './skeleton.ts'
import * as stalePlaces from './stale-places.ts'
import * as tags from './tags.ts'
import type { FileNode } from './tree.ts'
import * as tree from './tree.ts'

export const storageOf = (userId: string): string => `home::${userId}`

/** The top folder of an account's files; `undefined`: nobody ever logged in, and nothing was put there. */
export function home(world: World, userId: string): FileNode | undefined {
  const root = tree.storageRoot(world, storageOf(users.find(world, userId)?.id ?? userId))
  return root && tree.child(world, root.id, 'files')
}

/**
 * The top folder of an account's files, made where it is missing.
 * @param fill puts into a new home what it begins with. Default: the skeleton
 */
export const ensureHome = (world: World, userId: string, fill = putSkeleton): FileNode =>
  home(world, userId) ?? make(world, users.find(world, userId)?.id ?? userId, fill)

/** Somebody logs in: the home is made, and a folder for what is cached. */
export function open(world: World, userId: string): void {
  const root = tree.ensureStorage(world, storageOf(userId))
  if (!tree.child(world, root.id, 'cache')) tree.add(world, { parent: root.id, name: 'cache', type: 'folder' })
  ensureHome(world, userId)
  stalePlaces.forget(world, userId)
}

/** Whether the first home comes after the contact that every new account gets, or before it. */
const CONTACT_FIRST = byRelease(false, { 34: true })

function make(world: World, userId: string, fill: typeof putSkeleton): FileNode {
  const root = tree.ensureStorage(world, storageOf(userId))
  if (CONTACT_FIRST.at(world.release)) unpackDefaultContact(world)
  const files = tree.add(world, { parent: root.id, name: 'files', type: 'folder' })
  fill(world, files, userId)
  if (!CONTACT_FIRST.at(world.release)) unpackDefaultContact(world)
  return tree.get(world, files.id)
}

function putSkeleton(world: World, home: FileNode, userId: string): void {
  const folders = new Map([['', home.id]])
  for (const { path, content } of skeleton(world)) {
    // What was received before under that name stands there already (Nextcloud 34.0.1, asked).
    if (mounts.at(world, userId, path)) continue
    const at = path.lastIndexOf('/')
    const parent = folders.get(path.slice(0, at))
    if (parent === undefined) continue
    const name = path.slice(at + 1)
    const createdAt = world.clock.seconds()
    if (content) tree.add(world, { parent, name, type: 'file', mime: mimeOf(name), createdAt }, content)
    else folders.set(path, tree.add(world, { parent, name, type: 'folder', createdAt }).id)
  }
}

/**
 * Let homes begin with something else from now on: those that hold what they began with and nothing more, as that of
 * a fresh installation's administrator, begin again.
 */
export function changeSkeleton(world: World, entries: readonly SkeletonEntry[]): void {
  const began = new Map(skeleton(world).map(({ path, content }) => [path, content]))
  const untouched = [...world.table(users.usersTable).values()].filter(({ id }) => {
    const top = home(world, id)
    if (!top) return false
    const below = tree.subtree(world, top.id).filter((node) => node.id !== top.id)
    return below.length === began.size && below.every((node) => holdsStill(world, node, began))
  })
  setSkeleton(world, entries)
  for (const { id } of untouched) {
    const top = home(world, id)!
    for (const { id: child } of tree.children(world, top.id)) tree.drop(world, child)
    putSkeleton(world, top, id)
  }
}

function holdsStill(world: World, node: FileNode, began: ReadonlyMap<string, SkeletonEntry['content']>): boolean {
  const content = began.get(tree.storagePath(world, node).replace(/^files/, ''))
  return JSON.stringify(content) === JSON.stringify(world.table(tree.contentsTable).get(String(node.id)) ?? null)
}

/** Files leave with their account. */
export const homeReactions = defineReactions(
  {
    'user.deleted': (world, { userId }) => {
      tags.forgetOf(world, userId)
      const storage = storageOf(userId)
      const root = tree.storageRoot(world, storage)
      if (!root) return
      tree.drop(world, root.id)
      world.table(tree.storagesTable).delete(storage)
    },
  },
  { phase: 'clean-up', evenIfDisabled: true },
)
