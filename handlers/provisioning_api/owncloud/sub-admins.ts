import { defineEndpoint, p, s } from '#app/index.ts'
import * as groups from '#world/accounts/groups.ts'
import { accountOf, manages } from './manages.ts'

const products = ['owncloud'] as const
const app = 'provisioning_api'
const exit = 'legacy'
const path = '/cloud/users/{userid}/subadmins'

const groupId = { groupid: p.string().default('') }
const NO_USER = 'User does not exist'
const NO_GROUP = 'Group does not exist'

/** Whoever administers no group is an error (ownCloud 10.2.1, corpus). */
export const getUserSubAdminGroups = defineEndpoint({
  id: `provisioning_api-owncloud:GET ${path}`,
  products,
  app,
  exit,
  method: 'GET',
  path,
  access: 'user',
  summary: 'Groups that an account administers',
  output: s.list(s.string()),
  failures: { 101: NO_USER, 102: 'Unknown error occurred', 997: '' },
  probe: { userid: '$me' },
  handle: ({ input: { userid }, world, me, ok, fail }) => {
    const user = accountOf(world, userid) ?? fail(101)
    if (user.id !== me && !manages(world, me, user.id)) return fail(997)
    const administered = groups.subAdminGroupsOf(world, user.id)
    return administered.length === 0 ? fail(102) : ok(administered)
  },
})

export const addSubAdmin = defineEndpoint({
  id: `provisioning_api-owncloud:POST ${path}`,
  products,
  app,
  exit,
  method: 'POST',
  path,
  access: 'admin',
  summary: 'Let an account administer a group',
  input: groupId,
  output: s.empty(),
  failures: { 101: NO_USER, 102: 'Group does not exist', 103: 'Cannot create subadmins for admin group' },
  probe: { userid: 'nobody-of-that-name' },
  handle: ({ input: { userid, groupid }, world, ok, fail }) => {
    const user = accountOf(world, userid) ?? fail(101)
    if (!groups.find(world, groupid)) return fail(102, `Group:${groupid} does not exist`)
    if (groupid.toLowerCase() === groups.ADMIN) return fail(103)
    groups.addSubAdmin(world, groupid, user.id)
    return ok()
  },
})

export const removeSubAdmin = defineEndpoint({
  id: `provisioning_api-owncloud:DELETE ${path}`,
  products,
  app,
  exit,
  method: 'DELETE',
  path,
  access: 'admin',
  summary: 'Let an account administer a group no longer',
  input: groupId,
  output: s.empty(),
  failures: { 101: [NO_USER, NO_GROUP], 102: 'User is not a subadmin of this group' },
  probe: { userid: 'nobody-of-that-name' },
  handle: ({ input: { userid, groupid }, world, ok, fail }) => {
    const user = accountOf(world, userid) ?? fail(101)
    if (!groups.find(world, groupid)) return fail(101, NO_GROUP)
    if (!groups.isSubAdminOf(world, groupid, user.id)) return fail(102)
    groups.removeSubAdmin(world, groupid, user.id)
    return ok()
  },
})
