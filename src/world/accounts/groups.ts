import { byRelease } from '#lib/releases.ts'
import { s } from '#lib/schema.ts'
import { sha256 } from '#lib/sha256.ts'
import { defineTable } from '../define-table.ts'
import type { World } from '../world.ts'

declare module '#world/events.ts' {
  interface WorldEvents {
    'group.created': { readonly groupId: string }
    'group.changed': { readonly groupId: string }
    'group.deleted': { readonly groupId: string }
    'group.member-added': { readonly groupId: string; readonly userId: string }
    'group.member-removed': { readonly groupId: string; readonly userId: string }
    'group.sub-admin-added': { readonly groupId: string; readonly userId: string }
    'group.sub-admin-removed': { readonly groupId: string; readonly userId: string }
  }
}

export interface Group {
  readonly id: string
  readonly displayName: string
}

/** A pair of a group and an account, for members and for sub-administrators. */
export interface Pair {
  readonly groupId: string
  readonly userId: string
  /** Grows with every pair that is made: the order in which an account's groups are listed. */
  readonly order: number
}

/** Groups by id; ids are case sensitive. */
export const groupsTable = defineTable<Group>('groups', {
  record: s.object({ id: s.string(), displayName: s.string() }),
})
/** Who is in which group, by `group/user`. */
export const membersTable = defineTable<Pair>('members', {
  refersTo: { groupId: groupsTable },
  record: s.object({ groupId: s.string(), userId: s.string(), order: s.int() }),
})
/** Who administers which group, by `group/user`. */
export const subAdminsTable = defineTable<Pair>('subAdmins', {
  refersTo: { groupId: groupsTable },
  record: s.object({ groupId: s.string(), userId: s.string(), order: s.int() }),
})

/** The group whose members may do everything. It cannot be removed and has no sub-administrators. */
export const ADMIN = 'admin'

/** In characters; ids are not shortened up to 31 (27.1.10, source). */
const MAX_ID_LENGTH = byRelease(Number.POSITIVE_INFINITY, { 32: 64 })
/** In characters; none up to 31 on SQLite (27.1.10, asked). */
const MAX_NAME_LENGTH = byRelease(Number.POSITIVE_INFINITY, { 32: 255 })

const prefixOf = (groupId: string) => `${groupId.replaceAll('%', '%25').replaceAll('/', '%2F')}/`
const pairKey = (groupId: string, userId: string) => prefixOf(groupId) + userId

type PairTable = typeof membersTable

export function find(world: World, groupId: string): Group | undefined {
  return world.table(groupsTable).get(groupId)
}

/**
 * Make a group. Without a name it is called as its id was given; an id of more than 64 characters becomes a hash,
 * so that asking for it again finds the place `taken` and not the group (Nextcloud 34.0.1, asked).
 */
export function add(
  world: World,
  given: string,
  displayName = '',
): 'exists' | 'empty' | 'too-long' | 'taken' | 'added' {
  const length = [...given].length
  if (given === '') return 'empty'
  if (find(world, given)) return 'exists'
  if (length > MAX_NAME_LENGTH.at(world.release)) return 'too-long'
  const id = idFor(world, given)
  if (find(world, id)) return 'taken'
  world.table(groupsTable).set(id, { id, displayName: displayName.trim() || given })
  world.emit({ type: 'group.created', groupId: id })
  return 'added'
}

/** The id that a new group gets. */
export const idFor = (world: World, given: string): string =>
  [...given].length > MAX_ID_LENGTH.at(world.release) ? sha256(given) : given

/** An empty name changes nothing. */
export function setDisplayName(world: World, groupId: string, given: string): 'not-found' | 'empty' | 'changed' {
  const displayName = given.trim()
  if (!find(world, groupId)) return 'not-found'
  if (displayName === '') return 'empty'
  world.table(groupsTable).patch(groupId, { displayName })
  world.emit({ type: 'group.changed', groupId })
  return 'changed'
}

/** Remove a group with its members and sub-administrators. */
export function remove(world: World, groupId: string): 'not-found' | 'protected' | 'removed' {
  if (!find(world, groupId)) return 'not-found'
  if (groupId === ADMIN) return 'protected'
  world.table(groupsTable).delete(groupId)
  for (const key of [membersTable, subAdminsTable]) {
    const table = world.table(key)
    for (const pair of table.keysWithPrefix(prefixOf(groupId))) table.delete(pair)
  }
  world.emit({ type: 'group.deleted', groupId })
  return 'removed'
}

export interface Page {
  readonly search?: string
  /** `null`: all. */
  readonly limit?: number | null
  readonly offset?: number
}

/** Groups whose id or name contains a text in any case, by id. */
export function search(world: World, { search: text = '', limit = null, offset = 0 }: Page = {}): Group[] {
  const table = world.table(groupsTable)
  // Releases that take such a limit take it for none (Nextcloud 33.0.0, asked).
  const end = limit === null || limit <= 0 ? undefined : offset + limit
  if (text === '') {
    return table
      .sortedKeys()
      .slice(offset, end)
      .map((id) => table.get(id)!)
  }
  const wanted = lower(text)
  const found: Group[] = []
  for (const id of table.sortedKeys()) {
    const group = table.get(id)!
    if (lower(id).includes(wanted) || lower(group.displayName).includes(wanted)) found.push(group)
    if (found.length === end) break
  }
  return found.slice(offset, end)
}

/** SQLite lowers ASCII only (Nextcloud 34.0.1 on SQLite, asked). */
const lower = (text: string) => text.replace(/[A-Z]+/g, (run) => run.toLowerCase())

export function isMember(world: World, groupId: string, userId: string): boolean {
  return world.table(membersTable).has(pairKey(groupId, userId))
}

export function addMember(world: World, groupId: string, userId: string): void {
  if (addPair(world, membersTable, groupId, userId)) world.emit({ type: 'group.member-added', groupId, userId })
}

export function removeMember(world: World, groupId: string, userId: string): void {
  if (world.table(membersTable).delete(pairKey(groupId, userId)))
    world.emit({ type: 'group.member-removed', groupId, userId })
}

/** Ids of a group's members, sorted: a part of them, or all. */
export function members(
  world: World,
  groupId: string,
  { limit = null, offset = 0 }: Omit<Page, 'search'> = {},
): string[] {
  const keys = world.table(membersTable).keysWithPrefix(prefixOf(groupId))
  return keys.slice(offset, limit === null ? undefined : offset + limit).map(userOf)
}

export function countMembers(world: World, groupId: string): number {
  return world.table(membersTable).countPrefix(prefixOf(groupId))
}

/** Ids of the groups that an account is in, the oldest membership first. */
export function groupsOf(world: World, userId: string): string[] {
  return groupsOfPair(world, membersTable, userId)
}

export function isAdmin(world: World, userId: string): boolean {
  return isMember(world, ADMIN, userId)
}

/** Whether someone administers at least one group. */
export function isSubAdmin(world: World, userId: string): boolean {
  return subAdminGroupsOf(world, userId).length > 0
}

export function isSubAdminOf(world: World, groupId: string, userId: string): boolean {
  return world.table(subAdminsTable).has(pairKey(groupId, userId))
}

export function addSubAdmin(world: World, groupId: string, userId: string): void {
  if (addPair(world, subAdminsTable, groupId, userId)) world.emit({ type: 'group.sub-admin-added', groupId, userId })
}

export function removeSubAdmin(world: World, groupId: string, userId: string): void {
  if (world.table(subAdminsTable).delete(pairKey(groupId, userId)))
    world.emit({ type: 'group.sub-admin-removed', groupId, userId })
}

/** Ids of a group's sub-administrators, sorted. */
export function subAdminsOf(world: World, groupId: string): string[] {
  return world.table(subAdminsTable).keysWithPrefix(prefixOf(groupId)).map(userOf)
}

/** Ids of the groups that someone administers, the oldest appointment first. */
export function subAdminGroupsOf(world: World, userId: string): string[] {
  return groupsOfPair(world, subAdminsTable, userId)
}

/** Whether someone administers an account: as a sub-administrator of one of its groups, or because it is their own. */
export function isAccessibleTo(world: World, subAdminId: string, userId: string): boolean {
  if (subAdminId === userId) return true
  if (isAdmin(world, userId)) return false
  const theirs = subAdminGroupsOf(world, subAdminId)
  return theirs.some((groupId) => isMember(world, groupId, userId))
}

/** Take an account out of all groups and of the administration of all groups. */
export function removeUserEverywhere(world: World, userId: string): void {
  for (const groupId of groupsOf(world, userId)) removeMember(world, groupId, userId)
  for (const groupId of subAdminGroupsOf(world, userId)) world.table(subAdminsTable).delete(pairKey(groupId, userId))
}

const userOf = (key: string) => key.slice(key.indexOf('/') + 1)

function addPair(world: World, table: PairTable, groupId: string, userId: string): boolean {
  const key = pairKey(groupId, userId)
  if (world.table(table).has(key)) return false
  world.table(table).set(key, { groupId, userId, order: world.nextId(table.name) })
  return true
}

function groupsOfPair(world: World, key: PairTable, userId: string): string[] {
  const table = world.table(key)
  return table
    .index('user', (pair) => pair.userId)
    .keysOf(userId)
    .map((pair) => table.get(pair)!)
    .sort((a, b) => a.order - b.order)
    .map((pair) => pair.groupId)
}
