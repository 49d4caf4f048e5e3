import { defineEndpoint, type HandlerArguments, p, s } from '#app/index.ts'
import { membersOf } from '#lib/json.ts'
import { isPhpArray } from '#lib/php.ts'
import type { Failures } from '#line/endpoint.ts'
import { reachability } from '#world/accounts/ldap-directory.ts'
import { ldapSettings } from './data.ts'
import * as ldap from './state/configurations.ts'

const APP = 'user_ldap'
const BASE = '/apps/user_ldap/api/v1/config'
const NOT_FOUND = { 404: 'Config ID not found' } as const

/** Every setting by its name, as text; several values have semicolons between. */
const configuration = s.record(s.string())
const made = s.object({ configID: s.string() })
const probe = { configID: 's99' }

type ConfigurationArguments = Pick<
  HandlerArguments<'/', Record<never, never>, Failures & typeof NOT_FOUND>,
  'world' | 'fail'
>

const requireConfiguration = ({ world, fail }: ConfigurationArguments, id: string) => {
  if (!ldap.ids(world).includes(id)) fail(404)
}

export const create = defineEndpoint({
  id: 'user_ldap-configapi-create',
  app: APP,
  method: 'POST',
  path: BASE,
  access: 'delegated',
  summary: 'Make an empty configuration, which is not active',
  output: made,
  handle: ({ world, ok }) => ok({ configID: ldap.create(world) }),
})

export const copyConfiguration = defineEndpoint({
  id: 'user_ldap-configapi-copy-configuration',
  app: APP,
  method: 'POST',
  path: `${BASE}/{configID}/copy`,
  since: 33,
  access: 'delegated',
  summary: 'Make a configuration with the settings of another one',
  output: made,
  failures: NOT_FOUND,
  probe,
  handle: (args) => {
    requireConfiguration(args, args.input.configID)
    return args.ok({ configID: ldap.copy(args.world, args.input.configID) })
  },
})

export const remove = defineEndpoint({
  id: 'user_ldap-configapi-delete',
  app: APP,
  method: 'DELETE',
  path: `${BASE}/{configID}`,
  access: 'delegated',
  summary: 'Delete a configuration',
  output: s.empty(),
  failures: NOT_FOUND,
  probe,
  handle: ({ input, world, ok, fail }) => (ldap.remove(world, input.configID) === 'removed' ? ok() : fail(404)),
})

export const show = defineEndpoint({
  id: 'user_ldap-configapi-show',
  app: APP,
  method: 'GET',
  path: `${BASE}/{configID}`,
  access: 'delegated',
  summary: 'All settings of a configuration; asterisks stand for the password unless it is asked for',
  input: { configID: p.string(), showPassword: p.bool().default(false) },
  output: configuration,
  failures: NOT_FOUND,
  probe,
  handle: (args) => {
    const { input, world, profile, ok } = args
    requireConfiguration(args, input.configID)
    return ok(ldap.settings(world, input.configID, ldapSettings.of(profile), input.showPassword))
  },
})

export const modify = defineEndpoint({
  id: 'user_ldap-configapi-modify',
  app: APP,
  method: 'PUT',
  path: `${BASE}/{configID}`,
  access: 'delegated',
  summary: 'Change settings by their names; unknown ones are ignored',
  input: { configID: p.string(), configData: p.mixed().describe('Values by the names of settings') },
  output: configuration,
  failures: { ...NOT_FOUND, 400: 'configData is not properly set' },
  probe,
  handle: (args) => {
    const { input, world, profile, ok, fail } = args
    requireConfiguration(args, input.configID)
    if (!isPhpArray(input.configData)) return fail(400)
    const data = membersOf(input.configData)
    for (const { name } of ldapSettings.of(profile)) {
      const value = data[name]
      if (value !== undefined && value !== null)
        ldap.set(world, input.configID, ldapSettings.of(profile), name, textOf(value))
    }
    return ok(ldap.settings(world, input.configID, ldapSettings.of(profile)))
  },
})

function textOf(value: unknown): string {
  if (isPhpArray(value)) return Object.values(value).map(textOf).join('\n')
  return value === true ? '1' : value === false ? '' : String(value)
}

export const testConfiguration = defineEndpoint({
  id: 'user_ldap-configapi-test-configuration',
  app: APP,
  method: 'POST',
  path: `${BASE}/{configID}/test`,
  since: 33,
  access: 'delegated',
  summary: 'Whether a configuration is whole, and its server lets us in',
  output: s.object({ success: s.bool(), message: s.string() }),
  failures: NOT_FOUND,
  probe,
  notImplemented: [
    'No LDAP server is asked: the setting ocsmock_reachable of the configuration says whether there is one',
  ],
  handle: (args) => {
    const { input, world, profile, ok } = args
    requireConfiguration(args, input.configID)
    const problem = ldap.problemOf(ldap.settings(world, input.configID, ldapSettings.of(profile), true))
    if (problem !== null) return ok({ success: false, message: `Invalid configuration: ${problem}` })
    const success = reachability(world, input.configID, 'no') === 'yes'
    return ok({
      success,
      message: success
        ? 'Valid configuration, connection established!'
        : 'Valid configuration, but binding failed. Please check the server settings and credentials.',
    })
  },
})
