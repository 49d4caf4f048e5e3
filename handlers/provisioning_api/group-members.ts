import { defineEndpoint, type HandlerArguments, p, s } from '#app/index.ts'
import { urldecode } from '#lib/php.ts'
import * as groups from '#world/accounts/groups.ts'
import * as users from '#world/accounts/users.ts'
import { userListSchema, usersData } from './user-data.ts'

const memberIdsSchema = s.object({ users: s.list(s.string()) })
const NOT_FOUND = 'The requested group could not be found'

/** Ids of a group's members, for who is in it or administers it. */
function memberIds({ world, me, input, ok, fail }: MembersArguments) {
  const groupId = urldecode(input.groupId)
  if (!groups.find(world, groupId)) return fail(404)
  if (!administersGroup(world, me, groupId) && !groups.isMember(world, groupId, me)) return fail(403)
  return ok({ users: groups.members(world, groupId) })
}

type MembersArguments = HandlerArguments<'{groupId}', Record<never, never>, typeof MEMBER_FAILURES>

const MEMBER_FAILURES = { 403: '', 404: NOT_FOUND } as const

const administersGroup = (world: MembersArguments['world'], me: string, groupId: string) =>
  groups.isAdmin(world, me) || groups.isSubAdminOf(world, groupId, me)

/** Before, the right could not be given to others. */
const ADMINS_ONLY = [{ until: 31, to: { access: 'admin' } }] as const

export const getGroup = defineEndpoint({
  id: 'provisioning_api-groups-get-group',
  app: 'provisioning_api',
  method: 'GET',
  path: '/cloud/groups/{groupId:.+}',
  access: 'at-least-subadmin',
  summary: 'Ids of the accounts in a group; an old form of the list of its members',
  output: memberIdsSchema,
  failures: MEMBER_FAILURES,
  probe: { groupId: 'admin' },
  handle: memberIds,
})

export const getGroupUsers = defineEndpoint({
  id: 'provisioning_api-groups-get-group-users',
  app: 'provisioning_api',
  method: 'GET',
  path: '/cloud/groups/{groupId:.+}/users',
  access: 'user',
  changes: [{ until: 31, to: { access: 'at-least-subadmin' } }],
  summary: 'Ids of the accounts in a group',
  output: memberIdsSchema,
  failures: MEMBER_FAILURES,
  probe: { groupId: 'admin' },
  handle: memberIds,
})

export const getGroupUsersDetails = defineEndpoint({
  id: 'provisioning_api-groups-get-group-users-details',
  app: 'provisioning_api',
  method: 'GET',
  path: '/cloud/groups/{groupId:.+}/users/details',
  access: 'at-least-subadmin',
  summary: 'The accounts in a group, with their details',
  input: {
    search: p.string().default('').describe('Part of an id, a name or an address'),
    limit: p.limit().orNull().describe('How many to answer at most'),
    offset: p.int().default(0).describe('How many to leave out first'),
  },
  output: userListSchema,
  failures: { 998: NOT_FOUND },
  probe: { groupId: 'admin' },
  handle: (args) => {
    const { world, me, input, ok, fail, crash } = args
    const groupId = urldecode(input.groupId)
    if (!groups.find(world, groupId) || !administersGroup(world, me, groupId)) return fail(998)
    if (input.offset < 0) return crash()
    return ok({ users: usersData(args, users.members(world, groupId, input)) })
  },
})

export const getSubAdminsOfGroup = defineEndpoint({
  id: 'provisioning_api-groups-get-sub-admins-of-group',
  app: 'provisioning_api',
  method: 'GET',
  path: '/cloud/groups/{groupId:.+}/subadmins',
  access: 'delegated',
  changes: ADMINS_ONLY,
  summary: 'Ids of the accounts that administer a group',
  output: s.list(s.string()),
  failures: { 101: 'Group does not exist' },
  probe: { groupId: 'admin' },
  handle: ({ world, input, ok, fail }) =>
    groups.find(world, input.groupId) ? ok(groups.subAdminsOf(world, input.groupId)) : fail(101),
})
