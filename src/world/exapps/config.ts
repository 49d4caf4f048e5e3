import type { World } from '../world.ts'
import * as registrations from './registrations.ts'

interface Written {
  readonly configKey: string
  readonly configValue: unknown
  /** `null`: as it was. */
  readonly sensitive: number | null
}

/** A value as its column keeps it. */
const text = (value: unknown) => (value === true ? '1' : value === null || value === false ? '' : String(value))

/**
 * Keep a setting of an ExApp or a preference of an account (`path`: the account). One that was secret stays so unless
 * something else is said.
 */
export function keep(
  world: World,
  kind: 'config' | 'preference',
  exApp: string,
  path: readonly string[],
  { configKey, configValue, sensitive }: Written,
): registrations.Registration {
  const known = registrations.get(world, kind, exApp, [...path, configKey])
  return registrations.put(world, kind, exApp, [...path, configKey], {
    key: configKey,
    value: text(configValue),
    sensitive: sensitive ?? Number(known?.data.sensitive ?? 0),
  })
}

/** A setting as it lies in the database, where secrets cannot be read; `null`: there is none. */
export function stored(world: World, exApp: string, key: string): string | null {
  const data = registrations.get(world, 'config', exApp, [key])?.data
  if (!data) return null
  return data.sensitive === 1 && data.value !== '' ? unreadable(world) : String(data.value)
}

export function remove(world: World, exApp: string, key: string): boolean {
  return registrations.remove(world, 'config', exApp, [key])
}

/** All settings of an ExApp, by their keys. */
export function all(world: World, exApp: string): { key: string; value: string; sensitive: boolean }[] {
  return registrations
    .ofExApp(world, 'config', exApp)
    .map(({ data }) => ({ key: String(data.key), value: String(data.value), sensitive: data.sensitive === 1 }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
}

/** Text in the form of the real server's encrypted values. */
export const unreadable = (world: World) => `${world.random.hex(32)}|${world.random.hex(32)}|${world.random.hex(128)}|3`
