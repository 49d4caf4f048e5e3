import { defineEndpoint, type Endpoint, p, s } from '#app/index.ts'
import type { PhpValue } from '#lib/php.ts'
import { RouteTable } from '#line/instance.ts'
import { OcsMock } from '#mock.ts'
import type { Login } from '#verify/target.ts'
import * as groups from '#world/accounts/groups.ts'
import { compositionOf } from './catalogue.ts'

const PEOPLE = ['admin', 'alice', 'bob', 'carol'] as const

const about = (id: string) => ({
  id,
  displayname: `The ${id}`,
  enabled: true,
  quota: { free: 100, used: 31 },
  tags: ['a', 'b', 'c'],
})
const person = s.object({
  id: s.string(),
  displayname: s.string(),
  enabled: s.bool(),
  quota: s.object({ free: s.int(), used: s.int() }),
  tags: s.list(s.string()),
})

/** The endpoints of a cloud that is small enough to know every answer by heart. */
export const smallCloud: readonly Endpoint[] = [
  defineEndpoint({
    id: 'small-me',
    app: 'provisioning_api',
    method: 'GET',
    path: '/cloud/user',
    access: 'user',
    summary: 'Who am I',
    output: s.object({ id: s.string(), groups: s.list(s.string()), subadmin: s.list(s.string()), at: s.number() }),
    handle: ({ me, world, ok }) =>
      ok({ id: me, groups: groups.isAdmin(world, me) ? ['admin'] : [], subadmin: [], at: performance.now() }),
  }),
  defineEndpoint({
    id: 'small-apps',
    app: 'provisioning_api',
    method: 'GET',
    path: '/cloud/apps',
    access: 'admin',
    summary: 'Which apps',
    input: { filter: p.string().orNull() },
    output: s.object({ apps: s.list(s.string()) }),
    handle: ({ input, ok }) =>
      ok({ apps: [null, 'enabled'].includes(input.filter) ? ['provisioning_api', 'files'] : [] }),
  }),
  defineEndpoint({
    id: 'small-people',
    app: 'provisioning_api',
    method: 'GET',
    path: '/cloud/users',
    access: 'admin',
    summary: 'Who is here',
    input: { search: p.string().default(''), limit: p.limit().orNull() },
    output: s.object({ users: s.list(s.string()) }),
    handle: ({ input, ok }) =>
      ok({ users: PEOPLE.filter((id) => id.includes(input.search)).slice(0, input.limit ?? PEOPLE.length) }),
  }),
  defineEndpoint({
    id: 'small-person',
    app: 'provisioning_api',
    method: 'GET',
    path: '/cloud/users/{userId}',
    access: 'user',
    summary: 'Who is that',
    output: person,
    failures: { 404: 'User does not exist', 400: 'Never' },
    handle: ({ input, ok, fail }) => {
      const found = PEOPLE.find((id) => id === input.userId)
      return found ? ok(about(found)) : fail(404)
    },
  }),
  defineEndpoint({
    id: 'small-open',
    app: 'core',
    method: 'GET',
    path: '/open',
    access: 'public',
    csrf: false,
    summary: 'Open to everyone',
    output: s.object({ numbers: s.record(s.int()) }),
    handle: ({ ok }) =>
      ok({
        numbers: new Map<string | number, PhpValue>([
          ['b', 1],
          [10, 2],
          [2, 3],
        ]),
      }),
  }),
  defineEndpoint({
    id: 'small-absent',
    app: 'dashboard',
    method: 'GET',
    path: '/apps/dashboard/api/v1/widgets',
    access: 'user',
    summary: 'An app that is not there',
    output: s.empty(),
    handle: ({ ok }) => ok(),
  }),
]

export const LOGINS: readonly Login[] = [
  { user: 'admin', password: 'admin' },
  { user: 'alice', password: 'alice' },
]

/** A fake of the small cloud, with some endpoints replaced by faulty ones of the same id. */
export function openSmallCloud(...faulty: readonly Endpoint[]): OcsMock {
  const endpoints = smallCloud.map((endpoint) => faulty.find((other) => other.id === endpoint.id) ?? endpoint)
  const base = new OcsMock({ seed: { users: [{ id: 'alice' }], apps: { disabled: ['dashboard'] } } })
  const composition = compositionOf(endpoints)
  const table = new RouteTable(composition.catalogue, base.profile)
  const foundation = { profile: base.profile, begin: () => base.world.fork(), composition, table, apps: [] }
  return new OcsMock({ onNotBuilt: () => {} }, { foundation })
}
