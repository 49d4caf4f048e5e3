import { defineEndpoint, s } from '#app/index.ts'
import { type Backends, backends } from './backends.ts'
import * as mounts from './state.ts'

const READ = 1
const DELETE = 8
/** Stands for a password that a page may keep as it is. */
const UNCHANGED = '__unmodified__'

/** What the app's own page edits (Nextcloud 34.0.1, asked). */
const configuration = s.object({
  id: s.int(),
  mountPoint: s.string(),
  backend: s.string(),
  authMechanism: s.string(),
  backendOptions: s.record(s.union(s.string(), s.bool())),
  priority: s.int(),
  applicableUsers: s.optional(s.list(s.string())),
  applicableGroups: s.optional(s.list(s.string())),
  mountOptions: s.optional(s.record(s.string())),
  userProvided: s.bool(),
  type: s.literal('system', 'personal'),
})

export const getUserMounts = defineEndpoint({
  id: 'files_external-api-get-user-mounts',
  app: 'files_external',
  method: 'GET',
  path: '/apps/files_external/api/v1/mounts',
  access: 'user',
  summary: 'External storages that the caller has',
  output: s.list(
    s.object({
      id: s.int(),
      name: s.string(),
      path: s.string(),
      type: s.literal('dir'),
      backend: s.string(),
      scope: s.literal('system', 'personal'),
      permissions: s.int(),
      class: s.string(),
      config: configuration,
    }),
  ),
  notImplemented: ['what is in external storages'],
  handle: async ({ ok, world, profile, actor }) => {
    const known = await backends.load(profile)
    return ok(mounts.seenBy(world, actor.userId ?? '').map((mount) => asEntry(mount, known)))
  },
})

function asEntry(mount: mounts.Mount, known: Backends) {
  const { id, owner, mountPoint, backend } = mount
  const at = mountPoint.lastIndexOf('/')
  return {
    id,
    type: 'dir' as const,
    name: mountPoint.slice(at + 1),
    path: mountPoint.slice(0, at),
    permissions: owner === null ? READ : READ | DELETE,
    scope: scopeOf(mount),
    backend: known.storage[backend]?.name ?? '',
    class: backend,
    config: asConfiguration(mount, known),
  }
}

const scopeOf = ({ owner }: mounts.Mount) => (owner === null ? ('system' as const) : ('personal' as const))

function asConfiguration(mount: mounts.Mount, { storage, authentication }: Backends) {
  const { id, mountPoint, backend, auth, users, groups, options } = mount
  const kinds = { ...storage[backend]?.configuration, ...authentication[auth]?.configuration }
  const shown = Object.entries(mount.configuration).map(([key, value]) => [key, shownAs(kinds[key], value)] as const)
  return {
    id,
    mountPoint,
    backend,
    authMechanism: auth,
    backendOptions: Object.fromEntries(shown),
    priority: PRIORITY,
    ...(users.length > 0 ? { applicableUsers: users } : {}),
    ...(groups.length > 0 ? { applicableGroups: groups } : {}),
    ...(Object.keys(options).length > 0 ? { mountOptions: options } : {}),
    userProvided: USER_PROVIDED.includes(auth),
    type: scopeOf(mount),
  }
}

/** Whoever opens such a storage tells its login and password. */
const USER_PROVIDED: readonly string[] = ['password::userprovided']

/** What the command line gives every storage; only the settings page has other ones (Nextcloud 34.0.1, asked). */
const PRIORITY = 100

/** @param kind of the parameter */
const shownAs = (kind: string | undefined, value: string): string | boolean =>
  kind === 'password' ? UNCHANGED : kind === 'boolean' ? value === '1' : value
