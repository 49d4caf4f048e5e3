import { defineEndpoint, p, s } from '#app/index.ts'
import * as groups from '#world/accounts/groups.ts'
import type { World } from '#world/world.ts'
import { managesGroup, numberOf } from './manages.ts'

const products = ['owncloud'] as const
const app = 'provisioning_api'
const exit = 'legacy'

/** Without a limit an offset says nothing (ownCloud 10.2.1 on SQLite, corpus). */
function pageOf(world: World, search: string, limit: string | null, offset: string | null): groups.Group[] {
  const page = limit === null ? {} : { limit: numberOf(limit), offset: numberOf(offset) }
  return groups.search(world, { search, ...page })
}

export const getGroups = defineEndpoint({
  id: 'provisioning_api-owncloud:GET /cloud/groups',
  products,
  app,
  exit,
  method: 'GET',
  path: '/cloud/groups',
  access: 'subadmin',
  summary: 'Ids of all groups',
  input: {
    search: p.string().default('').describe('Part of an id'),
    limit: p.string().orNull(),
    offset: p.string().orNull(),
  },
  output: s.object({ groups: s.list(s.string()) }),
  handle: ({ input: { search, limit, offset }, world, ok }) =>
    ok({ groups: pageOf(world, search, limit, offset).map(({ id }) => id) }),
})

export const addGroup = defineEndpoint({
  id: 'provisioning_api-owncloud:POST /cloud/groups',
  products,
  app,
  exit,
  method: 'POST',
  path: '/cloud/groups',
  access: 'subadmin',
  summary: 'Make a group',
  input: { groupid: p.string().default('') },
  output: s.empty(),
  failures: { 101: 'Invalid group name', 102: '', 997: '' },
  probe: { groupid: '' },
  handle: ({ input: { groupid }, world, me, ok, fail }) => {
    if (groupid === '') return fail(101)
    if (groups.find(world, groupid)) return fail(102)
    if (!groups.isAdmin(world, me)) return fail(997)
    groups.add(world, groupid)
    return ok()
  },
})

export const getGroup = defineEndpoint({
  id: 'provisioning_api-owncloud:GET /cloud/groups/{groupid}',
  products,
  app,
  exit,
  method: 'GET',
  path: '/cloud/groups/{groupid}',
  access: 'subadmin',
  summary: 'Members of a group that one administers',
  output: s.object({ users: s.list(s.string()) }),
  failures: { 997: 'User does not have access to specified group', 998: 'The requested group could not be found' },
  probe: { groupid: 'admin' },
  handle: ({ input: { groupid }, world, me, ok, fail }) => {
    if (!groups.find(world, groupid)) return fail(998)
    return managesGroup(world, me, groupid) ? ok({ users: groups.members(world, groupid) }) : fail(997)
  },
})

export const deleteGroup = defineEndpoint({
  id: 'provisioning_api-owncloud:DELETE /cloud/groups/{groupid}',
  products,
  app,
  exit,
  method: 'DELETE',
  path: '/cloud/groups/{groupid}',
  access: 'admin',
  summary: 'Remove a group, not its members',
  output: s.empty(),
  failures: { 101: '', 102: '' },
  probe: { groupid: 'no-group-of-that-name' },
  handle: ({ input: { groupid }, world, ok, fail }) => {
    const outcome = groups.remove(world, groupid)
    if (outcome === 'not-found') return fail(101)
    return outcome === 'protected' ? fail(102) : ok()
  },
})

export const getSubAdminsOfGroup = defineEndpoint({
  id: 'provisioning_api-owncloud:GET /cloud/groups/{groupid}/subadmins',
  products,
  app,
  exit,
  method: 'GET',
  path: '/cloud/groups/{groupid}/subadmins',
  access: 'admin',
  summary: 'Who administers a group',
  output: s.list(s.string()),
  failures: { 101: 'Group does not exist' },
  probe: { groupid: 'admin' },
  handle: ({ input: { groupid }, world, ok, fail }) =>
    groups.find(world, groupid) ? ok(groups.subAdminsOf(world, groupid)) : fail(101),
})
