import { s } from '#lib/schema.ts'
import * as groups from '../accounts/groups.ts'
import * as users from '../accounts/users.ts'
import { defineTable } from '../define-table.ts'
import { TYPE } from '../sharing/share.ts'
import type { World } from '../world.ts'
import type { CollectionKind } from './changes.ts'

declare module '#world/events.ts' {
  interface WorldEvents {
    'collection.shared': CollectionAndPrincipal & { readonly isNew: boolean }
    'collection.unshared': CollectionAndPrincipal
    'calendar.published': { readonly id: number }
    'calendar.unpublished': { readonly id: number }
  }
}

interface CollectionAndPrincipal {
  readonly kind: CollectionKind
  readonly id: number
  readonly principal: string
}

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

/** Everybody whom a collection is shared with as clients are told: who made it public counts too. */
export const invitesOf = (world: World, kind: CollectionKind, id: number): CollectionShare[] =>
  ofCollection(world, kind, id)
    .filter(({ access }) => access !== 'unshared')
    .sort((a, b) => (a.principal < b.principal ? -1 : a.principal > b.principal ? 1 : 0))

/** What an account may do with a collection that is shared with the account itself, and not only with a group of it. */
export const ownAccess = (
  world: World,
  kind: CollectionKind,
  id: number,
  userId: string,
): CollectionShare | undefined =>
  sharesOf(world, kind, id).find(({ principal }) => principal === `principals/users/${userId}`)

/** With whom a collection is shared. */
export const sharesOf = (world: World, kind: CollectionKind, id: number): CollectionShare[] =>
  ofCollection(world, kind, id).filter(({ access }) => access === 'read' || access === 'read-write')

/** The accounts with which a collection is shared, also through groups. */
export function seersOf(world: World, kind: CollectionKind, id: number): string[] {
  const all = sharesOf(world, kind, id).flatMap(({ principal }) => membersOf(world, principal))
  return [...new Set(all)]
}

/** The accounts that a principal stands for. */
export function membersOf(world: World, principal: string): readonly string[] {
  const [, kind, name = ''] = principal.split('/')
  const id = decodeURIComponent(name)
  if (kind === 'groups') return groups.members(world, id)
  return kind === 'circles' ? (teamsOf(world)?.members(world, id) ?? []) : [name]
}

const teamsOf = (world: World) => world.rules.recipients?.get(TYPE.team)

/** Whether there is a team of an id. */
export const isTeam = (world: World, id: string): boolean => teamsOf(world)?.nameOf(world, id) !== undefined

/** What to call whom something is shared with; `undefined`: nobody knows. */
export function principalName(world: World, principal: string): string | undefined {
  const [, kind, name = ''] = principal.split('/')
  const id = decodeURIComponent(name)
  if (kind === 'circles') return teamsOf(world)?.nameOf(world, id)
  return (kind === 'groups' ? groups.find(world, id) : users.find(world, id))?.displayName
}

/** Let somebody see a collection; who could already may from now on as it is said now. */
export function share(
  world: World,
  kind: CollectionKind,
  collectionId: number,
  principal: string,
  access: 'read' | 'read-write',
): void {
  const wasShared = drop(world, kind, collectionId, principal)
  put(world, { kind, collectionId, principal, access, publicUri: null })
  world.emit({ type: 'collection.shared', kind, id: collectionId, principal, isNew: !wasShared })
}

function put(world: World, made: Omit<CollectionShare, 'id'>): CollectionShare {
  const made2 = { id: world.nextId('collectionShare'), ...made }
  world.table(collectionSharesTable).set(String(made2.id), made2)
  return made2
}

/** Whether there was such a share. */
export function unshare(world: World, kind: CollectionKind, collectionId: number, principal: string): boolean {
  const wasShared = drop(world, kind, collectionId, principal)
  if (wasShared) world.emit({ type: 'collection.unshared', kind, id: collectionId, principal })
  return wasShared
}

function drop(world: World, kind: CollectionKind, collectionId: number, principal: string): boolean {
  const found = ofCollection(world, kind, collectionId).filter((one) => one.principal === principal)
  for (const { id } of found) world.table(collectionSharesTable).delete(String(id))
  return found.length > 0
}

/** Leave a collection: a share of one's own goes; one through a group is only hidden. */
export function leave(world: World, kind: CollectionKind, collectionId: number, userId: string): void {
  const principal = `principals/users/${userId}`
  drop(world, kind, collectionId, principal)
  const viaGroup = sharesOf(world, kind, collectionId).some((one) =>
    principalsOf(world, kind, userId).includes(one.principal),
  )
  if (viaGroup) put(world, { kind, collectionId, principal, access: 'unshared', publicUri: null })
  world.emit({ type: 'collection.unshared', kind, id: collectionId, principal })
}

/** Make a collection public, or private again, in the name of an account: the name in public addresses. */
export function publish(
  world: World,
  kind: CollectionKind,
  collectionId: number,
  by: string,
  isPublic: boolean,
): string | null {
  const known = ofCollection(world, kind, collectionId).find(({ access }) => access === 'public')
  if (!isPublic) {
    if (!known) return null
    world.table(collectionSharesTable).delete(String(known.id))
    if (kind === 'calendar') world.emit({ type: 'calendar.unpublished', id: collectionId })
    return null
  }
  if (known) return known.publicUri
  const publicUri = world.random.token(16, PUBLIC_ALPHABET)
  put(world, { kind, collectionId, principal: `principals/users/${by}`, access: 'public', publicUri })
  if (kind === 'calendar') world.emit({ type: 'calendar.published', id: collectionId })
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

/** As whom an account can be meant. What is shared with a team reaches its members in calendars alone (Nextcloud 34.0.1, asked). */
const principalsOf = (world: World, kind: CollectionKind, userId: string): string[] => [
  ...groups.groupsOf(world, userId).map((id) => `principals/groups/${encodeURIComponent(id)}`),
  ...(kind === 'calendar' ? (teamsOf(world)?.ofAccount(world, userId) ?? []) : []).map(
    (id) => `principals/circles/${id}`,
  ),
  `principals/users/${userId}`,
]

/** All that names an account or one of its groups, also what it left. */
export function meantFor(world: World, kind: CollectionKind, userId: string): CollectionShare[] {
  const table = world.table(collectionSharesTable)
  const index = table.index('principal', (one) => one.principal)
  return principalsOf(world, kind, userId)
    .flatMap((principal) => index.keysOf(principal))
    .map((key) => table.get(key)!)
    .filter((one) => one.kind === kind && one.access !== 'public')
    .sort((a, b) => a.id - b.id)
}

/** What others share with an account: each collection once, with the most that it may. */
export function receivedBy(world: World, kind: CollectionKind, userId: string): CollectionShare[] {
  const all = meantFor(world, kind, userId)
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
