import { s } from '#lib/schema.ts'
import * as groups from '#world/accounts/groups.ts'
import { defineTable } from '#world/define-table.ts'
import { defineReactions } from '#world/reactions.ts'
import * as config from '#world/settings/config.ts'
import type { World } from '#world/world.ts'

type Values = Readonly<Record<string, string>>

/** A storage elsewhere that accounts see as a folder. What is in it, a fake does not know. */
export interface Mount {
  readonly id: number
  /** The account that made it for itself; `null`: an administrator made it. */
  readonly owner: string | null
  /** Its folder, with a slash in front. */
  readonly mountPoint: string
  /** Ids of the kind of storage and of the way to log in there. */
  readonly backend: string
  readonly auth: string
  /** As the database keeps them: text, in the order of their names. */
  readonly configuration: Values
  readonly options: Values
  /** Who sees it; both empty: everybody. */
  readonly users: readonly string[]
  readonly groups: readonly string[]
}

export const mountsTable = defineTable<Mount>('externalMounts', {
  sequence: 'externalMount',
  record: s.object({
    id: s.int(),
    owner: s.nullable(s.string()),
    mountPoint: s.string(),
    backend: s.string(),
    auth: s.string(),
    configuration: s.record(s.string()),
    options: s.record(s.string()),
    users: s.list(s.string()),
    groups: s.list(s.string()),
  }),
})

/** What every mount is given (Nextcloud 34.0.1, asked). */
const FIRST_OPTIONS: Values = { enable_sharing: '' }

const sorted = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)))

/** As the database keeps a value of PHP. */
export const kept = (value: unknown): string =>
  value === true ? '1' : value === false ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value)

/** With one slash in front and none behind. */
export const normalizedMountPoint = (path: string) => `/${path.split('/').filter(Boolean).join('/')}`

export const all = (world: World): Mount[] => [...world.table(mountsTable).values()]

/** Those of administrators, or those that an account made for itself. */
export const of = (world: World, owner: string | null): Mount[] => all(world).filter((mount) => mount.owner === owner)

/** @param id as it was typed: PHP reads the digits that it begins with */
export const find = (world: World, id: string): Mount | undefined =>
  world.table(mountsTable).get(String(Number.parseInt(id, 10)))

export type NewMount = Pick<Mount, 'mountPoint' | 'backend' | 'auth' | 'configuration'> & Partial<Omit<Mount, 'id'>>

/** A mount that is in no world yet. */
export const draft = (made: NewMount): Omit<Mount, 'id'> => ({
  owner: null,
  options: {},
  users: made.owner ? [made.owner] : [],
  groups: [],
  ...made,
  mountPoint: normalizedMountPoint(made.mountPoint),
})

export function add(world: World, made: NewMount): Mount {
  const id = world.nextId('externalMount')
  const { configuration, options, ...rest } = draft(made)
  const mount = { ...rest, id, configuration: sorted(configuration), options: sorted({ ...FIRST_OPTIONS, ...options }) }
  world.table(mountsTable).set(String(id), mount)
  return mount
}

export function change(world: World, mount: Mount, changes: Partial<Omit<Mount, 'id'>>): Mount {
  const { configuration = mount.configuration, options = mount.options } = changes
  const changed = { ...mount, ...changes, configuration: sorted(configuration), options: sorted(options) }
  world.table(mountsTable).set(String(mount.id), changed)
  return changed
}

export const remove = (world: World, { id }: Mount): boolean => world.table(mountsTable).delete(String(id))

/**
 * The mounts that somebody has, a folder once: of administrators those for the account, for its groups, and for all; then
 * its own, which come in the place of others (Nextcloud 34.0.1, asked).
 */
export function seenBy(world: World, userId: string): Mount[] {
  const shared = of(world, null)
  const forUser = shared.filter(({ users }) => users.includes(userId))
  const forGroups = shared.filter(({ groups: ids }) => ids.some((id) => groups.isMember(world, id, userId)))
  const forAll = shared.filter(({ users, groups: ids }) => users.length === 0 && ids.length === 0)
  const own = of(world, userId).filter(({ backend }) => mayHaveOwn(world, backend))
  const seen = [...new Set([...forUser, ...forGroups, ...forAll, ...own])]
  return [...new Map(seen.map((mount) => [mount.mountPoint, mount])).values()]
}

/** Folders of the server's machine are never an account's own, whatever is allowed (Nextcloud 34.0.1, asked). */
const NEVER_OWN = ['local']

/** Whether accounts may have storages of that kind for themselves: not unless administrators allow it, and name it. */
function mayHaveOwn(world: World, backend: string): boolean {
  const named = config.getApp(world, APP, 'user_mounting_backends').split(',')
  return (
    config.getAppBool(world, APP, 'allow_user_mounting', false) &&
    named.includes(backend) &&
    !NEVER_OWN.includes(backend)
  )
}

const APP = 'files_external'

/** What was for somebody alone goes with the account. */
export const mountReactions = defineReactions(
  {
    'user.deleted': (world, { userId }) => {
      for (const mount of all(world)) {
        if (mount.owner === userId) remove(world, mount)
        else if (mount.users.includes(userId)) withoutUser(world, mount, userId)
      }
    },
    'group.deleted': (world, { groupId }) => {
      for (const mount of all(world)) if (mount.groups.includes(groupId)) withoutGroup(world, mount, groupId)
    },
  },
  { phase: 'clean-up' },
)

/** A mount that nobody is left to see goes too: without names, it would be everybody's (Nextcloud 34.0.1, source). */
function withoutUser(world: World, mount: Mount, userId: string): void {
  const users = mount.users.filter((id) => id !== userId)
  if (users.length === 0 && mount.groups.length === 0) remove(world, mount)
  else change(world, mount, { users })
}

function withoutGroup(world: World, mount: Mount, groupId: string): void {
  const left = mount.groups.filter((id) => id !== groupId)
  if (left.length === 0 && mount.users.length === 0) remove(world, mount)
  else change(world, mount, { groups: left })
}
