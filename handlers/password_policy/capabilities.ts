import { defineCapabilities } from '#app/capabilities.ts'
import { parseJson } from '#lib/json.ts'
import { toInt } from '#lib/php.ts'
import { getApp, getAppBool, getSystemBool } from '#world/settings/config.ts'
import type { World } from '#world/world.ts'

/** The policy for accounts, and one for shares where the administrator made one. */
export const capabilities = defineCapabilities({
  public: false,
  build: ({ world, request }) => {
    const api = `${request.baseUrl}/ocs/v2.php/apps/password_policy/api/v1`
    const { enforceHaveIBeenPwned: _, ...older } = policy(world, '')
    return {
      password_policy: {
        api: { generate: `${api}/generate`, validate: `${api}/validate` },
        policies: {
          account: policy(world, ''),
          ...(hasSharingPolicy(world) ? { sharing: policy(world, '_sharing') } : {}),
        },
        ...older,
      },
    }
  },
})

/** @param suffix ends the keys of settings that are not for accounts */
function policy(world: World, suffix: '' | '_sharing') {
  const flag = (key: string, fallback: boolean) => getAppBool(world, 'password_policy', key + suffix, fallback)
  const online = getSystemBool(world, 'has_internet_connection', true)
  return {
    minLength: Math.max(0, toInt(getApp(world, 'password_policy', `minLength${suffix}`, '10'))),
    enforceHaveIBeenPwned: online && flag('enforceHaveIBeenPwned', true),
    enforceNonCommonPassword: flag('enforceNonCommonPassword', true),
    enforceNumericCharacters: flag('enforceNumericCharacters', false),
    enforceSpecialCharacters: flag('enforceSpecialCharacters', false),
    enforceUpperLowerCase: flag('enforceUpperLowerCase', false),
  }
}

function hasSharingPolicy(world: World): boolean {
  const contexts = parseJson(getApp(world, 'password_policy', 'passwordContexts', '["account"]'))
  return Array.isArray(contexts) && contexts.includes('sharing')
}
