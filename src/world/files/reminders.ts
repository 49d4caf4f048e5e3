import { s } from '#lib/schema.ts'
import { defineBackgroundJob } from '../background-jobs.ts'
import { defineTable } from '../define-table.ts'
import { notify } from '../notices/notifications.ts'
import { defineReactions } from '../reactions.ts'
import { isEnabled } from '../settings/apps.ts'
import type { World } from '../world.ts'
import * as files from './files.ts'

/** An account wants to be reminded of a file or folder. */
export interface FileReminder {
  readonly id: number
  readonly userId: string
  readonly fileId: number
  /** Seconds since 1970. */
  readonly dueAt: number
}

/** By `user:file`. */
export const fileRemindersTable = defineTable<FileReminder>('fileReminders', {
  sequence: 'fileReminder',
  record: s.object({ id: s.int(), userId: s.string(), fileId: s.int(), dueAt: s.number() }),
})

const keyOf = (userId: string, fileId: number) => `${userId}:${fileId}`

/** Tells those whose reminders are due; then the reminders are over. */
export const dueReminderJob = defineBackgroundJob({
  name: 'due',
  table: fileRemindersTable,
  momentOf: ({ dueAt }) => dueAt,
  delay: () => 1,
  isNeeded: (world) => isEnabled(world, 'notifications'),
  run: (world, due) => {
    for (const { id, userId, fileId, dueAt } of due.toSorted((a, b) => a.dueAt - b.dueAt || a.id - b.id)) {
      world.table(fileRemindersTable).delete(keyOf(userId, fileId))
      notify(world, {
        app: 'files_reminders',
        userId,
        createdAt: dueAt,
        objectType: 'reminder',
        objectId: String(id),
        subject: 'reminder-due',
        subjectParameters: { fileId },
      })
    }
  },
})

/** A reminder of a file that the account still sees. */
export function find(world: World, userId: string, fileId: number): FileReminder | undefined {
  if (!files.entryOf(world, userId, fileId)) return undefined
  return world.table(fileRemindersTable).get(keyOf(userId, fileId))
}

/**
 * Remind an account of a file. A reminder that is there already keeps its time: the real server says that it
 * was changed and keeps the old one (Nextcloud 34.0.1, asked).
 */
export function set(world: World, userId: string, fileId: number, dueAt: number): 'created' | 'kept' | 'not-found' {
  if (!files.entryOf(world, userId, fileId)) return 'not-found'
  const key = keyOf(userId, fileId)
  if (world.table(fileRemindersTable).has(key)) return 'kept'
  world.table(fileRemindersTable).set(key, { id: world.nextId('fileReminder'), userId, fileId, dueAt })
  return 'created'
}

export function remove(world: World, userId: string, fileId: number): boolean {
  return find(world, userId, fileId) !== undefined && world.table(fileRemindersTable).delete(keyOf(userId, fileId))
}

/** Nobody is reminded of what was deleted, nor somebody who is gone. */
export const fileReminderReactions = defineReactions(
  {
    'user.deleted': (world, event) => forget(world, ({ userId }) => userId === event.userId),
    'file.deleted': (world, event) => forget(world, ({ fileId }) => fileId === event.id),
  },
  { phase: 'clean-up', evenIfDisabled: true },
)

function forget(world: World, isOver: (reminder: FileReminder) => boolean): void {
  const table = world.table(fileRemindersTable)
  for (const [key, reminder] of [...table.entries()]) if (isOver(reminder)) table.delete(key)
}
