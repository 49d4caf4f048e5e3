import { defineEndpoint, p, s } from '#app/index.ts'
import { type JsonObject, membersOf } from '#lib/json.ts'
import { dateC, isPhpArray } from '#lib/php.ts'
import { type NewNotification, notify } from '#world/notices/notifications.ts'
import { isEnabled } from '#world/settings/apps.ts'

/** Bytes that type and id of an object and a subject may have. */
const LONGEST = 64

/** Texts come from the ExApp's notifier when somebody looks; until then there are none. */
export const sendNotification = defineEndpoint({
  id: 'app_api-notifications-send-notification',
  app: 'app_api',
  method: 'POST',
  path: '/apps/app_api/api/v1/notification',
  access: 'app-api',
  csrf: false,
  summary: 'Tell the account that the ExApp speaks for something',
  input: {
    params: p
      .array()
      .describe(
        'object, object_id, subject_type, and in subject_params: rich_subject, rich_subject_params, rich_message, rich_message_params, link',
      ),
  },
  output: s.object({
    app: s.string(),
    user: s.string(),
    datetime: s.string(),
    object_type: s.string(),
    object_id: s.string(),
    subject: s.string(),
    message: s.string(),
    link: s.string(),
    icon: s.string(),
  }),
  handle: ({ input, world, actor, ok, crash }) => {
    const about = actor.userId === null ? null : readAbout(membersOf(input.params))
    if (actor.userId === null || about === null) return crash()
    const made: NewNotification = { ...about, app: actor.exApp!, userId: actor.userId }
    if (isEnabled(world, 'notifications')) notify(world, made)
    return ok({
      app: made.app,
      user: made.userId,
      datetime: dateC(world.clock.seconds()),
      object_type: made.objectType,
      object_id: made.objectId,
      subject: '',
      message: '',
      link: '',
      icon: '',
    })
  },
})

/** What it is about, or `null` where a member is missing, of another type, empty or too long. */
function readAbout(params: JsonObject) {
  const { object, object_id, subject_type, subject_params } = params
  if (!isShortText(object) || !isShortText(object_id) || !isShortText(subject_type)) return null
  if (!isPhpArray(subject_params)) return null
  return { objectType: object, objectId: object_id, subject: subject_type, subjectParameters: subject_params }
}

const isShortText = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && new TextEncoder().encode(value).length <= LONGEST
