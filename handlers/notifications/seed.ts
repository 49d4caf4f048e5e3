import { inPlace } from '#lib/errors.ts'
import { type Infer, s } from '#lib/schema.ts'
import { seededAccount } from '#world/accounts/seed.ts'
import { notify } from '#world/notices/notifications.ts'
import { defineSeedMember } from '#world/seed.ts'
import type { World } from '#world/world.ts'

const parameters = () => s.optional(s.record(s.record(s.string())))

/** One notification of a seed. */
export const notificationSeedSchema = s.object({
  user: s.string(),
  subject: s.described('a text that may have {placeholders} for rich objects', s.string()),
  subjectParameters: parameters(),
  message: s.optional(s.string()),
  messageParameters: parameters(),
  app: s.optional(s.described('default: admin_notifications, what administrators send', s.string())),
  objectType: s.optional(s.string()),
  objectId: s.optional(s.string()),
  link: s.optional(s.string()),
  icon: s.optional(s.string()),
  actions: s.optional(
    s.list(
      s.object({
        label: s.string(),
        link: s.string(),
        type: s.optional(s.literal('GET', 'POST', 'PUT', 'DELETE', 'WEB')),
        primary: s.optional(s.bool()),
      }),
    ),
  ),
  createdAt: s.optional(s.described('seconds since 1970; default: now', s.int())),
})
type NotificationSeed = Infer<typeof notificationSeedSchema>

export const seededNotifications = defineSeedMember({
  name: 'notifications',
  schema: s.described('what accounts are notified of', s.list(notificationSeedSchema)),
  after: ['users'],
  read: seedNotifications,
})

function seedNotifications(world: World, list: readonly NotificationSeed[]): void {
  list.forEach((seed, i) => {
    inPlace(i, () => seedNotification(world, seed))
  })
}

export function seedNotification(
  world: World,
  { user, subject, message, actions = [], ...seed }: NotificationSeed,
): void {
  const { subjectParameters = [], messageParameters = [], app = 'admin_notifications', ...rest } = seed
  notify(world, {
    objectType: app,
    objectId: world.clock.seconds().toString(16),
    ...rest,
    app,
    userId: seededAccount(world, user).id,
    subject: 'seed',
    subjectParameters: { subject, parameters: subjectParameters },
    ...(message ? { message: 'seed', messageParameters: { message, parameters: messageParameters } } : {}),
    actions: actions.map((action) => ({ type: 'WEB', primary: false, ...action })),
  })
}
