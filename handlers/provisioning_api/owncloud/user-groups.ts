import { defineEndpoint, p, s } from '#app/index.ts'
import * as groups from '#world/accounts/groups.ts'
import { accountOf, keepingPlaces, manages, managesGroup } from './manages.ts'

const products = ['owncloud'] as const
const app = 'provisioning_api'
const exit = 'legacy'
const path = '/cloud/users/{userid}/groups'

const groupId = { groupid: p.string().default('') }
const STAYS_ADMIN = 'Cannot remove yourself from the admin group'
const STAYS_SUB_ADMIN = 'Cannot remove yourself from this group as you are a SubAdmin'

export const getUsersGroups = defineEndpoint({
  id: `provisioning_api-owncloud:GET ${path}`,
  products,
  app,
  exit,
  method: 'GET',
  path,
  access: 'user',
  summary: 'Groups of an account; of one that is not one’s own, those that one administers',
  output: s.object({ groups: s.any() }),
  failures: { 997: '', 998: '' },
  probe: { userid: '$me' },
  handle: ({ input: { userid }, world, me, ok, fail }) => {
    const user = accountOf(world, userid) ?? fail(998)
    const theirs = groups.groupsOf(world, user.id)
    if (user.id === me || groups.isAdmin(world, me)) return ok({ groups: theirs })
    if (!manages(world, me, user.id)) return fail(997)
    return ok({ groups: keepingPlaces(groups.subAdminGroupsOf(world, me), (id) => theirs.includes(id)) })
  },
})

export const addToGroup = defineEndpoint({
  id: `provisioning_api-owncloud:POST ${path}`,
  products,
  app,
  exit,
  method: 'POST',
  path,
  access: 'subadmin',
  summary: 'Put an account into a group',
  input: groupId,
  output: s.empty(),
  failures: { 101: '', 102: '', 103: '', 104: '' },
  probe: { userid: 'nobody-of-that-name' },
  handle: ({ input: { userid, groupid }, world, me, ok, fail }) => {
    if (groupid === '') return fail(101)
    if (!groups.find(world, groupid)) return fail(102)
    const user = accountOf(world, userid) ?? fail(103)
    if (!managesGroup(world, me, groupid)) return fail(104)
    groups.addMember(world, groupid, user.id)
    return ok()
  },
})

export const removeFromGroup = defineEndpoint({
  id: `provisioning_api-owncloud:DELETE ${path}`,
  products,
  app,
  exit,
  method: 'DELETE',
  path,
  access: 'subadmin',
  summary: 'Take an account out of a group',
  input: groupId,
  output: s.empty(),
  failures: { 101: '', 102: '', 103: '', 104: '', 105: [STAYS_ADMIN, STAYS_SUB_ADMIN] },
  probe: { userid: 'nobody-of-that-name' },
  handle: ({ input: { userid, groupid }, world, me, ok, fail }) => {
    if (groupid === '') return fail(101)
    if (!groups.find(world, groupid)) return fail(102)
    if (!managesGroup(world, me, groupid)) return fail(104)
    const user = accountOf(world, userid) ?? fail(103)
    if (user.id === me && groups.isAdmin(world, me) && groupid === groups.ADMIN) return fail(105)
    if (user.id === me && !groups.isAdmin(world, me)) return fail(105, STAYS_SUB_ADMIN)
    groups.removeMember(world, groupid, user.id)
    return ok()
  },
})
