import { md5 } from '#lib/md5.ts'
import { s } from '#lib/schema.ts'
import * as groups from '#world/accounts/groups.ts'
import { defineTable } from '#world/define-table.ts'
import * as config from '#world/settings/config.ts'
import type { World } from '#world/world.ts'

/** A tag that all accounts share. */
export interface SystemTag {
  readonly id: number
  readonly name: string
  readonly userVisible: boolean
  readonly userAssignable: boolean
  /** Six hexadecimal digits, or empty. */
  readonly color: string
  /** Groups whose members may assign it though others may not. */
  readonly groups?: readonly string[]
}

declare module '#world/events.ts' {
  interface WorldEvents {
    'tag.created': { readonly tag: SystemTag }
    'tag.changed': { readonly tag: SystemTag; readonly before: SystemTag }
    'tag.deleted': { readonly tag: SystemTag }
    'tag.assigned': { readonly tag: SystemTag; readonly objectType: string; readonly objectId: string }
    'tag.unassigned': { readonly tag: SystemTag; readonly objectType: string; readonly objectId: string }
  }
}

/** Tags by id. */
export const systemTagsTable = defineTable<SystemTag>('systemTags', {
  sequence: 'systemTag',
  record: s.object({
    id: s.int(),
    name: s.string(),
    userVisible: s.bool(),
    userAssignable: s.bool(),
    color: s.string(),
    groups: s.optional(s.list(s.string())),
  }),
})
/** Which objects have which tag, by `type/object/tag`. */
export const tagMappingsTable = defineTable<{
  readonly objectType: string
  readonly objectId: string
  readonly tagId: number
}>('systemTagMappings', {
  refersTo: { tagId: systemTagsTable },
  record: s.object({ objectType: s.string(), objectId: s.string(), tagId: s.int() }),
})

const mappingKey = (objectType: string, objectId: string, tagId: number) => `${objectType}/${objectId}/${tagId}`

export const find = (world: World, id: number): SystemTag | undefined => world.table(systemTagsTable).get(String(id))

/** Tags that an account sees, by name. */
export function list(world: World, userId: string): SystemTag[] {
  return [...world.table(systemTagsTable).values()]
    .filter((tag) => sees(world, userId, tag))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

export const sees = (world: World, userId: string, tag: SystemTag): boolean =>
  tag.userVisible || groups.isAdmin(world, userId)

export function mayAssign(world: World, userId: string, tag: SystemTag): boolean {
  if (groups.isAdmin(world, userId) || (tag.userVisible && tag.userAssignable)) return true
  return tag.userVisible && groups.groupsOf(world, userId).some((id) => tag.groups?.includes(id))
}

/** An administrator can keep it to administrators to make tags and to change them. */
export const mayCreate = (world: World, userId: string): boolean =>
  groups.isAdmin(world, userId) || !config.getAppBool(world, 'systemtags', 'restrict_creation_to_admin', false)

/** Groups whose members may assign a tag, where others who see it may not. */
export const groupsOf = (tag: SystemTag): readonly string[] =>
  tag.userVisible && !tag.userAssignable ? (tag.groups ?? []) : []

const MAX_NAME_BYTES = 64
const shortened = (name: string) => new TextDecoder().decode(new TextEncoder().encode(name).slice(0, MAX_NAME_BYTES))

/** Make a tag. No other one has its name, in any case. */
export function create(world: World, made: Omit<SystemTag, 'id' | 'color'>): SystemTag | 'exists' {
  if (isTaken(world, made.name)) return 'exists'
  const tag: SystemTag = { ...made, name: shortened(made.name), id: world.nextId('systemTag'), color: '' }
  world.table(systemTagsTable).set(String(tag.id), tag)
  world.emit({ type: 'tag.created', tag })
  return tag
}

export function update(world: World, tag: SystemTag, change: Partial<SystemTag>): 'changed' | 'exists' {
  const changed = { ...tag, ...change, name: shortened((change.name ?? tag.name).trim()) }
  if (isTaken(world, changed.name, tag.id)) return 'exists'
  world.table(systemTagsTable).set(String(tag.id), changed)
  world.emit({ type: 'tag.changed', tag: changed, before: tag })
  return 'changed'
}

/** Say whose members may assign a tag: no change of the tag itself. */
export const setGroups = (world: World, tag: SystemTag, names: readonly string[]): void => {
  world.table(systemTagsTable).set(String(tag.id), { ...tag, groups: names })
}

function isTaken(world: World, name: string, besides = 0): boolean {
  for (const tag of world.table(systemTagsTable).values())
    if (tag.id !== besides && tag.name.toLowerCase() === name.toLowerCase()) return true
  return false
}

export function remove(world: World, tag: SystemTag): void {
  for (const [key, mapping] of [...world.table(tagMappingsTable).entries()]) {
    if (mapping.tagId === tag.id) world.table(tagMappingsTable).delete(key)
  }
  if (world.table(systemTagsTable).delete(String(tag.id))) world.emit({ type: 'tag.deleted', tag })
}

export function assign(world: World, objectType: string, objectId: string, tag: SystemTag): void {
  if (isAssigned(world, objectType, objectId, tag.id)) return
  const mapping = { objectType, objectId, tagId: tag.id }
  world.table(tagMappingsTable).set(mappingKey(objectType, objectId, tag.id), mapping)
  world.emit({ type: 'tag.assigned', tag, objectType, objectId })
}

/** What has not had the tag loses it all the same, as it is told (Nextcloud 34.0.1, source). */
export function unassign(world: World, objectType: string, objectId: string, tag: SystemTag): void {
  world.table(tagMappingsTable).delete(mappingKey(objectType, objectId, tag.id))
  world.emit({ type: 'tag.unassigned', tag, objectType, objectId })
}

export function isAssigned(world: World, objectType: string, objectId: string, tagId: number): boolean {
  return world.table(tagMappingsTable).has(mappingKey(objectType, objectId, tagId))
}

/** Tags of an object that an account sees, by name. */
export function tagsOf(world: World, userId: string, objectType: string, objectId: string): SystemTag[] {
  return list(world, userId).filter((tag) => isAssigned(world, objectType, objectId, tag.id))
}

/** Ids of the objects that have a tag. */
export function objectsOf(world: World, objectType: string, tagId: number): string[] {
  return [...world.table(tagMappingsTable).values()]
    .filter((mapping) => mapping.tagId === tagId && mapping.objectType === objectType)
    .map(({ objectId }) => objectId)
}

/** Changes with what a tag is and with what has it. */
export function etagOf(world: World, tag: SystemTag): string {
  return md5(JSON.stringify([tag, objectsOf(world, 'files', tag.id)]))
}
