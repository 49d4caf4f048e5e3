import { defineEndpoint, p, type RequestInfo, s } from '#app/index.ts'
import { predefinedStatuses } from '#app/user-status.ts'
import { md5 } from '#lib/md5.ts'
import { dateC, isNumeric, type PhpArray, toInt } from '#lib/php.ts'
import type { Profile } from '#profiles/profile.ts'
import * as statuses from '#world/accounts/statuses.ts'
import * as notifications from '#world/notices/notifications.ts'
import { isEnabled } from '#world/settings/apps.ts'
import type { World } from '#world/world.ts'
import { dropProcessed, notifiersOf, prepare, type WithTexts } from './notifiers.ts'

const richParameters = s.record(s.record(s.string()))

const notificationSchema = s.object({
  notification_id: s.int(),
  app: s.string(),
  user: s.string(),
  datetime: s.string(),
  object_type: s.string(),
  object_id: s.string(),
  subject: s.words(),
  message: s.words(),
  link: s.string(),
  subjectRich: s.optional(s.words()),
  subjectRichParameters: s.optional(richParameters),
  messageRich: s.optional(s.words()),
  messageRichParameters: s.optional(richParameters),
  icon: s.optional(s.string()),
  shouldNotify: s.optional(s.bool()),
  actions: s.list(s.object({ label: s.words(), link: s.string(), type: s.string(), primary: s.bool() })),
})

const BASE = '/apps/notifications/api/{apiVersion:(v1|v2)}/notifications'
/** As many as a client shows at once. */
const SHOWN = 25
const MOST_IDS = 200

const TALK_DESKTOP = /^Mozilla\/5\.0 \((?!Android|iOS)[A-Za-z ]+\) Nextcloud-Talk v/

/** One notification as `v1` (texts alone) or `v2` (rich texts too) shows it; `null` where nobody knows its texts. */
function show({ notification, texts }: WithTexts, apiVersion: string, request: RequestInfo): PhpArray | null {
  if (texts === null || texts === 'processed') return null
  const { subjectRich, subjectRichParameters, messageRich, messageRichParameters, icon } = texts
  const shouldNotify = !TALK_DESKTOP.test(request.header('user-agent')) || notification.app === 'spreed'
  const rich = { subjectRich, subjectRichParameters, messageRich, messageRichParameters, icon, shouldNotify }
  return {
    notification_id: notification.id,
    app: notification.app,
    user: notification.userId,
    datetime: dateC(notification.createdAt),
    object_type: notification.objectType,
    object_id: notification.objectId,
    subject: texts.subject,
    message: texts.message,
    link: texts.link,
    ...(apiVersion === 'v1' ? {} : rich),
    actions: texts.actions
      .toSorted((a, b) => Number(b.primary) - Number(a.primary))
      .map(({ label, link, type, primary }) => ({ label, link, type, primary })),
  }
}

/** Clients that poll learn the caller's status on the way. */
function statusHeader(world: World, profile: Profile, userId: string): string {
  if (!isEnabled(world, 'user_status')) return 'online'
  const status = statuses.settled(world, userId, predefinedStatuses.of(profile))?.status ?? 'online'
  return status === 'invisible' ? 'offline' : status
}

export const listNotifications = defineEndpoint({
  id: 'notifications-endpoint-list-notifications',
  app: 'notifications',
  method: 'GET',
  path: BASE,
  access: 'user',
  summary: "The caller's 25 latest notifications, newest first",
  output: s.list(notificationSchema),
  probe: { apiVersion: 'v2' },
  handle: async ({ input: { apiVersion }, me, world, profile, request, catalogue, ok }) => {
    if (isEnabled(world, 'user_status')) statuses.settle(world, [me])
    const headers = { 'X-Nextcloud-User-Status': statusHeader(world, profile, me) }
    const context = { world, profile, baseUrl: request.baseUrl }
    const latest = prepare(notifications.list(world, me, SHOWN), context, await notifiersOf(catalogue))
    dropProcessed(world, latest)
    const shown = latest.flatMap((one) => {
      const data = show(one, apiVersion, request)
      return data ? [{ id: one.notification.id, data }] : []
    })
    const data = shown.map((one) => one.data)
    if (apiVersion === 'v1') return ok(data, { headers })
    return ok(data, { headers, etag: md5(JSON.stringify(shown.map(({ id }) => id))) })
  },
})

export const getNotification = defineEndpoint({
  id: 'notifications-endpoint-get-notification',
  app: 'notifications',
  method: 'GET',
  path: `${BASE}/{id:\\d+}`,
  access: 'user',
  summary: 'One notification of the caller',
  input: { id: p.int() },
  output: notificationSchema,
  responses: { 404: s.null() },
  probe: { apiVersion: 'v2', id: '1' },
  handle: async ({ input: { apiVersion, id }, me, world, profile, request, catalogue, ok, respond }) => {
    const found = notifications.find(world, me, id)
    if (!found) return respond(404, null)
    const context = { world, profile, baseUrl: request.baseUrl }
    const asked = prepare([found], context, await notifiersOf(catalogue))
    dropProcessed(world, asked)
    const shown = show(asked[0]!, apiVersion, request)
    return shown ? ok(shown) : respond(404, null)
  },
})

export const confirmIds = defineEndpoint({
  id: 'notifications-endpoint-confirm-ids-for-user',
  app: 'notifications',
  method: 'POST',
  path: `${BASE}/exists`,
  access: 'user',
  summary: 'Which of up to 200 notifications the caller still has',
  input: { ids: p.array() },
  output: s.list(s.int()),
  responses: { 400: s.empty() },
  probe: { apiVersion: 'v2' },
  handle: ({ input, me, world, ok, respond }) => {
    const given = Object.values(input.ids)
    if (given.length > MOST_IDS) return respond(400)
    const ids = new Set(given.map((id) => (isNumeric(id) ? toInt(id) : 0)))
    return ok(notifications.existing(world, me, [...ids]))
  },
})

export const deleteNotification = defineEndpoint({
  id: 'notifications-endpoint-delete-notification',
  app: 'notifications',
  method: 'DELETE',
  path: `${BASE}/{id:\\d+}`,
  access: 'user',
  summary: 'Dismiss one notification; one that is gone already is no failure',
  input: { id: p.int() },
  output: s.empty(),
  responses: { 404: s.null() },
  probe: { apiVersion: 'v2', id: '1' },
  handle: ({ input: { id }, me, world, ok, respond }) => {
    if (id === 0) return respond(404, null)
    notifications.dismiss(world, me, id)
    return ok()
  },
})

export const deleteAllNotifications = defineEndpoint({
  id: 'notifications-endpoint-delete-all-notifications',
  app: 'notifications',
  method: 'DELETE',
  path: BASE,
  access: 'user',
  summary: 'Dismiss all notifications of the caller',
  output: s.empty(),
  probe: { apiVersion: 'v2' },
  handle: ({ me, world, ok }) => {
    notifications.dismissAll(world, me)
    return ok()
  },
})
