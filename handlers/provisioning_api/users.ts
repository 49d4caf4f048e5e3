import { defineEndpoint, p, s } from '#app/index.ts'
import { phpKey } from '#lib/php.ts'
import * as groups from '#world/accounts/groups.ts'
import * as users from '#world/accounts/users.ts'
import type { World } from '#world/world.ts'
import { type UserDataContext, userData, userListSchema, userSchema, usersData } from './user-data.ts'

const PAGE = {
  search: p.string().default('').describe('Part of an id, a name or an address'),
  limit: p.limit().orNull().describe('How many to answer at most'),
  offset: p.int().default(0).range(0, Number.MAX_SAFE_INTEGER).describe('How many to leave out first'),
}

type Page = { readonly search: string; readonly limit: number | null; readonly offset: number }

export const getUsers = defineEndpoint({
  id: 'provisioning_api-users-get-users',
  app: 'provisioning_api',
  method: 'GET',
  path: '/cloud/users',
  access: 'at-least-subadmin',
  summary: 'Ids of all accounts that the caller administers',
  input: PAGE,
  output: s.object({ users: s.list(s.union(s.string(), s.int())) }),
  handle: ({ world, me, input, ok }) => {
    if (groups.isAdmin(world, me)) return ok({ users: page(world, input).map((user) => phpKey(user.id)) })
    // Lists of the single groups are merged as PHP merges arrays: numeric ids are counted anew.
    let next = 0
    const ids = groups
      .subAdminGroupsOf(world, me)
      .flatMap((groupId) => membersOf(world, groupId, input).map((user) => phpKey(user.id)))
      .map((key) => (typeof key === 'number' ? next++ : key))
    return ok({ users: [...new Set(ids)] })
  },
})

export const getUsersDetails = defineEndpoint({
  id: 'provisioning_api-users-get-users-details',
  app: 'provisioning_api',
  method: 'GET',
  path: '/cloud/users/details',
  access: 'at-least-subadmin',
  summary: 'All accounts that the caller administers, with their details',
  input: PAGE,
  output: userListSchema,
  handle: (args) => {
    const { world, me, input, ok } = args
    const found = groups.isAdmin(world, me)
      ? page(world, input)
      : groups.subAdminGroupsOf(world, me).flatMap((groupId) => membersOf(world, groupId, input))
    return ok({ users: usersData(args, found) })
  },
})

export const getDisabledUsersDetails = defineEndpoint({
  id: 'provisioning_api-users-get-disabled-users-details',
  app: 'provisioning_api',
  method: 'GET',
  path: '/cloud/users/disabled',
  since: 29,
  access: 'at-least-subadmin',
  summary: 'Accounts that may not log in, with their details',
  input: PAGE,
  output: userListSchema,
  handle: (args) => {
    const { world, me, input, ok } = args
    const found = groups.isAdmin(world, me) ? disabledUsers(world, input.search) : disabledMembers(args, input.search)
    return ok({ users: usersData(args, cut(found, input)) })
  },
})

export const getLastLoggedInUsers = defineEndpoint({
  id: 'provisioning_api-users-get-last-logged-in-users',
  app: 'provisioning_api',
  method: 'GET',
  path: '/cloud/users/recent',
  since: 30,
  access: 'delegated',
  summary: 'Accounts that have logged in, with their details, the latest login first',
  input: PAGE,
  output: userListSchema,
  handle: (args) => {
    const { world, input, ok } = args
    const limit = Math.min(100, input.limit ?? 25)
    return ok({ users: usersData(args, users.recent(world, { ...input, limit })) })
  },
})

export const getUser = defineEndpoint({
  id: 'provisioning_api-users-get-user',
  app: 'provisioning_api',
  method: 'GET',
  path: '/cloud/users/{userId}',
  access: 'user',
  summary: 'Details of an account',
  output: userSchema,
  failures: { 404: 'User does not exist', 998: '' },
  probe: { userId: '$me' },
  handle: (args) => {
    const user = users.find(args.world, args.input.userId) ?? args.fail(404)
    return args.ok(userData(args, user, args.input.userId === args.me) ?? args.fail(998))
  },
})

/** One page of all accounts. The page is cut by name, and then sorted by id. */
function page(world: World, input: Page): users.User[] {
  return users.byId(users.search(world, input))
}

const byName = (a: users.User, b: users.User) => compare(lower(a.displayName), lower(b.displayName))
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
const lower = (text: string) => text.replace(/[A-Z]+/g, (run) => run.toLowerCase())

/**
 * One page of a group for its sub-administrator. A search goes through all accounts, in steps of a hundred
 * times the limit; without a limit a search finds nothing (Nextcloud 34.0.1, asked).
 */
function membersOf(world: World, groupId: string, { search, limit, offset }: Page): users.User[] {
  const wanted = search.trim()
  if (wanted === '' || wanted === '0') return users.members(world, groupId, { limit, offset })
  if (limit === null) return []
  const step = limit * 100
  const found: users.User[] = []
  for (let start = 0; ; start += step) {
    const batch = users.search(world, { search: wanted, limit: step, offset: start })
    found.push(...batch.sort(byName).filter((user) => groups.isMember(world, groupId, user.id)))
    if (batch.length < step || found.length >= step + offset) return found.slice(offset, offset + limit)
  }
}

function disabledUsers(world: World, search: string): users.User[] {
  const wanted = search.toLowerCase()
  return users
    .disabled(world)
    .filter(({ id, displayName, primaryEmail, email }) =>
      [id, displayName, primaryEmail ?? email ?? ''].some((text) => text.toLowerCase().includes(wanted)),
    )
}

function disabledMembers({ world, me }: Pick<UserDataContext, 'world' | 'me'>, search: string): users.User[] {
  const found = groups.subAdminGroupsOf(world, me).flatMap((groupId) => users.members(world, groupId, { search }))
  return [...new Set(found)].filter((user) => !user.enabled)
}

function cut<T>(list: readonly T[], { limit, offset }: Page): T[] {
  return list.slice(offset, limit === null ? undefined : offset + limit)
}
