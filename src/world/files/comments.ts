import { s } from '#lib/schema.ts'
import * as users from '../accounts/users.ts'
import { defineTable } from '../define-table.ts'
import { defineReactions } from '../reactions.ts'
import type { World } from '../world.ts'

declare module '#world/events.ts' {
  interface WorldEvents {
    'comment.created': {
      readonly id: number
      readonly userId: string
      readonly objectId: string
      readonly comment: Comment
    }
    'comment.changed': { readonly comment: Comment }
    'comment.deleted': { readonly comment: Comment }
  }
}

/** What somebody said about a file. */
export interface Comment {
  readonly id: number
  readonly objectType: string
  readonly objectId: string
  readonly parentId: number
  /** `comment`, `like` … */
  readonly verb: string
  readonly actorId: string
  readonly message: string
  /** Seconds since 1970. */
  readonly createdAt: number
}

/** Comments by id. */
export const commentsTable = defineTable<Comment>('comments', {
  sequence: 'comment',
  record: s.object({
    id: s.int(),
    objectType: s.string(),
    objectId: s.string(),
    parentId: s.int(),
    verb: s.string(),
    actorId: s.string(),
    message: s.string(),
    createdAt: s.number(),
  }),
})
/** Up to when accounts have read, by `user/type/object`; seconds since 1970. */
export const readMarkersTable = defineTable<{ readonly at: number }>('commentReadMarkers', {
  record: s.object({ at: s.number() }),
})

export const MAX_MESSAGE_LENGTH = 1000

export function add(world: World, made: Omit<Comment, 'id' | 'createdAt'>): Comment {
  const comment = { ...made, id: world.nextId('comment'), createdAt: world.clock.seconds() }
  world.table(commentsTable).set(String(comment.id), comment)
  const { id, actorId: userId, objectId } = comment
  world.emit({ type: 'comment.created', id, userId, objectId, comment })
  return comment
}

export const find = (world: World, id: number): Comment | undefined => world.table(commentsTable).get(String(id))

/** Comments on an object, the newest first. */
export function list(world: World, objectType: string, objectId: string): Comment[] {
  return [...world.table(commentsTable).values()]
    .filter((comment) => comment.objectType === objectType && comment.objectId === objectId)
    .sort((a, b) => b.id - a.id)
}

export function edit(world: World, comment: Comment, message: string): void {
  const changed = { ...comment, message }
  world.table(commentsTable).set(String(comment.id), changed)
  world.emit({ type: 'comment.changed', comment: changed })
}

export function remove(world: World, comment: Comment): void {
  if (world.table(commentsTable).delete(String(comment.id))) world.emit({ type: 'comment.deleted', comment })
}

/** Ids of the accounts that a message names: `@alice`, `@"alice b"`, each once, the longest mention first. */
export function mentions(world: World, message: string): string[] {
  const named = [...message.matchAll(/(?<!\S)@(?:"([^"]+)"|([\w.@-]+))/g)]
    .sort(([a], [b]) => b.length - a.length)
    .map(([, quoted, plain]) => quoted ?? plain!)
  return [...new Set(named.flatMap((id) => users.find(world, id)?.id ?? []))]
}

const markerKey = (userId: string, objectType: string, objectId: string) => `${userId}/${objectType}/${objectId}`

export function readMarker(world: World, userId: string, objectType: string, objectId: string): number | undefined {
  return world.table(readMarkersTable).get(markerKey(userId, objectType, objectId))?.at
}

export function markRead(world: World, userId: string, objectType: string, objectId: string): void {
  world.table(readMarkersTable).set(markerKey(userId, objectType, objectId), { at: world.clock.seconds() })
}

/** One's own comments are never unread. */
export function isUnread(world: World, userId: string, comment: Comment): boolean {
  if (comment.actorId === userId) return false
  return comment.createdAt > (readMarker(world, userId, comment.objectType, comment.objectId) ?? 0)
}

/** What was said about a file goes with it. */
export const commentReactions = defineReactions(
  {
    'file.purged': (world, { id }) => {
      for (const comment of list(world, 'files', String(id))) remove(world, comment)
    },
  },
  { phase: 'clean-up', evenIfDisabled: true },
)
