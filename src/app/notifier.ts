import type { PhpArray, PhpValue } from '#lib/php.ts'
import type { Profile } from '#profiles/profile.ts'
import type { ReadsProfileData } from '#profiles/profile-data.ts'
import type { Notification, NotificationAction } from '#world/notices/notifications.ts'
import type { World } from '#world/world.ts'

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
  readonly subjectRichParameters?: PhpArray | readonly PhpValue[]
  readonly message?: string
  readonly messageRich?: string
  readonly messageRichParameters?: PhpArray | readonly PhpValue[]
  readonly link?: string
  readonly icon?: string
  readonly actions?: readonly NotificationAction[]
}

/** Knows the notifications of an app. */
export interface Notifier extends ReadsProfileData {
  readonly kind: 'notifier'
  /**
   * Turns keys into texts when somebody looks, and changes nothing. `unknown`: another notifier's business;
   * `processed`: what it was about is over, so whoever asked removes the notification (`notification.processed`).
   */
  prepare(notification: Notification, context: NotifierContext): Prepared | 'unknown' | 'processed'
}

declare module '#line/contributions.ts' {
  interface Contributions {
    notifiers: Notifier
  }
}

declare module '#app/define-app.ts' {
  interface AppContributions {
    /** Who turns its notifications into texts. */
    readonly notifiers?: readonly Notifier[]
  }
}

/**
 * Define how notifications of an app read.
 *
 * @example
 * defineNotifier(({ app, subject }) => (app === 'bookmarks' ? { subject: `Saved: ${subject}` } : 'unknown'))
 */
export const defineNotifier = (prepare: Notifier['prepare'], { data = [] }: ReadsProfileData = {}): Notifier => ({
  kind: 'notifier',
  data,
  prepare,
})
