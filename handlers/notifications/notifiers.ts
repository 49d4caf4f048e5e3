import type { NotifierContext, Prepared } from '#app/notifier.ts'
import { isValidRichText } from '#app/rich-text.ts'
import type { ContributionSource, Gathered } from '#line/contributions.ts'
import type { Profile } from '#profiles/profile.ts'
import type { Notification } from '#world/notices/notifications.ts'
import * as notifications from '#world/notices/notifications.ts'

/** The notifiers of all apps. One answers for its own notifications alone, whether its app is enabled or not. */
export const notifiersOf = async (catalogue: ContributionSource) => catalogue.gather('notifiers')

/** The texts of a notification, or `null` where nobody has any; one that is over is removed. */
export function prepare(
  notification: Notification,
  context: NotifierContext,
  notifiers: readonly Gathered<'notifiers'>[],
): Required<Prepared> | null {
  for (const { contribution, profile } of notifiers) {
    const prepared = contribution.prepare(notification, { ...context, profile })
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
