import { tableKey, type World } from './world.ts'

/** `config.php`: any JSON value by key. */
const systemConfig = tableKey<{ readonly value: unknown }>('systemConfig')
/** App settings by `app/key`. */
const appConfig = tableKey<AppConfigValue>('appConfig')
/** Preferences by `user/app/key`; none of the three is empty. */
const preferences = tableKey<{
  readonly userId: string
  readonly app: string
  readonly key: string
  readonly value: string
}>('preferences')

export interface AppConfigValue {
  readonly app: string
  readonly key: string
  readonly value: string
  readonly type?: 'mixed' | 'string' | 'integer' | 'float' | 'boolean' | 'array'
  readonly lazy?: boolean
  readonly sensitive?: boolean
}

export const keys = { systemConfig, appConfig, preferences }

const join = (...parts: string[]) => parts.map((part) => part.replaceAll('%', '%25').replaceAll('/', '%2F')).join('/')

/** A value of `config.php`, or the fallback. */
export function getSystem<T>(world: World, key: string, fallback: T): T {
  const found = world.table(systemConfig).get(key)
  return found ? (found.value as T) : fallback
}

export function setSystem(world: World, key: string, value: unknown): void {
  world.table(systemConfig).set(key, { value })
}

export function deleteSystem(world: World, key: string): boolean {
  return world.table(systemConfig).delete(key)
}

/** All of `config.php`, in the order it was written. */
export function system(world: World): Record<string, unknown> {
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

/** Keys of one app's settings, sorted. */
export function appKeys(world: World, app: string): string[] {
  return appsWithKeys(world).get(app)?.toSorted() ?? []
}

/** Apps that have settings, each with its keys. */
export function appsWithKeys(world: World): ReadonlyMap<string, readonly string[]> {
  return world.derive('config.apps', [appConfig], () => {
    const apps = new Map<string, string[]>()
    for (const { app, key } of world.table(appConfig).values()) apps.set(app, [...(apps.get(app) ?? []), key])
    return apps
  })
}

/** A user's preference, or the fallback. */
export function getUser(world: World, userId: string, app: string, key: string, fallback = ''): string {
  return world.table(preferences).get(join(userId, app, key))?.value ?? fallback
}

export function setUser(world: World, userId: string, app: string, key: string, value: string): void {
  world.table(preferences).set(join(userId, app, key), { userId, app, key, value })
}

export function deleteUser(world: World, userId: string, app: string, key: string): boolean {
  return world.table(preferences).delete(join(userId, app, key))
}
