import { byRelease } from '#lib/releases.ts'
import { s } from '#lib/schema.ts'
import * as groups from '../accounts/groups.ts'
import { defineTable } from '../define-table.ts'
import type { World } from '../world.ts'
import * as config from './config.ts'

declare module '#world/events.ts' {
  interface WorldEvents {
    'app.enabled': { readonly app: string; readonly groups: readonly string[] | null }
    'app.disabled': { readonly app: string }
  }
}

/** An app in the apps folder, enabled or not. Whether it is enabled stands in its settings, as on the real server. */
export interface AvailableApp {
  readonly id: string
  readonly version: string
  /** `filesystem`, `authentication`, `logging` … */
  readonly types: readonly string[]
  /** Cannot be disabled. */
  readonly alwaysEnabled: boolean
}

/** The apps folder by id, in the order in which it is read. */
export const appsTable = defineTable<AvailableApp>('apps', {
  record: s.object({ id: s.string(), version: s.string(), types: s.list(s.string()), alwaysEnabled: s.bool() }),
})

/** Types of apps that must be there for everyone or nobody. */
const FOR_EVERYONE = ['filesystem', 'prelogin', 'authentication', 'logging', 'prevent_group_restriction']

const ENABLED = 'enabled'
const CORE = 'core'

/** Put an app into the apps folder. */
export function provide(
  world: World,
  { id, version, types = [], alwaysEnabled }: Omit<AvailableApp, 'types'> & Partial<Pick<AvailableApp, 'types'>>,
): void {
  world.table(appsTable).set(id, { id, version, types, alwaysEnabled })
}

/** Take an app out of the apps folder. Its settings stay, as those of a real one do. */
export function withdraw(world: World, app: string): void {
  world.table(appsTable).delete(app)
}

export function find(world: World, app: string): AvailableApp | undefined {
  return world.table(appsTable).get(app)
}

/** All ids in the apps folder, in its order. */
export function available(world: World): string[] {
  return [...world.table(appsTable).keys()]
}

function isAlwaysEnabled(world: World, app: string): boolean {
  return app === CORE || find(world, app)?.alwaysEnabled === true
}

/** Whether an app is enabled for anyone. */
export function isEnabled(world: World, app: string): boolean {
  return isAlwaysEnabled(world, app) || config.getApp(world, app, ENABLED, 'no') !== 'no'
}

/** Whether an app is enabled for an account, or, with `null`, for those who are not logged in. */
export function isEnabledFor(world: World, app: string, userId: string | null): boolean {
  if (isAlwaysEnabled(world, app)) return true
  const value = config.getApp(world, app, ENABLED, 'no')
  if (value === 'yes' || value === 'no') return value === 'yes'
  return userId !== null && restriction(value).some((groupId) => groups.isMember(world, groupId, userId))
}

/** The groups to which an app is restricted; `null`: it is enabled for all or for nobody. */
export function restrictedTo(world: World, app: string): readonly string[] | null {
  const value = config.getApp(world, app, ENABLED, 'no')
  return value === 'yes' || value === 'no' || isAlwaysEnabled(world, app) ? null : restriction(value)
}

function restriction(value: string): readonly string[] {
  try {
    const ids: unknown = JSON.parse(value)
    return Array.isArray(ids) ? ids.map(String) : []
  } catch {
    return []
  }
}

/** Ids of all enabled apps, sorted; `core` is none of them. */
export function enabled(world: World): readonly string[] {
  return world.derive('apps.enabled', [appsTable, config.keys.appConfig], () => {
    const ids = new Set(available(world).filter((id) => isAlwaysEnabled(world, id)))
    for (const app of config.appsWithKeys(world).keys()) if (app !== CORE && isEnabled(world, app)) ids.add(app)
    return [...ids].sort()
  })
}

/** Ids in the apps folder that are not enabled, in the folder's order. */
export function disabled(world: World): string[] {
  return available(world).filter((id) => !isEnabled(world, id))
}

/** Install an app where that was not done before, and enable it for everyone. */
export function enable(world: World, app: string): 'enabled' | 'unknown' {
  return write(world, app, 'yes')
}

/** Enable an app for the members of some groups. Apps that work below all others cannot be restricted. */
export function enableForGroups(
  world: World,
  app: string,
  groupIds: readonly string[],
): 'enabled' | 'unknown' | 'not-for-groups' {
  const types = find(world, app)?.types ?? []
  if (types.some((type) => FOR_EVERYONE.includes(type))) return 'not-for-groups'
  return write(world, app, JSON.stringify(groupIds))
}

function write(world: World, app: string, value: string): 'enabled' | 'unknown' {
  const known = find(world, app) ?? download(world, app)
  if (!known) return 'unknown'
  const isNew = config.getApp(world, app, 'installed_version') === ''
  if (isNew) config.setApp(world, app, 'installed_version', known.version)
  config.setApp(world, app, ENABLED, value)
  if (isNew) config.setApp(world, app, 'types', known.types.join(','))
  world.emit({ type: 'app.enabled', app, groups: restrictedTo(world, app) })
  return 'enabled'
}

/** Bring an app of the store into the apps folder. */
function download(world: World, app: string): AvailableApp | undefined {
  const offered = world.rules.store?.find(({ id }) => id === app)
  if (offered) provide(world, { ...offered, alwaysEnabled: false })
  return find(world, app)
}

/** Disable an app. One that does not exist is disabled as well: its setting is written (Nextcloud 34.0.1, asked). */
export function disable(world: World, app: string): 'disabled' | 'always-enabled' {
  if (isAlwaysEnabled(world, app)) return 'always-enabled'
  config.setApp(world, app, ENABLED, 'no')
  world.emit({ type: 'app.disabled', app })
  return 'disabled'
}

/** Ids of apps are lower case, begin with a letter and end with a letter or digit; up to 31 they only are no path. */
export const isValidId = (world: World, app: string): boolean => VALID_ID.at(world.release).test(app)

/** What 27.1.10 takes was asked there; where it forbids the byte 0 it means a backslash and a zero (source). */
const VALID_ID = byRelease(/^(?!.*(?:\.\.|[<>"'/\\]))/s, { 32: /^(?:[a-z](?:[a-z0-9_-]*[a-z0-9])?)?$/ })
