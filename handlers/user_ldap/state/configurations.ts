import * as config from '#world/settings/config.ts'
import type { World } from '#world/world.ts'

/** One setting of an LDAP configuration: its public name, and the key it is stored under. */
export interface LdapSetting {
  readonly name: string
  readonly key: string
  readonly default?: string
  /** Several values, one a line when they are given, shown with semicolons between. */
  readonly lines?: boolean
}

const APP = 'user_ldap'
const PREFIXES = 'configuration_prefixes'
const ACTIVE = 'ldap_configuration_active'
const PASSWORD = 'ldapAgentPassword'
/** What stands for a password that is not shown. */
const HIDDEN = '***'

/** Ids of the configurations: `s01`, `s02` … */
export function ids(world: World): string[] {
  try {
    const list: unknown = JSON.parse(config.getApp(world, APP, PREFIXES, '[]'))
    return Array.isArray(list) ? list.map(String) : []
  } catch {
    return []
  }
}

/** The id that the next configuration would have. */
export function nextId(world: World): string {
  const numbers = ids(world).map((id) => Number(id.slice(1)))
  return `s${String(Math.max(0, ...numbers) + 1).padStart(2, '0')}`
}

/** Make an empty configuration, which is not active; the answer is its id. */
export function create(world: World): string {
  const id = nextId(world)
  setIds(world, [...ids(world), id])
  config.setApp(world, APP, `${id}${ACTIVE}`, '')
  touch(world, id)
  return id
}

export function remove(world: World, id: string): 'not-found' | 'removed' {
  if (!ids(world).includes(id)) return 'not-found'
  setIds(
    world,
    ids(world).filter((other) => other !== id),
  )
  for (const key of [...config.appKeys(world, APP)]) if (key.startsWith(id)) config.deleteApp(world, APP, key)
  return 'removed'
}

const setIds = (world: World, list: readonly string[]) =>
  config.setApp(world, APP, PREFIXES, JSON.stringify(list), { type: 'array' })

const touch = (world: World, id: string) => config.setApp(world, APP, `${id}_lastChange`, String(world.clock.seconds()))

/** All settings of a configuration by their public names, in the order of those that are known. */
export function settings(
  world: World,
  id: string,
  known: readonly LdapSetting[],
  showPassword = false,
): Record<string, string> {
  return Object.fromEntries(
    known.map(({ name, key, default: fallback = '' }) => [
      name,
      name === PASSWORD && !showPassword ? HIDDEN : config.getApp(world, APP, id + key, fallback),
    ]),
  )
}

/** Make a configuration with the settings of another one. */
export function copy(world: World, from: string): string {
  const to = nextId(world)
  setIds(world, [...ids(world), to])
  for (const key of [...config.appKeys(world, APP)]) {
    if (key.startsWith(from)) config.setApp(world, APP, to + key.slice(from.length), config.getApp(world, APP, key))
  }
  touch(world, to)
  return to
}

const MANDATORY: readonly (readonly [name: string, title: string])[] = [
  ['ldapHost', 'LDAP Host'],
  ['ldapUserDisplayName', 'LDAP User Display Name'],
  ['ldapGroupDisplayName', 'LDAP Group Display Name'],
  ['ldapLoginFilter', 'LDAP Login Filter'],
  ['ldapPort', 'LDAP Port'],
]

const isSocket = (settings: Readonly<Record<string, string>>) => settings.ldapHost?.startsWith('ldapi://') === true
const isMissing = (text: string | undefined) => text === undefined || text === '' || text === '0'

/** The first settings of a list that are empty; a server behind a socket needs no port. */
export function missing(settings: Readonly<Record<string, string>>, names: readonly string[]): string[] {
  return names.filter((name) => isMissing(settings[name]) && !(name === 'ldapPort' && isSocket(settings)))
}

/** What is wrong with settings before any server is asked, in words; `null`: nothing. */
export function problemOf(settings: Readonly<Record<string, string>>): string | null {
  const [empty] = missing(
    settings,
    MANDATORY.map(([name]) => name),
  )
  if (empty) return `Mandatory field "${new Map(MANDATORY).get(empty)}" left empty`
  if (!settings.ldapAgentName && settings.ldapAgentPassword) return 'A password is given, but not an LDAP agent'
  if (settings.ldapAgentName && !settings.ldapAgentPassword) return 'No password is given for the user agent'
  if (isMissing(settings.ldapBase)) return 'No LDAP base DN was given'
  return settings.ldapLoginFilter?.includes('%uid') ? null : 'Login filter does not contain %uid placeholder.'
}

/** Change a setting by its public name or its key. What is neither is ignored. */
export function set(world: World, id: string, known: readonly LdapSetting[], given: string, value: string): void {
  const setting = known.find(({ name, key }) => name === given || key === given)
  if (setting) config.setApp(world, APP, id + setting.key, formOf(setting, value))
  touch(world, id)
}

function formOf({ name, lines }: LdapSetting, value: string): string {
  if (lines)
    return value
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean)
      .join(';')
  if (name !== 'homeFolderNamingRule' || value.trim() === '' || value.includes('attr:')) return value
  return `attr:${value.trim()}`
}

/** Whether a configuration is switched off; then accounts that LDAP does not show may still exist there. */
export function hasInactive(world: World): boolean {
  return ids(world).some((id) => config.getApp(world, APP, `${id}${ACTIVE}`) !== '1')
}
