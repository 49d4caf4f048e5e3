import type { NotifierContext, Prepared } from '#app/notifier.ts'
import { isValidRichText } from '#app/rich-text.ts'
import type { ContributionSource, Gathered } from '#line/contributions.ts'
import type { Profile } from '#profiles/profile.ts'
import type { Notification } from '#world/notices/notifications.ts'
import * as notifications from '#world/notices/notifications.ts'
import type { World } from '#world/world.ts'

/** The notifiers of all apps. One answers for its own notifications alone, whether its app is enabled or not. */
export const notifiersOf = async (catalogue: ContributionSource) => catalogue.gather('notifiers')

/** A notification with its texts; `processed`: what it was about is over; `null`: nobody has any. */
export interface WithTexts {
  readonly notification: Notification
  readonly texts: Required<Prepared> | 'processed' | null
}

/** Ask the notifiers for the texts of notifications. */
export const prepare = (
  list: readonly Notification[],
  context: NotifierContext,
  notifiers: readonly Gathered<'notifiers'>[],
): WithTexts[] => list.map((notification) => ({ notification, texts: textsOf(notification, context, notifiers) }))

function textsOf(
  notification: Notification,
  context: NotifierContext,
  notifiers: readonly Gathered<'notifiers'>[],
): WithTexts['texts'] {
  for (const { contribution, profile } of notifiers) {
    const prepared = contribution.prepare(notification, { ...context, profile })
    if (prepared === 'unknown') continue
    if (prepared === 'processed') return prepared
    const whole = { ...NOTHING, link: notification.link, icon: notification.icon, ...prepared }
    return isWhole(context.profile, whole) ? whole : null
  }
  return null
}

/** Remove those of some notifications that are over: the real server does it when it was asked for them. */
export function dropProcessed(world: World, list: readonly WithTexts[]): void {
  for (const { notification, texts } of list) {
    if (texts !== 'processed') continue
    const { app, userId, objectType, objectId, subject, message, createdAt } = notification
    notifications.markProcessed(world, { app, userId, objectType, objectId, subject, message, createdAt })
  }
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
