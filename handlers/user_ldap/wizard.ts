import { defineEndpoint, p, s } from '#app/index.ts'
import * as directory from '#world/accounts/ldap-directory.ts'
import type { World } from '#world/world.ts'
import { ldapSettings } from './data.ts'
import * as ldap from './state/configurations.ts'

const APP = 'user_ldap'
const BASE = '/apps/user_ldap/api/v1/wizard'

type Settings = Readonly<Record<string, string>>

/** What an action answers: settings that it found, or why it found none. */
type WizardResult = { readonly changes: Readonly<Record<string, string | number>> } | { readonly problem: string }

const NOTHING: WizardResult = { problem: '' }
const LOST: WizardResult = { problem: 'Lost connection to LDAP server.' }

const SERVER = ['ldapHost', 'ldapPort']
const BASED = ['ldapHost', 'ldapBase', 'ldapPort']
const FILTERED = [...BASED, 'ldapUserFilter']

interface WizardContext {
  readonly settings: Settings
  readonly loginName: string
  readonly world: World
  readonly isReachable: boolean
}

interface WizardAction {
  /** Settings without which it finds nothing. */
  readonly needs: readonly string[]
  /** What it says then. */
  readonly unmet?: WizardResult
  /** What it finds without a server, which it keeps. */
  readonly compose?: (settings: Settings) => Readonly<Record<string, string>>
  /** What it finds, if it needs a server only for some settings, or if the fake has one. */
  readonly look?: (context: WizardContext) => WizardResult
}

const all = (parts: readonly string[], name: string) =>
  parts.length === 0 ? '' : `(|${parts.map((part) => `(${name}=${part})`).join('')})`
const listOf = (setting = '') => setting.split(';').filter(Boolean)
const count = (n: number, what: string) =>
  n > 1000 ? `> 1000 ${what}s found` : `${n} ${what}${n === 1 ? '' : 's'} found`

function groupFilter({ ldapGroupFilterObjectclass, ldapGroupFilterGroups }: Settings): string {
  const parts = [all(listOf(ldapGroupFilterObjectclass), 'objectclass'), all(listOf(ldapGroupFilterGroups), 'cn')]
  return parts.every(Boolean) ? `(&${parts.join('')})` : parts.join('')
}

const ifReachable =
  (changes: (context: WizardContext) => Readonly<Record<string, string | number>>) =>
  (context: WizardContext): WizardResult =>
    context.isReachable ? { changes: changes(context) } : LOST

const unmet: WizardResult = { problem: 'Requirements not met' }
const accounts = (world: World) => directory.accounts(world).filter(({ gone }) => !gone)

const ACTIONS: Readonly<Record<string, WizardAction>> = {
  guessPortAndTLS: { needs: ['ldapHost'], look: () => NOTHING },
  guessBaseDN: { needs: SERVER },
  detectEmailAttribute: { needs: FILTERED },
  detectUserDisplayNameAttribute: { needs: FILTERED },
  determineGroupMemberAssoc: { needs: [...SERVER, 'ldapGroupFilter'], look: () => NOTHING },
  determineUserObjectClasses: { needs: BASED },
  determineGroupObjectClasses: { needs: BASED },
  determineGroupsForUsers: { needs: BASED },
  determineGroupsForGroups: { needs: BASED },
  determineAttributes: { needs: FILTERED },
  getUserListFilter: {
    needs: BASED,
    compose: ({ ldapUserFilterObjectclass }) => ({
      ldap_userlist_filter: all(listOf(ldapUserFilterObjectclass), 'objectclass') || '(objectclass=*)',
    }),
  },
  getUserLoginFilter: { needs: FILTERED },
  getGroupFilter: { needs: BASED, compose: (settings) => ({ ldap_group_filter: groupFilter(settings) }) },
  countUsers: {
    needs: FILTERED,
    unmet,
    look: ifReachable(({ world }) => ({ ldap_user_count: count(accounts(world).length, 'user') })),
  },
  countGroups: {
    needs: [],
    look: (context) => {
      if (!context.settings.ldapGroupFilter) return { changes: { ldap_group_count: count(0, 'group') } }
      if (!context.isReachable || ldap.missing(context.settings, BASED).length > 0) return NOTHING
      return { changes: { ldap_group_count: count(directory.groups(context.world).length, 'group') } }
    },
  },
  countInBaseDN: {
    needs: BASED,
    unmet,
    look: ifReachable(({ world }) => ({ ldap_test_base: accounts(world).length + directory.groups(world).length })),
  },
  testLoginName: {
    needs: FILTERED,
    look: (context) => {
      const { settings, loginName, world } = context
      if (!context.isReachable) return LOST
      if (!settings.ldapLoginFilter?.includes('%uid')) return { problem: 'missing placeholder' }
      const found = accounts(world).filter(({ uid }) => uid === loginName).length
      const filter = settings.ldapLoginFilter.replaceAll('%uid', loginName)
      return { changes: { ldap_test_loginname: found, ldap_test_effective_filter: filter } }
    },
  },
}

export const action = defineEndpoint({
  id: 'user_ldap-wizard-action',
  app: APP,
  method: 'POST',
  path: `${BASE}/{configID}/{wizardAction}`,
  since: 33,
  access: 'delegated',
  summary: 'Let the wizard find out settings of a configuration',
  input: { configID: p.string(), wizardAction: p.string(), loginName: p.string().orNull() },
  output: s.object({ changes: s.record(s.union(s.string(), s.int())) }),
  failures: { 999: ['', 'No login name passed', 'Requirements not met', 'Lost connection to LDAP server.'] },
  probe: { configID: 's99', wizardAction: 'countUsers' },
  notImplemented: ['What only an LDAP server knows: attributes, object classes, groups of a filter, its base'],
  handle: ({ input, world, profile, ok, fail }) => {
    const { configID, wizardAction, loginName } = input
    const wizard = Object.hasOwn(ACTIONS, wizardAction) ? ACTIONS[wizardAction]! : null
    // The words stand together like that on the wire (Nextcloud 34.0.1, asked).
    if (!wizard) return fail(999, `Action ${wizardAction}does not exist`)
    if (wizardAction === 'testLoginName' && !loginName) return fail(999, 'No login name passed')
    const settings = ldap.settings(world, configID, ldapSettings.of(profile), true)
    const isReachable = directory.reachability(world, configID, 'no') === 'yes'
    const found = runAction(wizard, { settings, world, isReachable, loginName: loginName ?? '' })
    if ('problem' in found) return fail(999, found.problem)
    if (wizard.compose && ldap.ids(world).includes(configID)) {
      for (const [key, value] of Object.entries(found.changes))
        ldap.set(world, configID, ldapSettings.of(profile), key, String(value))
    }
    return ok({ changes: found.changes })
  },
})

function runAction(
  { needs, unmet: result = NOTHING, compose, look }: WizardAction,
  context: WizardContext,
): WizardResult {
  if (ldap.missing(context.settings, needs).length > 0) return result
  if (compose) return { changes: compose(context.settings) }
  return look ? look(context) : LOST
}

export const clearMappings = defineEndpoint({
  id: 'user_ldap-wizard-clear-mappings',
  app: APP,
  method: 'POST',
  path: `${BASE}/clearMappings`,
  since: 33,
  access: 'delegated',
  summary: 'Forget which accounts or groups of an LDAP server have which ids here',
  input: { subject: p.string().oneOf('user', 'group') },
  output: s.empty(),
  failures: { 999: 'An issue occurred.' },
  handle: ({ input: { subject }, ok, fail }) => (subject === 'user' || subject === 'group' ? ok() : fail(999)),
})
