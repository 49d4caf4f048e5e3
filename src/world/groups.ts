import { tableKey, type World } from './world.ts'

export interface Group {
  readonly id: string
  readonly displayName: string
}

/** Groups by id; ids are case sensitive. */
export const groupsTable = tableKey<Group>('groups')
/** Who is in which group, by `group/user`. */
export const membersTable = tableKey<{ readonly groupId: string; readonly userId: string }>('members')
/** Who administers which group, by `group/user`. */
export const subAdminsTable = tableKey<{ readonly groupId: string; readonly userId: string }>('subAdmins')

const pair = (groupId: string, userId: string) => `${groupId.replaceAll('/', '%2F')}/${userId}`

export function find(world: World, groupId: string): Group | undefined {
  return world.table(groupsTable).get(groupId)
}

export function isMember(world: World, groupId: string, userId: string): boolean {
  return world.table(membersTable).has(pair(groupId, userId))
}

export function addMember(world: World, groupId: string, userId: string): void {
  world.table(membersTable).set(pair(groupId, userId), { groupId, userId })
}

export function removeMember(world: World, groupId: string, userId: string): void {
  world.table(membersTable).delete(pair(groupId, userId))
}

export function isAdmin(world: World, userId: string): boolean {
  return isMember(world, 'admin', userId)
}

/** Whether someone administers at least one group. */
export function isSubAdmin(world: World, userId: string): boolean {
  return subAdminIndex(world).has(userId)
}

function subAdminIndex(world: World): ReadonlyMap<string, readonly string[]> {
  return world.derive('groups.subAdmins', [subAdminsTable], () => {
    const byUser = new Map<string, string[]>()
    for (const { groupId, userId } of world.table(subAdminsTable).values()) {
      byUser.set(userId, [...(byUser.get(userId) ?? []), groupId])
    }
    return byUser
  })
}
