import * as config from '#world/settings/config.ts'
import type { World } from '#world/world.ts'

/** An account that an LDAP server knows, or knew. */
export interface LdapAccount {
  readonly uid: string
  readonly displayName: string
  /** No longer on the LDAP server; the product still remembers it. */
  readonly gone?: boolean
}

const APP = 'user_ldap'
const ACCOUNTS = 'ocsmock_accounts'
const GROUPS = 'ocsmock_groups'
const REACHABLE = 'ocsmock_reachable'

/** All accounts of the LDAP server, as the setting `user_ldap/ocsmock_accounts` lists them in JSON. */
export function accounts(world: World): LdapAccount[] {
  return readList<LdapAccount>(world, ACCOUNTS)
}

/** Names of the LDAP server's groups, as the setting `user_ldap/ocsmock_groups` lists them in JSON. */
export function groups(world: World): string[] {
  return readList<string>(world, GROUPS)
}

function readList<T>(world: World, key: string): T[] {
  try {
    const list: unknown = JSON.parse(config.getApp(world, APP, key, '[]'))
    return Array.isArray(list) ? (list as T[]) : []
  } catch {
    return []
  }
}

/** What the setting `user_ldap/<configuration>ocsmock_reachable` says of the LDAP server, or the fallback. */
export const reachability = (world: World, configId: string, fallback: string): string =>
  config.getApp(world, APP, configId + REACHABLE, fallback)
