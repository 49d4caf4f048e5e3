import { defineEndpoint, p, s } from '#app/index.ts'
import { setApp, setUser } from '#world/settings/config.ts'

/** How often mails about missed notifications go out: never, hourly, every three hours, daily, weekly. */
const batchSetting = p.int().range(0, 4).before(34, p.int())
const flag = (yes: string) => (yes === 'yes' ? '1' : '0')

export const personalSettings = defineEndpoint({
  id: 'notifications-settings-personal',
  app: 'notifications',
  method: 'POST',
  path: '/apps/notifications/api/{apiVersion:(v2)}/settings',
  access: 'user',
  anonymous: 'empty-page',
  summary: 'How the caller wants to hear of notifications',
  input: { batchSetting, soundNotification: p.string(), soundTalk: p.string() },
  output: s.empty(),
  probe: { apiVersion: 'v2', batchSetting: '0', soundNotification: 'no', soundTalk: 'no' },
  handle: ({ input, me, world, ok }) => {
    setUser(world, me, 'notifications', 'batch_setting', String(input.batchSetting))
    setUser(world, me, 'notifications', 'sound_notification', flag(input.soundNotification))
    setUser(world, me, 'notifications', 'sound_talk', flag(input.soundTalk))
    return ok()
  },
})

export const adminSettings = defineEndpoint({
  id: 'notifications-settings-admin',
  app: 'notifications',
  method: 'POST',
  path: '/apps/notifications/api/{apiVersion:(v2)}/settings/admin',
  access: 'admin',
  anonymous: 'empty-page',
  summary: 'How new accounts hear of notifications, and whether web push is on',
  input: {
    batchSetting,
    soundNotification: p.string(),
    soundTalk: p.string(),
    webpushEnabled: p.string().since(34, 'no'),
    webpushBrowsersEnabled: p.string().since(34, 'no'),
  },
  output: s.empty(),
  probe: {
    apiVersion: 'v2',
    batchSetting: '0',
    soundNotification: 'no',
    soundTalk: 'no',
    webpushEnabled: 'no',
    webpushBrowsersEnabled: 'no',
  },
  handle: ({ input, world, ok }) => {
    const flags = {
      sound_notification: input.soundNotification,
      sound_talk: input.soundTalk,
      webpush_enabled: input.webpushEnabled,
      webpush_browsers_enabled: input.webpushBrowsersEnabled,
    }
    setApp(world, 'notifications', 'setting_batchtime', String(input.batchSetting), { type: 'integer' })
    for (const [key, yes] of Object.entries(flags)) {
      setApp(world, 'notifications', key, flag(yes), { type: 'boolean' })
    }
    return ok()
  },
})
