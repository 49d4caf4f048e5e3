import { defineEndpoint, type Failures, type HandlerArguments, p, s } from '#app/index.ts'
import type { ParamShape } from '#line/params.ts'
import * as groups from '#world/accounts/groups.ts'
import * as users from '#world/accounts/users.ts'
import { groupDetails, groupIdsSchema, groupListSchema } from './groups.ts'

const GROUP = p.string().describe('Id of a group')

/** Ids of an account's groups that the caller may see, or `null`: the account itself may not be seen. */
function visibleGroups(
  { world, me }: Pick<HandlerArguments<string, ParamShape, Failures>, 'world' | 'me'>,
  userId: string,
): string[] | null {
  const user = users.find(world, userId)
  if (!user) return null
  if (user.id === me || groups.isAdmin(world, me)) return groups.groupsOf(world, user.id)
  if (!groups.isAccessibleTo(world, me, user.id)) return null
  return groups.subAdminGroupsOf(world, me).filter((groupId) => groups.isMember(world, groupId, user.id))
}

export const getUsersGroups = defineEndpoint({
  id: 'provisioning_api-users-get-users-groups',
  app: 'provisioning_api',
  method: 'GET',
  path: '/cloud/users/{userId}/groups',
  access: 'user',
  summary: 'Ids of the groups that an account is in',
  output: groupIdsSchema,
  failures: { 998: '' },
  probe: { userId: '$me' },
  handle: (args) => args.ok({ groups: visibleGroups(args, args.input.userId) ?? args.fail(998) }),
})

export const getUsersGroupsDetails = defineEndpoint({
  id: 'provisioning_api-users-get-users-groups-details',
  app: 'provisioning_api',
  method: 'GET',
  path: '/cloud/users/{userId}/groups/details',
  since: 32,
  access: 'user',
  summary: 'The groups that an account is in, with their names and how many are in them',
  output: groupListSchema,
  failures: { 998: '' },
  probe: { userId: '$me' },
  handle: (args) => {
    const ids = visibleGroups(args, args.input.userId) ?? args.fail(998)
    return args.ok({ groups: ids.map((groupId) => groupDetails(args.world, groupId)) })
  },
})

export const addToGroup = defineEndpoint({
  id: 'provisioning_api-users-add-to-group',
  app: 'provisioning_api',
  method: 'POST',
  path: '/cloud/users/{userId}/groups',
  access: 'at-least-subadmin',
  passwordConfirmation: true,
  summary: 'Put an account into a group',
  input: { groupid: GROUP.default('') },
  output: s.empty(),
  failures: { 101: '', 102: '', 103: '', 104: '' },
  handle: ({ world, me, input, ok, fail }) => {
    if (input.groupid === '') return fail(101)
    if (!groups.find(world, input.groupid)) return fail(102)
    const user = users.find(world, input.userId)
    if (!user) return fail(103)
    if (!groups.isAdmin(world, me) && !groups.isSubAdminOf(world, input.groupid, me)) return fail(104)
    groups.addMember(world, input.groupid, user.id)
    return ok()
  },
})

export const removeFromGroup = defineEndpoint({
  id: 'provisioning_api-users-remove-from-group',
  app: 'provisioning_api',
  method: 'DELETE',
  path: '/cloud/users/{userId}/groups',
  access: 'at-least-subadmin',
  passwordConfirmation: true,
  summary: 'Take an account out of a group',
  input: { groupid: GROUP },
  output: s.empty(),
  failures: {
    101: '',
    102: '',
    103: '',
    104: '',
    105: [
      'Cannot remove yourself from the admin group',
      'Cannot remove yourself from this group as you are a sub-admin',
      'Not viable to remove user from the last group you are sub-admin of',
    ],
  },
  handle: ({ world, me, input, ok, fail }) => {
    if (input.groupid.trim() === '') return fail(101)
    if (!groups.find(world, input.groupid)) return fail(102)
    const user = users.find(world, input.userId)
    if (!user) return fail(103)
    const isAdmin = groups.isAdmin(world, me)
    if (!isAdmin && !groups.isSubAdminOf(world, input.groupid, me)) return fail(104)
    if (user.id === me) {
      if (!isAdmin) return fail(105, 'Cannot remove yourself from this group as you are a sub-admin')
      if (input.groupid === groups.ADMIN) return fail(105, 'Cannot remove yourself from the admin group')
    } else if (!isAdmin) {
      const shared = groups.subAdminGroupsOf(world, me).filter((groupId) => groups.isMember(world, groupId, user.id))
      if (shared.length <= 1) return fail(105, 'Not viable to remove user from the last group you are sub-admin of')
    }
    groups.removeMember(world, input.groupid, user.id)
    return ok()
  },
})
