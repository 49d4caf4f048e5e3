import { s } from '#lib/schema.ts'
import { defineTable } from '../define-table.ts'
import { defineReactions } from '../reactions.ts'
import type { World } from '../world.ts'

/** The picture that somebody gave an account. */
export interface Avatar {
  readonly userId: string
  readonly mime: string
  readonly base64: string
  /** Grows with every other picture. */
  readonly version: number
}

/** Pictures by account; whoever has none is drawn one. */
export const avatarsTable = defineTable<Avatar>('avatars', {
  record: s.object({ userId: s.string(), mime: s.string(), base64: s.string(), version: s.int() }),
})

export const find = (world: World, userId: string): Avatar | undefined => world.table(avatarsTable).get(userId)

export function set(world: World, picture: Omit<Avatar, 'version'>): void {
  const version = (find(world, picture.userId)?.version ?? 0) + 1
  world.table(avatarsTable).set(picture.userId, { ...picture, version })
}

export const remove = (world: World, userId: string): boolean => world.table(avatarsTable).delete(userId)

/** An account takes its picture along. */
export const avatarReactions = defineReactions(
  { 'user.deleted': (world, { userId }) => void remove(world, userId) },
  { phase: 'clean-up', evenIfDisabled: true },
)
