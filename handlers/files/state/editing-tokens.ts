import { s } from '#lib/schema.ts'
import { defineTable } from '#world/define-table.ts'
import type { World } from '#world/world.ts'

/** Lets one session of a web editor work on one file. */
export interface EditingToken {
  readonly token: string
  readonly editor: string
  readonly userId: string
  readonly fileId: number
  readonly path: string
  /** Seconds since 1970. */
  readonly createdAt: number
}

export const editingTokensTable = defineTable<EditingToken>('editingTokens', {
  record: s.object({
    token: s.string(),
    editor: s.string(),
    userId: s.string(),
    fileId: s.int(),
    path: s.string(),
    createdAt: s.number(),
  }),
})

const LENGTH = 64
/** Without letters and digits that look alike. */
const READABLE = 'abcdefgijkmnopqrstwxyzABCDEFGHJKLMNPQRSTWXYZ23456789'

export function create(world: World, made: Omit<EditingToken, 'token' | 'createdAt'>): EditingToken {
  const token = { ...made, token: world.random.token(LENGTH, READABLE), createdAt: world.clock.seconds() }
  world.table(editingTokensTable).set(token.token, token)
  return token
}
