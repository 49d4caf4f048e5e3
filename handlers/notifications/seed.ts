import { inPlace, SeedError } from '#lib/errors.ts'
import * as statuses from '#world/accounts/statuses.ts'
import * as users from '#world/accounts/users.ts'
import { type Json, type NotificationAction, notify } from '#world/notices/notifications.ts'
import type { World } from '#world/world.ts'

/** One notification of a seed. Its texts may have `{placeholders}` for rich objects. */
export interface NotificationSeed {
  readonly user: string
  readonly subject: string
  readonly subjectParameters?: Json
  readonly message?: string
  readonly messageParameters?: Json
  /** Default: `admin_notifications`, what administrators send. */
  readonly app?: string
  readonly objectType?: string
  readonly objectId?: string
  readonly link?: string
  readonly icon?: string
  readonly actions?: readonly (Omit<NotificationAction, 'primary' | 'type'> & Partial<NotificationAction>)[]
  /** Seconds since 1970; default: now. */
  readonly createdAt?: number
}

/** What an account of a seed says about itself. */
export interface StatusSeed {
  readonly user: string
  /** Default: `online`. */
  readonly status?: statuses.StatusType
  readonly messageId?: string
  readonly message?: string
  readonly icon?: string
  /** Seconds since 1970. */
  readonly clearAt?: number
}

export function seedNotifications(world: World, list: readonly NotificationSeed[]): void {
  list.forEach((seed, i) => {
    inPlace(i, () => seedNotification(world, seed))
  })
}

function seedNotification(world: World, { user, subject, message, actions = [], ...seed }: NotificationSeed): void {
  const { subjectParameters = [], messageParameters = [], app = 'admin_notifications', ...rest } = seed
  notify(world, {
    objectType: app,
    objectId: world.clock.seconds().toString(16),
    ...rest,
    app,
    userId: accountOf(world, user),
    subject: 'seed',
    subjectParameters: { subject, parameters: subjectParameters },
    ...(message ? { message: 'seed', messageParameters: { message, parameters: messageParameters } } : {}),
    actions: actions.map((action) => ({ type: 'WEB', primary: false, ...action })),
  })
}

export function seedStatuses(world: World, list: readonly StatusSeed[]): void {
  list.forEach((seed, i) => {
    inPlace(i, () => seedStatus(world, seed))
  })
}

function seedStatus(world: World, { user, status = 'online', messageId, message, icon, clearAt }: StatusSeed): void {
  const userId = accountOf(world, user)
  statuses.setType(world, userId, status)
  if ([messageId, message, icon, clearAt].every((member) => member === undefined)) return
  const said = { messageId: messageId ?? null, message: message ?? null, icon: icon ?? null, clearAt: clearAt ?? null }
  statuses.setMessage(world, userId, said)
}

function accountOf(world: World, userId: string): string {
  const user = users.find(world, userId)
  if (!user) throw new SeedError(['user'], `there is no account "${userId}". Name it under "users" of the same seed.`)
  return user.id
}
