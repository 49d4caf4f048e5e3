import { s } from '#lib/schema.ts'
import * as groups from '../accounts/groups.ts'
import { defineTable } from '../define-table.ts'
import type { World } from '../world.ts'
import type { CollectionKind } from './changes.ts'

/** `unshared`: somebody who could see it through a group does not want to. */
export type Access = 'read-write' | 'read' | 'public' | 'unshared'

/** A calendar or an address book that others may see. */
export interface CollectionShare {
  readonly id: number
  readonly kind: CollectionKind
  readonly collectionId: number
  /** Who may: `principals/users/bob`, `principals/groups/staff`; of a public one, its owner. */
  readonly principal: string
  readonly access: Access
  /** The name in public addresses. */
  readonly publicUri: string | null
}

/** Shares of calendars and address books by id. */
export const collectionSharesTable = defineTable<CollectionShare>('collectionShares', {
  sequence: 'collectionShare',
  record: s.object({
    id: s.int(),
    kind: s.literal('calendar', 'addressbook'),
    collectionId: s.int(),
    principal: s.string(),
    access: s.literal('read-write', 'read', 'public', 'unshared'),
    publicUri: s.nullable(s.string()),
  }),
})

const ofCollection = (world: World, kind: CollectionKind, id: number): CollectionShare[] => {
  const table = world.table(collectionSharesTable)
  return table
    .index('collection', (share) => `${share.kind}/${share.collectionId}`)
    .keysOf(`${kind}/${id}`)
    .map((key) => table.get(key)!)
    .sort((a, b) => a.id - b.id)
}

/** With whom a collection is shared. */
export const sharesOf = (world: World, kind: CollectionKind, id: number): CollectionShare[] =>
  ofCollection(world, kind, id).filter(({ access }) => access === 'read' || access === 'read-write')

/** Let somebody see a collection; who could already may from now on as it is said now. */
export function share(
  world: World,
  kind: CollectionKind,
  collectionId: number,
  principal: string,
  access: 'read' | 'read-write',
): void {
  unshare(world, kind, collectionId, principal)
  put(world, { kind, collectionId, principal, access, publicUri: null })
}

function put(world: World, made: Omit<CollectionShare, 'id'>): CollectionShare {
  const made2 = { id: world.nextId('collectionShare'), ...made }
  world.table(collectionSharesTable).set(String(made2.id), made2)
  return made2
}

/** Whether there was such a share. */
export function unshare(world: World, kind: CollectionKind, collectionId: number, principal: string): boolean {
  const found = ofCollection(world, kind, collectionId).filter(
    (one) => one.principal === principal && one.access !== 'public',
  )
  for (const { id } of found) world.table(collectionSharesTable).delete(String(id))
  return found.length > 0
}

/** Leave a collection: a share of one's own goes; one through a group is only hidden. */
export function leave(world: World, kind: CollectionKind, collectionId: number, userId: string): void {
  const principal = `principals/users/${userId}`
  unshare(world, kind, collectionId, principal)
  const viaGroup = sharesOf(world, kind, collectionId).some((one) =>
    principalsOf(world, userId).includes(one.principal),
  )
  if (viaGroup) put(world, { kind, collectionId, principal, access: 'unshared', publicUri: null })
}

/** Make a collection public, or private again: the name in public addresses. */
export function publish(
  world: World,
  kind: CollectionKind,
  collectionId: number,
  owner: string,
  isPublic: boolean,
): string | null {
  const known = ofCollection(world, kind, collectionId).find(({ access }) => access === 'public')
  if (!isPublic) {
    if (known) world.table(collectionSharesTable).delete(String(known.id))
    return null
  }
  if (known) return known.publicUri
  const publicUri = world.random.token(16, PUBLIC_ALPHABET)
  put(world, { kind, collectionId, principal: `principals/users/${owner}`, access: 'public', publicUri })
  return publicUri
}

/** Letters and digits that people do not mix up. */
const PUBLIC_ALPHABET = 'abcdefgijkmnopqrstwxyzABCDEFGHJKLMNPQRSTWXYZ23456789'

export const publicUriOf = (world: World, kind: CollectionKind, collectionId: number): string | null =>
  ofCollection(world, kind, collectionId).find(({ access }) => access === 'public')?.publicUri ?? null

/** The public collection of a name. */
export function findPublic(world: World, kind: CollectionKind, publicUri: string): CollectionShare | undefined {
  const table = world.table(collectionSharesTable)
  const [key] = table.index('public', (one) => one.publicUri ?? undefined).keysOf(publicUri)
  const found = key === undefined ? undefined : table.get(key)
  return found?.kind === kind ? found : undefined
}

/** As whom an account can be meant. */
const principalsOf = (world: World, userId: string): string[] => [
  ...groups.groupsOf(world, userId).map((id) => `principals/groups/${encodeURIComponent(id)}`),
  `principals/users/${userId}`,
]

/** What others share with an account: each collection once, with the most that it may. */
export function receivedBy(world: World, kind: CollectionKind, userId: string): CollectionShare[] {
  const table = world.table(collectionSharesTable)
  const index = table.index('principal', (one) => one.principal)
  const all = principalsOf(world, userId)
    .flatMap((principal) => index.keysOf(principal))
    .map((key) => table.get(key)!)
    .filter((one) => one.kind === kind && one.access !== 'public')
    .sort((a, b) => a.id - b.id)
  const left = new Set(all.filter(({ access }) => access === 'unshared').map(({ collectionId }) => collectionId))
  const best = new Map<number, CollectionShare>()
  for (const one of all) {
    if (left.has(one.collectionId)) continue
    if (!best.has(one.collectionId) || one.access === 'read-write') best.set(one.collectionId, one)
  }
  return [...best.values()]
}

export function forgetShares(world: World, kind: CollectionKind, collectionId: number): void {
  for (const { id } of ofCollection(world, kind, collectionId)) world.table(collectionSharesTable).delete(String(id))
}

/** Nobody shares with a principal that is gone. */
export function forgetPrincipal(world: World, principal: string): void {
  const table = world.table(collectionSharesTable)
  for (const key of table.index('principal', (one) => one.principal).keysOf(principal)) table.delete(key)
}
