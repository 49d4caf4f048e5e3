import { defineEndpoint, p, s } from '#app/index.ts'
import { byRelease } from '#lib/releases.ts'
import * as groups from '#world/accounts/groups.ts'
import * as users from '#world/accounts/users.ts'
import { groupDetails, groupListSchema } from './groups.ts'

const GROUP = { groupid: p.string().describe('Id of a group') }

/** Before, the right could not be given to others. */
const ADMINS_ONLY = [{ until: 31, to: { access: 'admin' } }] as const

export const getUserSubAdminGroups = defineEndpoint({
  id: 'provisioning_api-users-get-user-sub-admin-groups',
  app: 'provisioning_api',
  method: 'GET',
  path: '/cloud/users/{userId}/subadmins',
  access: 'delegated',
  changes: ADMINS_ONLY,
  summary: 'Ids of the groups that an account administers',
  output: s.list(s.string()),
  failures: { 404: 'User does not exist' },
  probe: { userId: '$me' },
  handle: ({ world, input, ok, fail }) => {
    const user = users.find(world, input.userId)
    return user ? ok(groups.subAdminGroupsOf(world, user.id)) : fail(404)
  },
})

export const getUserSubAdminGroupsDetails = defineEndpoint({
  id: 'provisioning_api-users-get-user-sub-admin-groups-details',
  app: 'provisioning_api',
  method: 'GET',
  path: '/cloud/users/{userId}/subadmins/details',
  since: 32,
  access: 'user',
  summary: 'The groups that an account administers, with their names and how many are in them',
  output: groupListSchema,
  failures: { 998: '' },
  probe: { userId: '$me' },
  handle: ({ world, me, input, ok, fail }) => {
    const user = users.find(world, input.userId)
    if (!user || (user.id !== me && !groups.isAdmin(world, me))) return fail(998)
    return ok({ groups: groups.subAdminGroupsOf(world, user.id).map((groupId) => groupDetails(world, groupId)) })
  },
})

export const addSubAdmin = defineEndpoint({
  id: 'provisioning_api-users-add-sub-admin',
  app: 'provisioning_api',
  method: 'POST',
  path: '/cloud/users/{userId}/subadmins',
  access: 'delegated',
  changes: ADMINS_ONLY,
  passwordConfirmation: true,
  summary: 'Let an account administer a group',
  input: GROUP,
  output: s.empty(),
  failures: {
    101: 'User does not exist',
    102: 'Group does not exist',
    103: byRelease('Cannot create subadmins for admin group', { 32: 'Cannot create sub-admins for admin group' }),
  },
  handle: ({ world, input, ok, fail }) => {
    const user = users.find(world, input.userId)
    if (!user) return fail(101)
    if (!groups.find(world, input.groupid)) return fail(102)
    if (input.groupid === groups.ADMIN) return fail(103)
    groups.addSubAdmin(world, input.groupid, user.id)
    return ok()
  },
})

export const removeSubAdmin = defineEndpoint({
  id: 'provisioning_api-users-remove-sub-admin',
  app: 'provisioning_api',
  method: 'DELETE',
  path: '/cloud/users/{userId}/subadmins',
  access: 'delegated',
  changes: ADMINS_ONLY,
  passwordConfirmation: true,
  summary: 'Let an account no longer administer a group',
  input: GROUP,
  output: s.empty(),
  failures: {
    101: ['User does not exist', 'Group does not exist'],
    102: byRelease('User is not a subadmin of this group', { 32: 'User is not a sub-admin of this group' }),
  },
  handle: ({ world, input, ok, fail }) => {
    const user = users.find(world, input.userId)
    if (!user) return fail(101)
    if (!groups.find(world, input.groupid)) return fail(101, 'Group does not exist')
    if (!groups.isSubAdminOf(world, input.groupid, user.id)) return fail(102)
    groups.removeSubAdmin(world, input.groupid, user.id)
    return ok()
  },
})
