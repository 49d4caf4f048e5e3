import { defineNotifier } from '#app/notifier.ts'
import { memberOf, toPlainText } from '#app/rich-text.ts'
import type { Json, JsonObject } from '#lib/json.ts'
import { isPhpArray } from '#lib/php.ts'

const APPS = new Set(['admin_notifications', 'admin_notification_talk'])
/** Where a notification came from: the API, the command line, a test, a seed. */
const SUBJECTS = new Set(['ocs', 'cli', 'self', 'seed'])

/** What administrators write, and what seeds put there for any app: the texts are the parameters. */
export const adminNotifier = defineNotifier(({ app, icon, actions, ...notification }, { baseUrl }) => {
  if (!SUBJECTS.has(notification.subject)) return 'unknown'
  if (!APPS.has(app) && notification.subject !== 'seed') return 'unknown'
  const subject = textOf(notification.subjectParameters, 'subject')
  const message = textOf(notification.messageParameters, 'message')
  if (!subject || !message) return 'unknown'
  return {
    subject: subject.plain,
    subjectRich: subject.rich,
    subjectRichParameters: subject.parameters,
    message: message.plain,
    messageRich: message.rich,
    messageRichParameters: message.parameters,
    icon: icon || `${baseUrl}/apps/notifications/img/notifications-dark.svg`,
    actions,
  }
})

interface Text {
  readonly plain: string
  readonly rich: string
  readonly parameters: JsonObject | readonly Json[]
}

/** A rich text with its parameters, or a list of one plain text; `null` where the parameters do not fit. */
function textOf(stored: Json, name: string): Text | null {
  const rich = memberOf(stored, name)
  if (typeof rich === 'string' && rich !== '') {
    const parameters = memberOf(stored, 'parameters') ?? []
    const plain = toPlainText(rich, parameters)
    return plain === null ? null : { plain, rich, parameters: isPhpArray(parameters) ? parameters : [] }
  }
  const plain = Array.isArray(stored) && typeof stored[0] === 'string' ? stored[0] : ''
  return { plain, rich: '', parameters: {} }
}
