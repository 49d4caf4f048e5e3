/** Configurations of LDAP as ownCloud 8.1 keeps them: the first has no name. Those of Nextcloud are in `ldap-configurations.ts`. */

import { reachability } from '#world/accounts/ldap-directory.ts'
import * as config from '#world/settings/config.ts'
import type { World } from '#world/world.ts'

const APP = 'user_ldap'
const ACTIVE = 'ldap_configuration_active'

/** Settings of a new configuration that are not empty. */
const DEFAULTS: Readonly<Record<string, string>> = { ldap_port: '389', [ACTIVE]: '0' }

/** Ids of all configurations: the first is the empty text, those after it are `s01`, `s02` … */
export function configIds(world: World): string[] {
  const keys = config.appKeys(world, APP).filter((key) => key.endsWith(ACTIVE))
  return keys.map((key) => key.slice(0, -ACTIVE.length)).sort()
}

/** Make a configuration; the answer is its id. */
export function createConfig(world: World): string {
  const known = configIds(world)
  const numbers = known.map((id) => Number(id.slice(1))).filter((n) => !Number.isNaN(n))
  const id = known.length === 0 ? '' : `s${String(Math.max(0, ...numbers) + 1).padStart(2, '0')}`
  for (const [key, value] of Object.entries(DEFAULTS)) config.setApp(world, APP, id + key, value)
  return id
}

export function deleteConfig(world: World, id: string): 'not-found' | 'deleted' {
  if (!configIds(world).includes(id)) return 'not-found'
  for (const key of Object.keys(settingsOf(world, id))) config.deleteApp(world, APP, id + key)
  return 'deleted'
}

/** The settings of one configuration by name, without the id in front. */
export function settingsOf(world: World, id: string): Record<string, string> {
  const others = configIds(world).filter((other) => other !== id && other !== '')
  const keys = config
    .appKeys(world, APP)
    .filter((key) => key.startsWith(id) && !key.startsWith('ocsmock_'))
    .filter((key) => id !== '' || !others.some((other) => key.startsWith(other)))
  return Object.fromEntries(keys.map((key) => [key.slice(id.length), config.getApp(world, APP, key)]))
}

/** Setting names come as the product's own (`ldapHost`) and are kept as in its database (`ldap_host`). */
export function setSetting(world: World, id: string, name: string, value: string): 'not-found' | 'set' {
  if (!configIds(world).includes(id)) return 'not-found'
  config.setApp(world, APP, id + name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), value)
  return 'set'
}

/**
 * Whether a configuration works. There is no LDAP server behind a fake: it does unless the setting
 * `<id>ocsmock_reachable` says `invalid` or `no`.
 */
export function testConfig(world: World, id: string): 'not-found' | 'invalid' | 'not-reachable' | 'works' {
  if (!configIds(world).includes(id)) return 'not-found'
  const said = reachability(world, id, 'yes')
  return said === 'invalid' ? 'invalid' : said === 'no' ? 'not-reachable' : 'works'
}

export function hasDisabledConfig(world: World): boolean {
  return configIds(world).some((id) => settingsOf(world, id)[ACTIVE] !== '1')
}
