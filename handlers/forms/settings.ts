import { config, defineEndpoint, groups, p, s } from '#app/index.ts'
import type { Json } from '#lib/json.ts'
import { isPhpArray, toInt } from '#lib/php.ts'
import type { World } from '#world/world.ts'
import * as forms from './state/forms.ts'

/** What an administrator decides, with the kind of its value and what holds before. */
const SETTINGS = {
  allowPermitAll: ['boolean', true],
  allowPublicLink: ['boolean', true],
  allowCustomPublicShareTokens: ['boolean', false],
  allowShowToAll: ['boolean', true],
  creationAllowedGroups: ['array', false],
  restrictCreation: ['boolean', false],
  allowConfirmationEmail: ['boolean', false],
  confirmationEmailRateLimit: ['integer', false],
  allowComments: [null, false],
} as const
type Setting = keyof typeof SETTINGS
const isSetting = (key: string): key is Setting => Object.hasOwn(SETTINGS, key)

const RATE_LIMIT = '3'
const CONFIG = '/index.php/apps/forms/config'
const BASE = { app: 'forms', envelope: false } as const
const settingsSchema = s.record(s.json())

function allowedGroups(world: World) {
  return forms.creators(world).flatMap((groupId) => {
    const group = groups.find(world, groupId)
    return group ? [{ groupId, displayName: group.displayName }] : []
  })
}

export const getAppConfig = defineEndpoint({
  ...BASE,
  id: 'forms-config-get-app-config',
  method: 'GET',
  path: CONFIG,
  access: 'admin',
  summary: 'What the administrator allows',
  output: settingsSchema,
  handle: ({ me, world, ok }) => {
    const is = (key: Setting) => forms.isAllowed(world, key, SETTINGS[key][1])
    return ok({
      allowPermitAll: is('allowPermitAll'),
      allowPublicLink: is('allowPublicLink'),
      allowCustomPublicShareTokens: is('allowCustomPublicShareTokens'),
      allowShowToAll: is('allowShowToAll'),
      creationAllowedGroups: allowedGroups(world),
      restrictCreation: is('restrictCreation'),
      allowConfirmationEmail: is('allowConfirmationEmail'),
      confirmationEmailRateLimit: toInt(config.getApp(world, 'forms', 'confirmationEmailRateLimit', RATE_LIMIT)),
      isMailConfigured: hasMail(world),
      allowComments: is('allowComments'),
      canCreateForms: forms.mayCreate(world, me),
    })
  },
})

const hasMail = (world: World) => config.getSystemString(world, 'mail_from_address', '') !== ''

export const updateAppConfig = defineEndpoint({
  ...BASE,
  id: 'forms-config-update-app-config',
  method: 'PATCH',
  path: CONFIG,
  access: 'admin',
  summary: 'Decide what is allowed',
  input: { configKey: p.string().oneOf(...Object.keys(SETTINGS)), configValue: p.mixed() },
  output: s.empty(),
  responses: { 400: s.string() },
  handle: ({ input, world, ok, respond, crash }) => {
    const { configKey, configValue } = input
    if (!isSetting(configKey)) return respond(400, `Unknown appConfig key: ${configKey}`)
    if (configKey === 'allowConfirmationEmail' && configValue === true && !hasMail(world))
      return respond(400, 'Mail server is not configured')
    const [kind] = SETTINGS[configKey]
    // Nothing is kept of a setting whose kind is not known.
    if (kind === null) return ok([])
    const kept = written(kind, configValue)
    if (kept === null) return crash()
    config.setApp(world, 'forms', configKey, kept, { type: kind })
    return ok([])
  },
})

/** A value as settings are kept; `null`: it is of another kind, and nothing is cast (Forms 5.3.0, source). */
function written(kind: 'boolean' | 'array' | 'integer', value: Json): string | null {
  if (kind === 'array') return isPhpArray(value) ? JSON.stringify(value) : null
  if (kind === 'integer') return Number.isInteger(value) ? String(value) : null
  return typeof value === 'boolean' ? (value ? '1' : '0') : null
}
