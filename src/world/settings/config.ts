import type { Json } from '#lib/json.ts'
import { isPhpArray, toBool, toInt } from '#lib/php.ts'
import { s } from '#lib/schema.ts'
import { defineTable } from '../define-table.ts'
import type { World } from '../world.ts'

/** `config.php`: any JSON value by key. */
export const systemConfig = defineTable<{ readonly value: Json }>('systemConfig', {
  record: s.object({ value: s.json() }),
})
/** App settings by `app/key`. */
export const appConfig = defineTable<AppConfigValue>('appConfig', {
  record: s.object({
    app: s.string(),
    key: s.string(),
    value: s.string(),
    type: s.optional(s.literal('mixed', 'string', 'integer', 'float', 'boolean', 'array')),
    lazy: s.optional(s.bool()),
    sensitive: s.optional(s.bool()),
  }),
})
/** Preferences by `user/app/key`; none of the three is empty. */
export const preferences = defineTable<{
  readonly userId: string
  readonly app: string
  readonly key: string
  readonly value: string
}>('preferences', { record: s.object({ userId: s.string(), app: s.string(), key: s.string(), value: s.string() }) })

export type ConfigType = 'mixed' | 'string' | 'integer' | 'float' | 'boolean' | 'array'

export interface AppConfigValue {
  readonly app: string
  readonly key: string
  /** As it is stored: booleans are `1` and `0`, arrays are JSON. */
  readonly value: string
  /** Without one, `mixed`. */
  readonly type?: ConfigType
  /** Loaded only when asked for; where a value is stored shows in `occ config:list`. */
  readonly lazy?: boolean
  readonly sensitive?: boolean
}

export const keys = { systemConfig, appConfig, preferences }

const SPECIAL = /[%/]/
const escapePart = (part: string) => (SPECIAL.test(part) ? part.replaceAll('%', '%25').replaceAll('/', '%2F') : part)
const join = (app: string, key: string) => `${escapePart(app)}/${escapePart(key)}`
const joinUser = (userId: string, app: string, key: string) => `${escapePart(userId)}/${join(app, key)}`

/** A value of `config.php`, or the fallback. */
export function getSystem<T>(world: World, key: string, fallback: T): T {
  const found = world.table(systemConfig).get(key)
  return found ? (found.value as T) : fallback
}

/** A value of `config.php`, cast as PHP casts to `bool`. */
export const getSystemBool = (world: World, key: string, fallback: boolean): boolean =>
  toBool(getSystem<unknown>(world, key, fallback))

/** A value of `config.php`, cast as PHP casts to `int`. */
export const getSystemInt = (world: World, key: string, fallback: number): number =>
  toInt(getSystem<unknown>(world, key, fallback))

/** A value of `config.php`, cast as PHP casts to `string`. */
export function getSystemString(world: World, key: string, fallback: string): string {
  const value = getSystem<unknown>(world, key, fallback)
  if (typeof value === 'boolean' || value === null) return value === true ? '1' : ''
  return String(value)
}

/** A list of texts in `config.php`; anything else than a list is the fallback. */
export function getSystemList(world: World, key: string, fallback: readonly string[]): readonly string[] {
  const value = getSystem<unknown>(world, key, fallback)
  return isPhpArray(value) ? Object.values(value).map(String) : fallback
}

export function setSystem(world: World, key: string, value: Json): void {
  world.table(systemConfig).set(key, { value })
}

export function deleteSystem(world: World, key: string): boolean {
  return world.table(systemConfig).delete(key)
}

/** All of `config.php`, in the order it was written. */
export function system(world: World): Record<string, Json> {
  return Object.fromEntries([...world.table(systemConfig).entries()].map(([key, { value }]) => [key, value]))
}

/** An app's setting as text, or the fallback. */
export function getApp(world: World, app: string, key: string, fallback = ''): string {
  return world.table(appConfig).get(join(app, key))?.value ?? fallback
}

/** An app's setting with its type and flags. */
export function findApp(world: World, app: string, key: string): AppConfigValue | undefined {
  return world.table(appConfig).get(join(app, key))
}

export function setApp(
  world: World,
  app: string,
  key: string,
  value: string,
  more: Partial<AppConfigValue> = {},
): void {
  const old = world.table(appConfig).get(join(app, key))
  world.table(appConfig).set(join(app, key), { ...old, ...more, app, key, value })
}

export function deleteApp(world: World, app: string, key: string): boolean {
  return world.table(appConfig).delete(join(app, key))
}

/** A setting that says yes or no, as `1`, `true`, `yes`, `on` or anything else. */
export function getAppBool(world: World, app: string, key: string, fallback: boolean): boolean {
  const value = findApp(world, app, key)?.value
  return value === undefined ? fallback : TRUE_WORDS.includes(value.toLowerCase())
}

export const TRUE_WORDS: readonly string[] = ['true', '1', 'on', 'yes']
export const FALSE_WORDS: readonly string[] = ['false', '0', 'off', 'no']

/** Keys of one app's settings, unsorted. */
export function appKeys(world: World, app: string): readonly string[] {
  return appsWithKeys(world).get(app) ?? []
}

/** Apps that have settings, each with its keys. */
export function appsWithKeys(world: World): ReadonlyMap<string, readonly string[]> {
  return world.derive('config.apps', [appConfig], () => {
    const apps = new Map<string, string[]>()
    for (const { app, key } of world.table(appConfig).values()) {
      const known = apps.get(app)
      if (known) known.push(key)
      else apps.set(app, [key])
    }
    return apps
  })
}

/** A user's preference, or the fallback. */
export function getUser(world: World, userId: string, app: string, key: string, fallback = ''): string {
  return world.table(preferences).get(joinUser(userId, app, key))?.value ?? fallback
}

/** A user's preference, or `null` where it is not set. */
export function getUserOrNull(world: World, userId: string, app: string, key: string): string | null {
  return world.table(preferences).get(joinUser(userId, app, key))?.value ?? null
}

/** All preferences of a user, in the order of their keys. */
export function userValues(world: World, userId: string): { app: string; key: string; value: string }[] {
  const table = world.table(preferences)
  return table.keysWithPrefix(`${escape(userId)}/`).map((at) => table.get(at)!)
}

export function setUser(world: World, userId: string, app: string, key: string, value: string): void {
  world.table(preferences).set(joinUser(userId, app, key), { userId, app, key, value })
}

/** All preferences of an account that goes (Nextcloud 34.0.1, asked). */
export function deleteAllOfUser(world: World, userId: string): void {
  for (const { app, key } of userValues(world, userId)) deleteUser(world, userId, app, key)
}

export function deleteUser(world: World, userId: string, app: string, key: string): boolean {
  return world.table(preferences).delete(joinUser(userId, app, key))
}
