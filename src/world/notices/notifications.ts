import type { Json } from '#lib/json.ts'
import { s } from '#lib/schema.ts'
import { defineTable } from '../define-table.ts'
import { defineReactions } from '../reactions.ts'
import type { World } from '../world.ts'

declare module '#world/events.ts' {
  interface WorldEvents {
    'notification.created': { readonly id: number; readonly userId: string; readonly app: string }
    /** What it was about is over. */
    'notification.processed': {
      readonly id: number
      readonly userId: string
      readonly app: string
      readonly objectId: string
    }
    'notification.dismissed': {
      readonly id: number
      readonly userId: string
      readonly app: string
      readonly objectId: string
    }
  }
}

export interface NotificationAction {
  readonly label: string
  /** An absolute address. */
  readonly link: string
  /** The method to call it with; `WEB` opens it in a browser. */
  readonly type: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'WEB'
  readonly primary: boolean
}

/**
 * What one account is told. Subject and message are keys that the app's notifier turns into texts when
 * somebody looks, so a notification follows what it is about.
 */
export interface Notification {
  readonly id: number
  readonly app: string
  readonly userId: string
  /** Seconds since 1970. */
  readonly createdAt: number
  readonly objectType: string
  readonly objectId: string
  readonly subject: string
  readonly subjectParameters: Json
  /** Empty: no message. */
  readonly message: string
  readonly messageParameters: Json
  readonly link: string
  readonly icon: string
  readonly actions: readonly NotificationAction[]
}

/** Notifications by id, padded so that keys sort as numbers do. */
export const notificationsTable = defineTable<Notification>('notifications', {
  sequence: 'notification',
  record: s.object({
    id: s.int(),
    app: s.string(),
    userId: s.string(),
    createdAt: s.number(),
    objectType: s.string(),
    objectId: s.string(),
    subject: s.string(),
    subjectParameters: s.json(),
    message: s.string(),
    messageParameters: s.json(),
    link: s.string(),
    icon: s.string(),
    actions: s.list(
      s.object({
        label: s.string(),
        link: s.string(),
        type: s.literal('GET', 'POST', 'PUT', 'DELETE', 'WEB'),
        primary: s.bool(),
      }),
    ),
  }),
})

const keyOf = (id: number) => String(id).padStart(12, '0')

/** What a new notification may leave out. */
export type NewNotification = Pick<Notification, 'app' | 'userId' | 'objectType' | 'objectId' | 'subject'> &
  Partial<Notification>

const DEFAULTS = {
  subjectParameters: [],
  message: '',
  messageParameters: [],
  link: '',
  icon: '',
  actions: [],
} as const

/** Tell an account something. */
export function notify(world: World, made: NewNotification): Notification {
  const id = world.nextId('notification')
  const notification: Notification = { ...DEFAULTS, createdAt: world.clock.seconds(), ...made, id }
  world.table(notificationsTable).set(keyOf(id), notification)
  world.emit({ type: 'notification.created', id, userId: notification.userId, app: notification.app })
  return notification
}

export function find(world: World, userId: string, id: number): Notification | undefined {
  const found = world.table(notificationsTable).get(keyOf(id))
  return found?.userId === userId ? found : undefined
}

/** An account's notifications, the newest first. */
export function list(world: World, userId: string, limit = Number.POSITIVE_INFINITY): Notification[] {
  const table = world.table(notificationsTable)
  const keys = table.index('user', (notification) => notification.userId).keysOf(userId)
  return keys
    .reverse()
    .slice(0, limit)
    .map((key) => table.get(key)!)
}

/** Which of these ids an account has, in ascending order. */
export function existing(world: World, userId: string, ids: readonly number[]): number[] {
  return ids.filter((id) => find(world, userId, id) !== undefined).toSorted((a, b) => a - b)
}

export function dismiss(world: World, userId: string, id: number): boolean {
  const found = find(world, userId, id)
  if (!found) return false
  world.table(notificationsTable).delete(keyOf(id))
  world.emit({ type: 'notification.dismissed', id, userId, app: found.app, objectId: found.objectId })
  return true
}

export function dismissAll(world: World, userId: string): void {
  for (const { id } of list(world, userId)) dismiss(world, userId, id)
}

/** What names notifications that became pointless: every member that is given must agree. */
export type Filter = Partial<
  Pick<Notification, 'app' | 'userId' | 'objectType' | 'objectId' | 'subject' | 'message' | 'createdAt'>
>

/** Remove what a filter names, whoever was told. */
export function markProcessed(world: World, filter: Filter): void {
  const table = world.table(notificationsTable)
  const wanted = Object.entries(filter)
  const candidates = filter.userId === undefined ? [...table.values()] : list(world, filter.userId)
  for (const notification of candidates) {
    if (!wanted.every(([member, value]) => notification[member as keyof Filter] === value)) continue
    const { id, userId, app, objectId } = notification
    table.delete(keyOf(id))
    world.emit({ type: 'notification.processed', id, userId, app, objectId })
  }
}

/** Notifications go with their account. */
export const notificationReactions = defineReactions(
  {
    'user.deleted': (world, { userId }) => markProcessed(world, { userId }),
  },
  { phase: 'tell', evenIfDisabled: true },
)
