import { defineNotifier } from '#app/notifier.ts'
import { memberOf } from '#app/rich-text.ts'
import * as loginAttempts from './state.ts'

const SUBJECT = 'Login attempt from IP address {ip}'
const MESSAGE =
  'If you are currently trying log in from another device or browser please approve the request. If you are not trying to log in at the moment, you should use the cancel option to abort the login attempt.'

/** Asks an account whether it is the one that logs in elsewhere. */
export const loginNotifier = defineNotifier((notification, { world, baseUrl }) => {
  const { app, subject, objectId, userId, subjectParameters } = notification
  if (app !== 'twofactor_nextcloud_notification' || subject !== 'login_attempt') return 'unknown'
  const attempt = loginAttempts.find(world, Number(objectId))
  if (!attempt || loginAttempts.hasEnded(world, attempt) || attempt.userId !== userId) return 'processed'
  const ip = String(memberOf(subjectParameters, 'ip') ?? '')
  const link = `${baseUrl}/ocs/v2.php/apps/twofactor_nextcloud_notification/api/v1/attempt/${objectId}`
  return {
    subject: SUBJECT.replace('{ip}', ip),
    subjectRich: SUBJECT,
    subjectRichParameters: { ip: { type: 'highlight', id: objectId, name: ip } },
    message: MESSAGE,
    messageRich: MESSAGE,
    icon: `${baseUrl}/apps/twofactor_nextcloud_notification/img/login-dark.svg`,
    actions: [
      { label: 'Approve', link, type: 'POST', primary: true },
      { label: 'Cancel', link, type: 'DELETE', primary: false },
    ],
  }
})
