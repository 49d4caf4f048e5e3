import { s } from '#lib/schema.ts'
import { defineTable } from '../define-table.ts'
import { defineReactions } from '../reactions.ts'
import type { World } from '../world.ts'

declare module '#world/events.ts' {
  interface WorldEvents {
    'status.changed': { readonly userId: string }
  }
}

export type StatusType = 'online' | 'away' | 'dnd' | 'busy' | 'invisible' | 'offline'

/** What an account says about itself, as it is stored. Where nothing was said, there is no record. */
export interface Status {
  /** The account, or the account behind an underscore for the status that an automatic one replaced. */
  readonly userId: string
  readonly status: StatusType
  /** When the status was set, in seconds since 1970; 0: it never was, or was taken back. */
  readonly statusAt: number
  readonly isUserDefined: boolean
  /** A message out of the list, or `null`. */
  readonly messageId: string | null
  readonly message: string | null
  readonly icon: string | null
  /** When all of it ends, in seconds since 1970. */
  readonly clearAt: number | null
  /** When the message was set; 0: there is none. */
  readonly messageAt: number
}

/** A message that anyone can choose. */
export interface PredefinedStatus {
  readonly id: string
  readonly icon: string
  readonly message: string
  readonly clearAt: { readonly type: string; readonly time: string | number } | null
  /** `false`: set by the server, not offered. */
  readonly visible?: boolean
}

/** Statuses by user id; the case counts. */
export const statusesTable = defineTable<Status>('statuses', {
  record: s.object({
    userId: s.string(),
    status: s.literal('online', 'away', 'dnd', 'busy', 'invisible', 'offline'),
    statusAt: s.number(),
    isUserDefined: s.bool(),
    messageId: s.nullable(s.string()),
    message: s.nullable(s.string()),
    icon: s.nullable(s.string()),
    clearAt: s.nullable(s.number()),
    messageAt: s.number(),
  }),
})

/** From the one that shows most to the one that shows least: a heartbeat only ever raises a status. */
const TYPES: readonly StatusType[] = ['online', 'away', 'dnd', 'busy', 'invisible', 'offline']
/** What a heartbeat leaves alone where its owner chose it. */
const PERSISTENT: ReadonlySet<StatusType> = new Set(['away', 'busy', 'dnd', 'invisible'])
/** Ids besides the predefined ones that apps set on behalf of an account. */
const AUTOMATIC_IDS: ReadonlySet<string> = new Set(['availability', 'busy-tentative'])

/** Seconds after which a status that nobody confirmed counts no longer. */
const STALE_AFTER = 15 * 60
export const MAX_MESSAGE_LENGTH = 80

const NEW = {
  status: 'offline',
  statusAt: 0,
  isUserDefined: false,
  messageId: null,
  message: null,
  icon: null,
  clearAt: null,
  messageAt: 0,
} as const

const stored = (world: World, userId: string) => world.table(statusesTable).get(userId)

function store(world: World, status: Status): Status {
  world.table(statusesTable).set(status.userId, status)
  world.emit({ type: 'status.changed', userId: status.userId })
  return status
}

/** What an account says now: what ended by the world's clock is no longer said, and a predefined message shows its text. */
export function find(world: World, userId: string, predefined: readonly PredefinedStatus[]): Status | undefined {
  const found = stored(world, userId)
  return found && withText(current(world, found), predefined)
}

/** All statuses, in the order in which they came to be. */
export function list(
  world: World,
  predefined: readonly PredefinedStatus[],
  { limit = null, offset = null }: { limit?: number | null; offset?: number | null } = {},
): Status[] {
  const start = offset ?? 0
  const all = [...world.table(statusesTable).values()].slice(start, limit === null ? undefined : start + limit)
  return all.map((status) => withText(current(world, status), predefined))
}

/** Statuses with something to tell, the latest message first. */
export function recent(world: World, predefined: readonly PredefinedStatus[], limit: number): Status[] {
  const telling = [...world.table(statusesTable).values()].filter(
    (status) =>
      status.messageAt !== 0 &&
      !status.userId.startsWith('_') &&
      (!['online', 'away', 'offline'].includes(status.status) ||
        status.messageId !== null ||
        status.icon !== null ||
        status.message !== null),
  )
  telling.sort((a, b) => b.messageAt - a.messageAt)
  return telling.slice(0, limit).map((status) => withText(current(world, status), predefined))
}

/**
 * Take back for good what ended by the world's clock. The real server does it for every status that somebody asks
 * for, and only then: whoever changes a status that nobody asked for changes it as it was said.
 */
export function settle(world: World, userIds: readonly string[]): void {
  for (const userId of userIds) {
    const found = stored(world, userId)
    const next = found && current(world, found)
    if (next && next !== found) world.table(statusesTable).set(userId, next)
  }
}

/** What an account says, once what ended of it is taken back for good: what the real server does for whoever asks. */
export function settled(world: World, userId: string, predefined: readonly PredefinedStatus[]): Status | undefined {
  settle(world, [userId])
  return find(world, userId, predefined)
}

/** A stored status by the world's clock: itself, or what is left of it. */
function current(world: World, status: Status): Status {
  const now = world.clock.seconds()
  const ended = status.clearAt !== null && status.clearAt < now
  const stale = status.statusAt < now - STALE_AFTER && (!status.isUserDefined || status.status === 'online')
  if (!ended && !stale) return status
  const isBack = status.status === 'offline' && !status.isUserDefined
  const next: Status = isBack ? status : { ...status, status: 'offline', statusAt: now, isUserDefined: false }
  return ended ? { ...next, messageId: null, message: null, icon: null, clearAt: null, messageAt: 0 } : next
}

function withText(status: Status, predefined: readonly PredefinedStatus[]): Status {
  const chosen = predefined.find(({ id }) => id === status.messageId)
  return chosen ? { ...status, message: status.message || chosen.message, icon: status.icon || chosen.icon } : status
}

export const isType = (type: string): type is StatusType => (TYPES as readonly string[]).includes(type)

/** Choose a status. Whatever an automatic one had replaced is forgotten. */
export function setType(world: World, userId: string, status: StatusType): Status {
  const old = stored(world, userId) ?? { ...NEW, userId }
  world.table(statusesTable).delete(`_${userId}`)
  return store(world, { ...old, status, statusAt: world.clock.seconds(), isUserDefined: true })
}

export interface Message {
  readonly messageId: string | null
  readonly message: string | null
  readonly icon: string | null
  readonly clearAt: number | null
}

/** Whether a message may be chosen: its id is known, its icon one emoji, its text short, its end ahead. */
export function checkMessage(
  world: World,
  { messageId, message, icon, clearAt }: Message,
  predefined: readonly PredefinedStatus[],
): 'unknown-id' | 'bad-icon' | 'too-long' | 'past' | null {
  if (messageId !== null && !AUTOMATIC_IDS.has(messageId) && !predefined.some(({ id }) => id === messageId)) {
    return 'unknown-id'
  }
  if (icon !== null && !isSingleEmoji(icon)) return 'bad-icon'
  if (message !== null && [...message].length > MAX_MESSAGE_LENGTH) return 'too-long'
  return clearAt !== null && clearAt < world.clock.seconds() ? 'past' : null
}

/** Set a message that {@link checkMessage} found good. The status itself stays. */
export function setMessage(world: World, userId: string, message: Message): Status {
  const old = stored(world, userId) ?? { ...NEW, userId }
  forgetBackup(world, userId)
  return store(world, { ...old, ...message, messageAt: world.clock.seconds() })
}

export function clearMessage(world: World, userId: string): void {
  const old = stored(world, userId)
  if (old) store(world, { ...old, messageId: null, message: null, icon: null, clearAt: null, messageAt: 0 })
}

/** Drop what an automatic status had replaced: its owner spoke since. */
export function forgetBackup(world: World, userId: string): void {
  world.table(statusesTable).delete(`_${userId}`)
}

/**
 * A client says that its owner is there. `null`: the owner chose a status that this does not touch.
 */
export function heartbeat(
  world: World,
  userId: string,
  type: 'online' | 'away',
  predefined: readonly PredefinedStatus[],
): Status | null {
  const now = world.clock.seconds()
  const said = settled(world, userId, predefined) ?? { ...NEW, userId }
  if (said.isUserDefined && PERSISTENT.has(said.status)) return null
  // The calendar says the same words when it sets a status, and that one is to stay.
  if (said.messageId === 'meeting') return said
  const isOutdated = said.statusAt < now - STALE_AFTER
  if (!isOutdated && TYPES.indexOf(type) >= TYPES.indexOf(said.status)) return said
  // The text of a predefined message is written down with it (Nextcloud 34.0.1, source).
  return store(world, { ...said, status: type, statusAt: now, isUserDefined: false })
}

/**
 * What an app sets on behalf of an account: a call, a meeting, an absence. What the account had said before
 * can be kept to come back.
 */
export function setAutomatic(
  world: World,
  userId: string,
  automatic: { status: StatusType; messageId: string; message?: string; keepBackup: boolean },
): Status | 'already-automatic' {
  const old = stored(world, userId)
  if (automatic.keepBackup && old) {
    if (stored(world, `_${userId}`)) return 'already-automatic'
    world.table(statusesTable).set(`_${userId}`, { ...old, userId: `_${userId}` })
  }
  const now = world.clock.seconds()
  const { status, messageId, message = null } = automatic
  const base = automatic.keepBackup || !old ? { ...NEW, userId } : old
  const said = { status, messageId, message, icon: null, clearAt: null }
  return store(world, { ...base, ...said, statusAt: now, isUserDefined: true, messageAt: now })
}

/** Take an automatic message back: what it had replaced comes again. `null`: there is nothing to bring back. */
export function revert(world: World, userId: string, messageId: string): Status | null {
  const backup = stored(world, `_${userId}`)
  if (!backup || stored(world, userId)?.messageId !== messageId) return null
  forgetBackup(world, userId)
  const status = backup.status === 'offline' ? 'online' : backup.status
  return store(world, { ...backup, userId, status, statusAt: world.clock.seconds() })
}

/** One emoji, with whatever modifies it: a letter, a digit by itself or two emoji are none. */
export function isSingleEmoji(text: string): boolean {
  if ([...new Intl.Segmenter().segment(text)].length !== 1) return false
  if (/^[\u200d\ufe0f]+$/.test(text)) return true
  return new TextEncoder().encode(text).length > 1 && PARTS_OF_EMOJI.test(text)
}

/** The kinds of characters that emoji are made of: symbols, their modifiers, joiners, keycaps, flags. */
const PARTS_OF_EMOJI = /^(?:[\p{Sk}\p{Lm}\p{So}\p{Cf}\p{Po}\p{Ll}\p{Sm}\p{Me}\p{Nd}\p{Pd}\p{Cn}]|\ufe0f)+$/u

/** A status goes with its account; what it had replaced stays, as on the real server. */
export const statusReactions = defineReactions(
  {
    'user.deleted': (world, { userId }) => {
      world.table(statusesTable).delete(userId)
    },
  },
  { phase: 'clean-up', evenIfDisabled: true },
)
