import * as users from '../accounts/users.ts'
import type { World } from '../world.ts'
import { accountsReaching, type Entry, entryOf, normalize, resolve } from './entries.ts'
import { storageOf } from './homes.ts'
import * as tree from './tree.ts'

/** A file or folder by its place among all that a server keeps: `/alice/files/letter.txt`. */
export interface ServerNode {
  readonly node: tree.FileNode
  readonly path: string
  /** Where it is among an account's files; `null`: it lies beside them, in the trash, among the versions. */
  readonly entry: Entry | null
}

/** The place of what an account sees. */
export const serverPath = ({ userId, path }: Pick<Entry, 'userId' | 'path'>): string =>
  `/${userId}/files${path === '/' ? '' : path}`

/** The account and the path in its files that a place names, whether something is there or not. */
export function placeOf(path: string): { readonly userId: string; readonly path: string } | null {
  const [, userId, area, ...names] = normalize(path).split('/')
  return userId !== undefined && area === 'files' ? { userId, path: normalize(names.join('/')) } : null
}

/** What a number or a place names. */
export function find(world: World, given: string): ServerNode | undefined {
  return /^\s*[+-]?\d+(?:\.\d*)?$/.test(given) ? findById(world, Math.trunc(Number(given))) : findAt(world, given)
}

/** A node as the first account that reaches it sees it. */
export function findById(world: World, id: number): ServerNode | undefined {
  const [userId] = accountsReaching(world, id)
  const entry = userId === undefined ? undefined : entryOf(world, userId, id)
  return entry && { node: entry.node, path: serverPath(entry), entry }
}

/** What lies at a place: `/alice/files/letter.txt`, `/alice/files_trashbin`. */
export function findAt(world: World, given: string): ServerNode | undefined {
  const path = normalize(given)
  const place = placeOf(path)
  if (place && users.find(world, place.userId)?.id === place.userId) {
    const entry = resolve(world, place.userId, place.path)
    return entry && { node: entry.node, path, entry }
  }
  const [, userId = '', ...names] = path.split('/')
  if (names.length === 0) return undefined
  const root = tree.storageRoot(world, storageOf(userId))
  const node = root && tree.descend(world, root, names.join('/'))
  return node && { node, path, entry: null }
}

/** Where a mount hangs, with a slash at the end: `/bob/files/letter.txt/`. */
export const mountPoint = (mount: Pick<Entry, 'userId' | 'path'>): string => `${serverPath(mount)}/`
