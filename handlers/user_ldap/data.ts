import { defineProfileData } from '#app/index.ts'
import type { LdapSetting } from './state/configurations.ts'

/** Settings of a configuration, in the order in which the API has them. */
export const ldapSettings = defineProfileData<readonly LdapSetting[]>('ldap-settings')
