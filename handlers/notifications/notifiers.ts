import { exAppNotifier } from '#handlers/app_api/notifier.ts'
import { mentionNotifier } from '#handlers/comments/mention-notifier.ts'
import { wipeNotifier } from '#handlers/core/wipe-notifier.ts'
import { remoteShareNotifier } from '#handlers/federatedfilesharing/remote-share-notifier.ts'
import { transferNotifier } from '#handlers/files/transfer-notifier.ts'
import { reminderNotifier } from '#handlers/files_reminders/reminder-notifier.ts'
import { shareNotifier } from '#handlers/files_sharing/share-notifier.ts'
import { loginNotifier } from '#handlers/twofactor_nextcloud_notification/login-notifier.ts'
import type { PhpArray } from '#lib/php.ts'
import type { Profile } from '#profiles/profile.ts'
import type { Notification, NotificationAction } from '#world/notices/notifications.ts'
import * as notifications from '#world/notices/notifications.ts'
import type { World } from '#world/world.ts'
import { adminNotifier } from './admin-notifier.ts'
import { isValidRichText } from './rich-text.ts'

/** What a notifier may look at. */
export interface NotifierContext {
  readonly world: World
  readonly profile: Profile
  /** Scheme and host that links begin with. */
  readonly baseUrl: string
}

/** The texts of a notification; what is missing stays as it was stored. */
export interface Prepared {
  readonly subject: string
  readonly subjectRich?: string
  readonly subjectRichParameters?: PhpArray
  readonly message?: string
  readonly messageRich?: string
  readonly messageRichParameters?: PhpArray
  readonly link?: string
  readonly icon?: string
  readonly actions?: readonly NotificationAction[]
}

/**
 * Turns keys into texts when somebody looks. `unknown`: another notifier's business; `processed`: what it was
 * about is over, so the notification goes.
 */
export type Notifier = (notification: Notification, context: NotifierContext) => Prepared | 'unknown' | 'processed'

/** The notifiers of all apps, in the order in which they are asked. An app adds its own here. */
const NOTIFIERS: readonly Notifier[] = [
  adminNotifier,
  transferNotifier,
  wipeNotifier,
  exAppNotifier,
  shareNotifier,
  remoteShareNotifier,
  mentionNotifier,
  reminderNotifier,
  loginNotifier,
]

/** The texts of a notification, or `null` where nobody has any; one that is over is removed. */
export function prepare(notification: Notification, context: NotifierContext): Required<Prepared> | null {
  for (const notifier of NOTIFIERS) {
    const prepared = notifier(notification, context)
    if (prepared === 'unknown') continue
    if (prepared === 'processed') {
      const {
        id: _,
        subjectParameters: _s,
        messageParameters: _m,
        link: _l,
        icon: _i,
        actions: _a,
        ...filter
      } = notification
      notifications.markProcessed(context.world, filter)
      return null
    }
    const whole = { ...NOTHING, link: notification.link, icon: notification.icon, ...prepared }
    return isWhole(context.profile, whole) ? whole : null
  }
  return null
}

const NOTHING = {
  subjectRich: '',
  subjectRichParameters: {},
  message: '',
  messageRich: '',
  messageRichParameters: {},
  actions: [],
} as const

const isWhole = (profile: Profile, { subject, ...rich }: Required<Prepared>) =>
  subject !== '' &&
  isValidRichText(profile, rich.subjectRich, rich.subjectRichParameters) &&
  isValidRichText(profile, rich.messageRich, rich.messageRichParameters)
