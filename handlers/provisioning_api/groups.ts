import { defineEndpoint, p, s } from '#app/index.ts'
import type { PhpArray } from '#lib/php.ts'
import { urldecode } from '#lib/php.ts'
import * as groups from '#world/accounts/groups.ts'
import * as users from '#world/accounts/users.ts'
import type { World } from '#world/world.ts'

const PAGE = {
  search: p.string().default('').describe('Part of an id or a name'),
  limit: p.limit().orNull().describe('How many to answer at most'),
  offset: p.int().default(0).describe('How many to leave out first'),
}

export const groupDetailsSchema = s.object({
  id: s.string(),
  displayname: s.string(),
  usercount: s.union(s.int(), s.bool()),
  disabled: s.union(s.int(), s.bool()),
  canAdd: s.bool(),
  canRemove: s.bool(),
})

export const groupIdsSchema = s.object({ groups: s.list(s.string()) })
export const groupListSchema = s.object({ groups: s.list(groupDetailsSchema) })

/** A group as lists of groups tell it. */
export function groupDetails(world: World, groupId: string): PhpArray {
  return {
    id: groupId,
    displayname: groups.find(world, groupId)?.displayName ?? groupId,
    usercount: groups.countMembers(world, groupId),
    disabled: users.countDisabledMembers(world, groupId),
    canAdd: true,
    canRemove: true,
  }
}

/** Before, the right could not be given to others. */
const ADMINS_ONLY = [{ until: 31, to: { access: 'admin' } }] as const

export const getGroups = defineEndpoint({
  id: 'provisioning_api-groups-get-groups',
  app: 'provisioning_api',
  method: 'GET',
  path: '/cloud/groups',
  access: 'at-least-subadmin',
  summary: 'Ids of all groups',
  input: PAGE,
  output: groupIdsSchema,
  handle: ({ world, input, ok }) => ok({ groups: groups.search(world, fromStart(input)).map((group) => group.id) }),
})

export const getGroupsDetails = defineEndpoint({
  id: 'provisioning_api-groups-get-groups-details',
  app: 'provisioning_api',
  method: 'GET',
  path: '/cloud/groups/details',
  access: 'delegated',
  summary: 'All groups with their names and how many are in them',
  input: PAGE,
  output: groupListSchema,
  handle: ({ world, input, ok }) =>
    ok({ groups: groups.search(world, fromStart(input)).map((group) => groupDetails(world, group.id)) }),
})

/** A page of groups cannot start before the first; a negative offset is none. */
function fromStart<T extends { readonly offset: number }>(input: T): T {
  return input.offset < 0 ? { ...input, offset: 0 } : input
}

export const addGroup = defineEndpoint({
  id: 'provisioning_api-groups-add-group',
  app: 'provisioning_api',
  method: 'POST',
  path: '/cloud/groups',
  access: 'delegated',
  changes: ADMINS_ONLY,
  passwordConfirmation: true,
  summary: 'Create a group',
  input: { groupid: p.string(), displayname: p.string().default('') },
  output: s.empty(),
  failures: { 101: 'Invalid group name', 102: 'group exists', 103: 'Not supported by backend' },
  handle: ({ world, input, ok, fail, crash }) => {
    if (input.groupid === '' || input.groupid === '0') return fail(101)
    switch (groups.add(world, input.groupid, input.displayname)) {
      case 'exists':
        return fail(102)
      case 'taken':
        return fail(103)
      case 'too-long':
        return crash()
      default:
        return ok()
    }
  },
})

export const updateGroup = defineEndpoint({
  id: 'provisioning_api-groups-update-group',
  app: 'provisioning_api',
  method: 'PUT',
  path: '/cloud/groups/{groupId:.+}',
  access: 'delegated',
  changes: ADMINS_ONLY,
  passwordConfirmation: true,
  summary: 'Change the name of a group',
  input: { key: p.string().oneOf('displayname'), value: p.string() },
  output: s.empty(),
  failures: { 101: 'Not supported by backend', 998: 'Group does not exist', 999: '' },
  handle: ({ world, input, ok, fail }) => {
    if (input.key !== 'displayname') return fail(999)
    switch (groups.setDisplayName(world, urldecode(input.groupId), input.value)) {
      case 'not-found':
        return fail(998)
      case 'empty':
        return fail(101)
      case 'changed':
        return ok()
    }
  },
})

export const deleteGroup = defineEndpoint({
  id: 'provisioning_api-groups-delete-group',
  app: 'provisioning_api',
  method: 'DELETE',
  path: '/cloud/groups/{groupId:.+}',
  access: 'delegated',
  changes: ADMINS_ONLY,
  passwordConfirmation: true,
  summary: 'Remove a group',
  output: s.empty(),
  failures: { 101: '', 102: '' },
  handle: ({ world, input, ok, fail }) => {
    switch (groups.remove(world, urldecode(input.groupId))) {
      case 'not-found':
        return fail(101)
      case 'protected':
        return fail(102)
      case 'removed':
        return ok()
    }
  },
})
