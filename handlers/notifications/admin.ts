import { defineEndpoint, p, s } from '#app/index.ts'
import { isValidRichText } from '#app/rich-text.ts'
import { predefinedStatuses } from '#app/user-status.ts'
import type { Json, JsonObject } from '#lib/json.ts'
import type { Profile } from '#profiles/profile.ts'
import * as statuses from '#world/accounts/statuses.ts'
import * as users from '#world/accounts/users.ts'
import { notify } from '#world/notices/notifications.ts'
import { getSystem } from '#world/settings/config.ts'
import type { World } from '#world/world.ts'
import * as pushDevices from './state.ts'

const MAX_SUBJECT_BYTES = 255
const MAX_MESSAGE_BYTES = 4000

interface Written {
  readonly userId: string
  readonly subject: string
  readonly message: string
  readonly subjectParameters: readonly Json[] | JsonObject
  readonly messageParameters: readonly Json[] | JsonObject
}

const bytesOf = (text: string) => new TextEncoder().encode(text).length
const isEmpty = (parameters: object) => Object.keys(parameters).length === 0

/** Tell an account something on behalf of the administration: the notification's id, or what is wrong. */
function write(
  world: World,
  profile: Profile,
  { userId, subject, message, subjectParameters, messageParameters }: Written,
): number | 'user' | 'subject' | 'message' | 'parameters' {
  const user = users.find(world, userId)
  if (!user) return 'user'
  if (subject === '' || bytesOf(subject) > MAX_SUBJECT_BYTES) return 'subject'
  if (bytesOf(message) > MAX_MESSAGE_BYTES) return 'message'
  const texts = [[subject, subjectParameters] as const, ...(message ? [[message, messageParameters] as const] : [])]
  for (const [text, parameters] of texts) {
    if (!isEmpty(parameters) && !isValidRichText(profile, text, parameters)) return 'parameters'
  }
  const said = message ? { message: 'ocs', messageParameters: { message, parameters: messageParameters } } : {}
  return notify(world, {
    app: 'admin_notifications',
    userId: user.id,
    ...objectOf(world),
    subject: 'ocs',
    subjectParameters: { subject, parameters: subjectParameters },
    ...said,
  }).id
}

/** These notifications are about nothing but the moment they were written. */
const objectOf = (world: World) => ({
  objectType: 'admin_notifications',
  objectId: world.clock.seconds().toString(16),
})

export const generateNotification = defineEndpoint({
  id: 'notifications-api-generate-notification',
  app: 'notifications',
  method: 'POST',
  path: '/apps/notifications/api/{apiVersion:(v1|v2)}/admin_notifications/{userId}',
  access: 'admin',
  summary: 'Tell an account something in plain text',
  input: { userId: p.string(), shortMessage: p.string(), longMessage: p.string().default('') },
  output: s.empty(),
  responses: { 400: s.null(), 404: s.null() },
  probe: { apiVersion: 'v2', userId: '$me', shortMessage: 'Hello' },
  handle: ({ input: { userId, shortMessage, longMessage }, world, profile, ok, respond }) => {
    const none = { subjectParameters: [], messageParameters: [] }
    const written = write(world, profile, { userId, subject: shortMessage, message: longMessage, ...none })
    if (typeof written === 'number') return ok()
    return respond(written === 'user' ? 404 : 400, null)
  },
})

export const generateNotificationV3 = defineEndpoint({
  id: 'notifications-api-generate-notification-v3',
  app: 'notifications',
  method: 'POST',
  path: '/apps/notifications/api/{apiVersion3:(v3)}/admin_notifications/{userId}',
  access: 'admin',
  summary: 'Tell an account something, with rich objects in place of {placeholders}',
  input: {
    userId: p.string(),
    subject: p.string().default(''),
    message: p.string().default(''),
    subjectParameters: p.array().default([]),
    messageParameters: p.array().default([]),
  },
  output: s.object({ id: s.int() }),
  responses: { 400: s.object({ error: s.string() }) },
  probe: { apiVersion3: 'v3', userId: '$me', subject: 'Hello' },
  handle: ({ input, world, profile, ok, respond }) => {
    const written = write(world, profile, input)
    return typeof written === 'number' ? ok({ id: written }) : respond(400, { error: written })
  },
})

const TALK_APP = /^Mozilla\/5\.0 \([A-Za-z ]+\) Nextcloud-Talk v/

export const selfTestPush = defineEndpoint({
  id: 'notifications-api-self-test-push',
  app: 'notifications',
  method: 'POST',
  path: '/apps/notifications/api/{apiVersion3:(v3)}/test/self',
  access: 'user',
  summary: 'Notify oneself, and learn how pushing it to the devices went',
  output: s.object({ message: s.string(), nid: s.int() }),
  probe: { apiVersion3: 'v3' },
  notImplemented: ['sending to push proxies: devices are counted, nothing leaves the machine'],
  handle: ({ me, world, profile, request, ok }) => {
    const { id } = notify(world, {
      app: TALK_APP.test(request.header('user-agent')) ? 'admin_notification_talk' : 'admin_notifications',
      userId: me,
      ...objectOf(world),
      subject: 'self',
      subjectParameters: ['Testing push notifications'],
    })
    return ok({ message: `${reportPush(world, profile, me)}\n`, nid: id })
  },
})

function reportPush(world: World, profile: Profile, userId: string): string {
  if (!getSystem(world, 'has_internet_connection', true)) {
    return 'Internet connectivity is disabled in configuration file - no push notifications will be sent'
  }
  if (statuses.settled(world, userId, predefinedStatuses.of(profile))?.status === 'dnd') {
    return 'User status is set to DND - no push notifications will be sent'
  }
  return pushDevices.hasDevices(world, userId) ? 'Language is set to en' : 'No devices found for user'
}
