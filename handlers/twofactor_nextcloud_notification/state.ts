import { s } from '#lib/schema.ts'
import { defineTable } from '#world/define-table.ts'
import { markProcessed, notify } from '#world/notices/notifications.ts'
import { defineReactions } from '#world/reactions.ts'
import { isEnabled } from '#world/settings/apps.ts'
import type { World } from '#world/world.ts'

/** Somebody logs in with a password, and waits until the account's owner approves it on another device. */
export interface LoginAttempt {
  readonly id: number
  readonly userId: string
  /** Whoever has it may ask what became of the attempt. */
  readonly token: string
  /** Seconds since 1970. */
  readonly startedAt: number
  readonly status: 'pending' | 'accepted' | 'rejected'
}

/** Attempts by id. */
export const loginAttemptsTable = defineTable<LoginAttempt>('loginAttempts', {
  sequence: 'loginAttempt',
  record: s.object({
    id: s.int(),
    userId: s.string(),
    token: s.string(),
    startedAt: s.number(),
    status: s.literal('pending', 'accepted', 'rejected'),
  }),
})

const APP = 'twofactor_nextcloud_notification'
const LASTS_SECONDS = 600

/** Begin an attempt: the account is told, and may approve or reject it for ten minutes. */
export function start(world: World, userId: string, ip: string): LoginAttempt {
  const id = world.nextId('loginAttempt')
  const attempt: LoginAttempt = {
    id,
    userId,
    token: world.random.token(40),
    startedAt: world.clock.seconds(),
    status: 'pending',
  }
  world.table(loginAttemptsTable).set(String(id), attempt)
  if (isEnabled(world, 'notifications')) {
    const about = { objectType: '2fa_id', objectId: String(id) }
    notify(world, { app: APP, userId, ...about, subject: 'login_attempt', subjectParameters: { ip } })
  }
  return attempt
}

/** An attempt that nobody has forgotten, ended or not. */
export const find = (world: World, id: number): LoginAttempt | undefined =>
  world.table(loginAttemptsTable).get(String(id))

export function findByToken(world: World, token: string): LoginAttempt | undefined {
  const table = world.table(loginAttemptsTable)
  const [key] = table.index('token', (attempt) => attempt.token).keysOf(token)
  return key === undefined ? undefined : table.get(key)
}

/** Whether the time of an attempt is over. */
export const hasEnded = (world: World, { startedAt }: LoginAttempt): boolean =>
  world.clock.seconds() - startedAt > LASTS_SECONDS

/** Forget an attempt, and what its owner was told of it. Whoever is the first to ask for one that ended does so. */
export function forget(world: World, attempt: LoginAttempt): void {
  world.table(loginAttemptsTable).delete(String(attempt.id))
  forgetNotification(world, attempt)
}

/** Its owner's word on an attempt; it may be changed while the attempt lasts. */
export function decide(world: World, attempt: LoginAttempt, status: 'accepted' | 'rejected'): void {
  world.table(loginAttemptsTable).set(String(attempt.id), { ...attempt, status })
  forgetNotification(world, attempt)
}

const forgetNotification = (world: World, { id }: LoginAttempt) =>
  markProcessed(world, { app: APP, objectType: '2fa_id', objectId: String(id), subject: 'login_attempt' })

/** Attempts go with their account; those that ended, with what its owner was told of them. */
export const loginAttemptReactions = defineReactions(
  {
    'notification.processed': (world, { app, objectId }) => {
      const attempt = app === APP ? find(world, Number(objectId)) : undefined
      if (attempt && hasEnded(world, attempt)) world.table(loginAttemptsTable).delete(objectId)
    },
    'user.deleted': (world, { userId }) => {
      for (const [key, attempt] of [...world.table(loginAttemptsTable).entries()]) {
        if (attempt.userId === userId) world.table(loginAttemptsTable).delete(key)
      }
    },
  },
  { phase: 'clean-up', evenIfDisabled: true },
)
