import type { PhpArray } from '../../src/php.ts'
import type { Profile } from '../../src/profiles/profile.ts'
import type { Notification, NotificationAction } from '../../src/world/notifications.ts'
import * as notifications from '../../src/world/notifications.ts'
import type { World } from '../../src/world/world.ts'
import { exAppNotifier } from '../app_api/notifier.ts'
import { mentionNotifier } from '../comments/mention-notifier.ts'
import { wipeNotifier } from '../core/wipe-notifier.ts'
import { remoteShareNotifier } from '../federatedfilesharing/remote-share-notifier.ts'
import { transferNotifier } from '../files/transfer-notifier.ts'
import { reminderNotifier } from '../files_reminders/reminder-notifier.ts'
import { shareNotifier } from '../files_sharing/share-notifier.ts'
import { loginNotifier } from '../twofactor_nextcloud_notification/login-notifier.ts'
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
