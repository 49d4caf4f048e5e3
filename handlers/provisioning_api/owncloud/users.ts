import { defineEndpoint, p, s } from '#app/index.ts'
import * as groups from '#world/accounts/groups.ts'
import * as users from '#world/accounts/users.ts'
import type { World } from '#world/world.ts'
import { accountOf, manages, managesGroup, numberOf } from './manages.ts'
import { userData, userSchema } from './user-data.ts'

const products = ['owncloud'] as const
const app = 'provisioning_api'
const exit = 'legacy'

const NOT_FOUND = 'The requested user could not be found'
const NO_PASSWORD = 'A valid password must be provided'

const page = {
  search: p.string().default('').describe('Part of an id'),
  limit: p.string().orNull(),
  offset: p.string().orNull(),
}

/** Ids that contain a text in any case, in the order of the ids. */
function withIdLike(world: World, text: string): users.User[] {
  const table = world.table(users.usersTable)
  return table
    .sortedKeys()
    .filter((key) => key.includes(text.toLowerCase()))
    .map((key) => table.get(key)!)
}

/** Members of all groups that someone administers, group by group, each of them once. */
function membersOf(world: World, subAdminId: string, text: string): string[] {
  const all = groups
    .subAdminGroupsOf(world, subAdminId)
    .flatMap((groupId) => users.members(world, groupId, { search: text }))
  return [...new Set(all.map(({ id }) => id))]
}

export const getUsers = defineEndpoint({
  id: 'provisioning_api-owncloud:GET /cloud/users',
  products,
  app,
  exit,
  method: 'GET',
  path: '/cloud/users',
  access: 'subadmin',
  summary: 'Ids of all accounts, or of those in the groups that one administers',
  input: page,
  output: s.object({ users: s.list(s.string()) }),
  handle: ({ input, world, me, ok }) => {
    const found = groups.isAdmin(world, me)
      ? withIdLike(world, input.search).map(({ id }) => id)
      : membersOf(world, me, input.search)
    const from = numberOf(input.offset)
    const limit = numberOf(input.limit)
    // Without a limit an offset says nothing (ownCloud 10.2.1 on SQLite, corpus).
    return ok({ users: limit === 0 ? found : found.slice(from, from + limit) })
  },
})

/** The shortest and the longest id that an account can have, in bytes. */
const ID_BYTES = { least: 3, most: 64 }

const ID_PROBLEMS: Readonly<Partial<Record<users.IdProblem, string>>> = {
  'bad-characters': `Only the following characters are allowed in a username: "a-z", "A-Z", "0-9", and "_.@-'"`,
  empty: 'A valid username must be provided',
  'white-space': 'Username contains whitespace at the beginning or at the end',
}

/** The first thing that is wrong with an account to make, in the real server's order; `null`: nothing. */
function problemOf(world: World, userId: string, password: string): string | null {
  const problem = ID_PROBLEMS[users.checkId(world, userId) ?? 'dots']
  if (problem !== undefined) return problem
  if (userId.length < ID_BYTES.least) return 'The username must be at least 3 characters long'
  if (userId.length > ID_BYTES.most) return 'The username can not be longer than 64 characters'
  return password.trim() === '' ? NO_PASSWORD : null
}

/** What else an account could begin with (an address, a name, a quota) is not looked at. */
export const addUser = defineEndpoint({
  id: 'provisioning_api-owncloud:POST /cloud/users',
  products,
  app,
  exit,
  method: 'POST',
  path: '/cloud/users',
  access: 'subadmin',
  summary: 'Make an account',
  input: {
    userid: p.string().default(''),
    password: p.string().secret().default(''),
    groups: p.array().orNull().describe('Groups that it is in; those who administer groups have to say some'),
  },
  output: s.empty(),
  failures: {
    101: [...Object.values(ID_PROBLEMS), NO_PASSWORD],
    102: 'User already exists',
    104: 'group does not exist',
    105: 'insufficient privileges for group',
    106: 'no group specified (required for subadmins)',
  },
  probe: { userid: '', password: '' },
  handle: ({ input: { userid, password, groups: given }, world, me, ok, fail }) => {
    const wanted = given === null ? null : Object.values(given).map(String)
    if (accountOf(world, userid)) return fail(102)
    if (wanted === null && !groups.isAdmin(world, me)) return fail(106)
    for (const groupId of wanted ?? []) {
      if (!groups.find(world, groupId)) return fail(104, `group ${groupId} does not exist`)
      if (!managesGroup(world, me, groupId)) return fail(105, `insufficient privileges for group ${groupId}`)
    }
    const problem = problemOf(world, userid, password)
    if (problem !== null) return fail(101, problem)
    users.add(world, { id: userid, password })
    for (const groupId of wanted ?? []) groups.addMember(world, groupId, userid)
    return ok()
  },
})

export const getUser = defineEndpoint({
  id: 'provisioning_api-owncloud:GET /cloud/users/{userid}',
  products,
  app,
  exit,
  method: 'GET',
  path: '/cloud/users/{userid}',
  access: 'user',
  summary: 'Details of an account that one manages, or of one’s own',
  output: userSchema,
  failures: { 997: '', 998: NOT_FOUND },
  probe: { userid: '$me' },
  notImplemented: ['Free space is always 20 GiB'],
  handle: ({ input: { userid }, world, me, ok, fail }) => {
    const user = accountOf(world, userid) ?? fail(998)
    const isManaged = manages(world, me, user.id)
    if (!isManaged && user.id.toLowerCase() !== me.toLowerCase()) return fail(997)
    return ok(userData(world, user, isManaged))
  },
})

/** What both ways to switch an account and its removal ask first: not oneself, and only whom one manages. */
function managedOther(
  { world, me, fail }: { world: World; me: string; fail(code: 101 | 997): never },
  userId: string,
): users.User {
  const user = accountOf(world, userId)
  if (!user || user.id === me) return fail(101)
  return manages(world, me, user.id) ? user : fail(997)
}

export const deleteUser = defineEndpoint({
  id: 'provisioning_api-owncloud:DELETE /cloud/users/{userid}',
  products,
  app,
  exit,
  method: 'DELETE',
  path: '/cloud/users/{userid}',
  access: 'subadmin',
  summary: 'Remove an account',
  output: s.empty(),
  failures: { 101: '', 997: '' },
  probe: { userid: 'nobody-of-that-name' },
  handle: (args) => {
    users.remove(args.world, managedOther(args, args.input.userid).id)
    return args.ok()
  },
})

export const enableUser = defineEndpoint({
  id: 'provisioning_api-owncloud:PUT /cloud/users/{userid}/enable',
  products,
  app,
  exit,
  method: 'PUT',
  path: '/cloud/users/{userid}/enable',
  access: 'subadmin',
  summary: 'Let an account log in again',
  output: s.empty(),
  failures: { 101: '', 997: '' },
  probe: { userid: 'nobody-of-that-name' },
  handle: (args) => {
    users.setEnabled(args.world, managedOther(args, args.input.userid), true)
    return args.ok()
  },
})

export const disableUser = defineEndpoint({
  id: 'provisioning_api-owncloud:PUT /cloud/users/{userid}/disable',
  products,
  app,
  exit,
  method: 'PUT',
  path: '/cloud/users/{userid}/disable',
  access: 'subadmin',
  summary: 'Let an account log in no longer',
  output: s.empty(),
  failures: { 101: '', 997: '' },
  probe: { userid: 'nobody-of-that-name' },
  handle: (args) => {
    users.setEnabled(args.world, managedOther(args, args.input.userid), false)
    return args.ok()
  },
})
