import { defineEndpoint, p, s } from '#app/index.ts'
import { phpKey, sortKeys } from '#lib/php.ts'
import { byRelease } from '#lib/releases.ts'
import { configLexicon } from '#profiles/keys.ts'
import * as groups from '#world/accounts/groups.ts'
import * as apps from '#world/settings/apps.ts'
import * as config from '#world/settings/config.ts'
import * as lexicon from '#world/settings/config-lexicon.ts'
import type { World } from '#world/world.ts'

const INVALID_ID = 'Invalid app id given'
const FORBIDDEN_KEY = 'The given key can not be set'
const NO_UNLIMITED_QUOTA = 'The given key can not be set, unlimited quota is forbidden on this instance'

const message = (text: string) => ({ data: { message: text } })
const messageSchema = s.object({ data: s.object({ message: s.string() }) })

/** Every app that has a setting; being enabled is one. */
export const getApps = defineEndpoint({
  id: 'provisioning_api-app_config-get-apps',
  app: 'provisioning_api',
  method: 'GET',
  path: '/apps/provisioning_api/api/v1/config/apps',
  access: 'admin',
  summary: 'List the apps that have settings',
  output: s.object({ data: s.list(s.string()) }),
  handle: ({ world, ok }) => ok({ data: sortKeys([...config.appsWithKeys(world).keys()]) }),
})

export const getKeys = defineEndpoint({
  id: 'provisioning_api-app_config-get-keys',
  app: 'provisioning_api',
  method: 'GET',
  path: '/apps/provisioning_api/api/v1/config/apps/{app}',
  access: 'admin',
  summary: 'List the keys of an app’s settings',
  output: s.object({ data: s.list(s.union(s.string(), s.int())) }),
  responses: { 403: messageSchema },
  probe: { app: 'core' },
  handle: ({ input, world, ok, respond, crash }) => {
    if (!apps.isValidId(world, input.app)) return respond(403, message(INVALID_ID))
    if (lexicon.isTooLong(input.app)) return crash()
    return ok({ data: sortKeys(config.appKeys(world, input.app)).map(phpKey) })
  },
})

/** Whatever its type, a setting is answered as the text that is stored. */
export const getValue = defineEndpoint({
  id: 'provisioning_api-app_config-get-value',
  app: 'provisioning_api',
  method: 'GET',
  path: '/apps/provisioning_api/api/v1/config/apps/{app}/{key}',
  access: 'admin',
  summary: 'Read an app’s setting',
  input: { defaultValue: p.string().default('').describe('Answered where the setting is missing') },
  output: s.object({ data: s.string() }),
  responses: { 403: messageSchema },
  probe: { app: 'core', key: 'vendor' },
  data: [configLexicon],
  handle: ({ input, world, profile, ok, respond, crash }) => {
    if (!apps.isValidId(world, input.app)) return respond(403, message(INVALID_ID))
    if (lexicon.isTooLong(input.app, input.key)) return crash()
    return ok({ data: lexicon.read(world, configLexicon.of(profile), input.app, input.key) ?? input.defaultValue })
  },
})

export const setValue = defineEndpoint({
  id: 'provisioning_api-app_config-set-value',
  app: 'provisioning_api',
  method: 'POST',
  path: '/apps/provisioning_api/api/v1/config/apps/{app}/{key}',
  access: 'user',
  passwordConfirmation: true,
  summary: 'Write an app’s setting, in the type that the app declares for it',
  input: { value: p.string().describe('The new value') },
  output: s.empty(),
  responses: { 403: s.union(messageSchema, s.empty()) },
  failures: {
    403: byRelease('Logged in user must be an administrator or have authorization to edit this setting.', {
      32: 'Logged in account must be an administrator or have authorization to edit this setting.',
    }),
  },
  notImplemented: ['Settings that are delegated to groups: only administrators may write'],
  data: [configLexicon],
  handle: ({ input, me, world, profile, ok, respond, fail, crash }) => {
    if (!groups.isAdmin(world, me)) return fail(403)
    const refusal = refuse(world, input.app, input.key, input.value)
    if (refusal) return respond(403, message(refusal))
    const outcome = lexicon.write(world, configLexicon.of(profile), input.app, input.key, input.value)
    return outcome === 'wrong-type' || outcome === 'too-long' ? crash() : ok()
  },
})

export const deleteKey = defineEndpoint({
  id: 'provisioning_api-app_config-delete-key',
  app: 'provisioning_api',
  method: 'DELETE',
  path: '/apps/provisioning_api/api/v1/config/apps/{app}/{key}',
  access: 'admin',
  passwordConfirmation: true,
  summary: 'Delete an app’s setting, whether it is there or not',
  output: s.empty(),
  responses: { 403: messageSchema },
  data: [configLexicon],
  handle: ({ input, world, profile, ok, respond, crash }) => {
    const refusal = refuse(world, input.app, input.key, '')
    if (refusal) return respond(403, message(refusal))
    return lexicon.remove(world, configLexicon.of(profile), input.app, input.key) === 'too-long' ? crash() : ok()
  },
})

/** Why a setting may not be written, or `null`. Deleting counts as writing an empty text. */
function refuse(world: World, app: string, key: string, value: string): string | null {
  if (!apps.isValidId(world, app)) return INVALID_ID
  if (['installed_version', 'enabled', 'types'].includes(key)) return FORBIDDEN_KEY
  if (app === 'core' && /^(?:public|remote)_/.test(key)) return FORBIDDEN_KEY
  if (app === 'core' && key === 'encryption_enabled' && value !== 'yes') return FORBIDDEN_KEY
  const limited = config.getApp(world, 'files', 'allow_unlimited_quota', '1') === '0'
  return app === 'files' && key === 'default_quota' && value === 'none' && limited ? NO_UNLIMITED_QUOTA : null
}
