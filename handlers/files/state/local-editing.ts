import { s } from '#lib/schema.ts'
import { defineTable } from '#world/define-table.ts'
import type { World } from '#world/world.ts'

/** Lets a desktop client open one file in a local program, once. */
export interface LocalEditing {
  readonly token: string
  readonly userId: string
  /** SHA-1 of the path, in hexadecimal digits. */
  readonly pathHash: string
  /** Seconds since 1970; it works before this second. */
  readonly expiresAt: number
}

export const localEditingTable = defineTable<LocalEditing>('localEditing', {
  record: s.object({ token: s.string(), userId: s.string(), pathHash: s.string(), expiresAt: s.number() }),
})

const TOKEN_LENGTH = 128
const LIFETIME_SECONDS = 600

export function create(world: World, userId: string, pathHash: string): LocalEditing {
  const token = world.random.token(TOKEN_LENGTH)
  const made: LocalEditing = { token, userId, pathHash, expiresAt: world.clock.seconds() + LIFETIME_SECONDS }
  world.table(localEditingTable).set(token, made)
  return made
}

/** Use a token up. Whoever asks for another file, or for another account, leaves it as it is. */
export function redeem(world: World, userId: string, pathHash: string, token: string): LocalEditing | undefined {
  const found = world.table(localEditingTable).get(token)
  if (found?.userId !== userId || found.pathHash !== pathHash) return undefined
  world.table(localEditingTable).delete(token)
  return found.expiresAt > world.clock.seconds() ? found : undefined
}
