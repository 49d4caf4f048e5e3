import { defineRoute } from '#app/index.ts'
import { json, openPageSession } from '#handlers/core/api.ts'
import type { JsonObject } from '#lib/json.ts'
import { setApp, setUser } from '#world/settings/config.ts'

/** How often somebody is written to, by what the page sends; in seconds. */
const BATCH_TIMES: Readonly<Record<string, number>> = { '1': 86_400, '2': 604_800, '3': 0 }
const AN_HOUR = 3_600

/** Parameters that say yes or no to mails or notifications about one kind of activity: `file_changed_email`. */
const CHOICE = /^(?<kind>[a-z_]+)_(?<way>notification|email)$/
const OWN: readonly string[] = ['notify_setting_self', 'notify_setting_selfemail']

const bit = (value: unknown) => (Number.parseInt(String(value === true ? 1 : value), 10) ? '1' : '0')

/** What the form says, as settings are kept. */
function settingsIn(parameters: JsonObject): ReadonlyMap<string, string> {
  const kept = new Map<string, string>()
  for (const [name, value] of Object.entries(parameters)) {
    const { kind, way } = CHOICE.exec(name)?.groups ?? {}
    if (kind !== undefined && !OWN.includes(name)) kept.set(`notify_${way}_${kind}`, bit(value))
  }
  kept.set('notify_setting_batchtime', String(BATCH_TIMES[String(parameters.notify_setting_batchtime)] ?? AN_HOUR))
  for (const name of OWN) kept.set(name, bit(parameters[name] ?? 0))
  return kept
}

const route = { app: 'activity', methods: ['POST'], identify: true } as const

export const personalSettings = defineRoute({
  ...route,
  id: 'activity-settings-personal',
  path: '/index.php/apps/activity/settings',
  summary: 'Choose what one is told about, by mail and by notifications',
  handle: async (args) => {
    const session = await openPageSession(args, { login: true, requestToken: true })
    const { world, actor } = args
    const set = (key: string, value: string) => setUser(world, actor.userId!, 'activity', key, value)
    for (const [key, value] of settingsIn(session.parameters)) set(key, value)
    set('notify_setting_activity_digest', bit(session.parameters.activity_digest ?? 0))
    return json(200, { data: { message: 'Your settings have been updated.' } }, session)
  },
})

export const defaultSettings = defineRoute({
  ...route,
  id: 'activity-settings-admin',
  path: '/index.php/apps/activity/settings/admin',
  summary: 'Choose what those are told about who did not choose themselves',
  handle: async (args) => {
    const session = await openPageSession(args, { login: true, admin: true, requestToken: true })
    for (const [key, value] of settingsIn(session.parameters)) setApp(args.world, 'activity', key, value)
    return json(200, { data: { message: 'Settings have been updated.' } }, session)
  },
})
