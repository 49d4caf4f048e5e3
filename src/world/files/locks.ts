import { s } from '#lib/schema.ts'
import * as users from '../accounts/users.ts'
import { defineBackgroundJob } from '../background-jobs.ts'
import { defineTable } from '../define-table.ts'
import { defineReactions } from '../reactions.ts'
import * as apps from '../settings/apps.ts'
import { getApp } from '../settings/config.ts'
import type { World } from '../world.ts'
import * as files from './files.ts'
import * as tree from './tree.ts'

/** Who holds a lock: an account, an app, or whoever has its token. */
export const LOCK = { user: 0, app: 1, token: 2 } as const

/** Nobody but its holder changes a locked file. */
export interface FileLock {
  readonly id: number
  readonly fileId: number
  /** The account that made it; of an app's lock, the app. */
  readonly userId: string
  readonly token: string
  /** One of {@link LOCK}; others can be asked for and hold nobody back. */
  readonly type: number
  /** Seconds since 1970. */
  readonly createdAt: number
  /** Seconds; 0 and less: until it is taken away. */
  readonly timeout: number
  /** What its holder is called. */
  readonly displayName: string
}

/** Locks by the id of their file. */
export const fileLocksTable = defineTable<FileLock>('fileLocks', {
  sequence: 'fileLock',
  record: s.object({
    id: s.int(),
    fileId: s.int(),
    userId: s.string(),
    token: s.string(),
    type: s.number(),
    createdAt: s.number(),
    timeout: s.number(),
    displayName: s.string(),
  }),
})

export const isOn = (world: World): boolean => apps.isEnabled(world, 'files_lock')

/** The lock of a file, while it lasts. */
export function find(world: World, fileId: number): FileLock | undefined {
  const lock = isOn(world) ? world.table(fileLocksTable).get(String(fileId)) : undefined
  return lock && remaining(world, lock) !== 0 ? lock : undefined
}

/** Locks that are over are forgotten. */
export const endedLockJob = defineBackgroundJob({
  name: 'ended',
  table: fileLocksTable,
  momentOf: ({ createdAt, timeout }) => (timeout <= 0 ? null : createdAt + timeout),
  run: (world, due) => {
    for (const { fileId } of due) world.table(fileLocksTable).delete(String(fileId))
  },
})

/** Seconds until a lock ends; -1: it does not. */
export function remaining(world: World, { createdAt, timeout }: FileLock): number {
  return timeout <= 0 ? -1 : Math.max(0, createdAt + timeout - world.clock.seconds())
}

/** Seconds that locks last, from the administrator's minutes. */
export const lifetime = (world: World): number =>
  (Number.parseInt(getApp(world, 'files_lock', 'lock_timeout', '-1'), 10) || 0) * 60

export type Locked = { readonly lock: FileLock } | { readonly heldBy: FileLock } | 'not-writable'

/**
 * Lock a file or folder for somebody, or make their lock last longer.
 * @param owner an account, or the token of a lock that is known by one
 * @param hint which client asks, where it is known
 */
export function lock(world: World, entry: files.Entry, owner: string, type: number, hint = ''): Locked {
  if (!files.mayWrite(entry)) return 'not-writable'
  const known = find(world, entry.node.id)
  if (!known) return { lock: make(world, entry, owner, type, hint) }
  if (known.type !== type || (known.userId !== owner && known.token !== owner)) return { heldBy: known }
  const left = remaining(world, known)
  // One that would never end has ended up with no time at all, which is the same (Nextcloud 34.0.1, asked).
  const longer = { ...known, timeout: left < 0 ? 0 : known.timeout - left + lifetime(world) }
  return { lock: put(world, longer) }
}

function make(world: World, entry: files.Entry, owner: string, type: number, hint: string): FileLock {
  const made = put(world, {
    id: world.nextId('fileLock'),
    fileId: entry.node.id,
    userId: owner,
    token: `files_lock/${uuid(world)}`,
    type,
    createdAt: world.clock.seconds(),
    timeout: lifetime(world),
    displayName: '',
  })
  tell(world, entry.node)
  return put(world, { ...made, displayName: holderName(world, made, hint) })
}

/** What the holder of a lock is called; an app without a name, and a kind that nobody knows, is called nothing. */
export function holderName(world: World, { type, userId, displayName }: FileLock, hint = ''): string {
  if (type === LOCK.user) return users.find(world, userId)?.displayName ?? ''
  if (type !== LOCK.token || displayName !== '') return displayName
  return `${users.find(world, userId)?.displayName ?? userId} ${hint === '' ? '' : `(${hint})`}`
}

/** Keep a changed lock. */
export function put(world: World, changed: FileLock): FileLock {
  world.table(fileLocksTable).set(String(changed.fileId), changed)
  return changed
}

/**
 * Whether somebody may take a lock away: who made it, whoever has its token, and the file's owner where an account
 * holds it.
 */
export function mayUnlock(
  known: FileLock,
  entry: files.Entry,
  asked: { readonly owner: string; readonly type: number },
) {
  if (known.type === LOCK.token) return asked.owner === known.token || entry.userId === known.userId
  if (asked.owner === known.userId && asked.type === known.type) return true
  return asked.type === LOCK.user && entry.owner === entry.userId
}

/** Take a lock away. */
export function unlock(world: World, known: FileLock): void {
  world.table(fileLocksTable).delete(String(known.fileId))
  const node = files.find(world, known.fileId)
  if (node) tell(world, node)
}

/** Clients learn of locks by another etag. */
function tell(world: World, { id }: files.FileNode): void {
  tree.touch(world, id, { etag: tree.uniqueTag(world) })
}

export function uuid(world: World): string {
  const hex = world.random.hex(32)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`
}

export const fileLockReactions = defineReactions(
  {
    'file.purged': (world, { id }) => {
      world.table(fileLocksTable).delete(String(id))
    },
  },
  { phase: 'clean-up', evenIfDisabled: true },
)
