import { s } from '#lib/schema.ts'
import { defineTable } from '../define-table.ts'
import { defineReactions } from '../reactions.ts'
import type { World } from '../world.ts'
import { usersTable } from './users.ts'

declare module '#world/events.ts' {
  interface WorldEvents {
    'token.created': { readonly id: number; readonly userId: string; readonly name: string }
    /** The owner did something to an app password: took it away, named it anew, let it at files or kept it from them. */
    'token.changed': {
      readonly id: number
      readonly userId: string
      readonly name: string
      readonly change: 'deleted' | 'wipe-cancelled' | 'renamed' | 'files-granted' | 'files-revoked'
      readonly newName?: string
    }
  }
}

/** An app password, or the token behind a browser's session. */
export interface Token {
  readonly id: number
  readonly token: string
  readonly userId: string
  readonly loginName: string
  readonly name: string
  /** A one-time token can only be exchanged for an app password. */
  readonly type: 'app-password' | 'session' | 'one-time'
  readonly createdAt: number
  readonly lastActivity: number
  /** The device is to wipe what it holds. */
  readonly wipe?: boolean
  /** `false`: it is kept from the files of its account. */
  readonly filesystem?: boolean
  /** Seconds since 1970 until which it is good for anything; without it, for good. */
  readonly expiresAt?: number
}

export const tokensTable = defineTable<Token>('tokens', {
  sequence: 'token',
  refersTo: { userId: usersTable },
  record: s.object({
    id: s.int(),
    token: s.string(),
    userId: s.string(),
    loginName: s.string(),
    name: s.string(),
    type: s.literal('app-password', 'session', 'one-time'),
    createdAt: s.number(),
    lastActivity: s.number(),
    wipe: s.optional(s.bool()),
    filesystem: s.optional(s.bool()),
    expiresAt: s.optional(s.int()),
  }),
})

/** A token that is not over. */
export function find(world: World, token: string): Token | undefined {
  const known = world.table(tokensTable).get(token)
  return known?.expiresAt !== undefined && known.expiresAt < world.clock.seconds() ? undefined : known
}

/** Make a token of 72 letters and digits, as Nextcloud's app passwords. */
export function create(
  world: World,
  made: Pick<Token, 'userId' | 'loginName' | 'name' | 'type'> & { token?: string },
): Token {
  const now = world.clock.seconds()
  const token: Token = {
    ...made,
    id: world.nextId('token'),
    token: made.token ?? world.random.token(72),
    createdAt: now,
    lastActivity: now,
  }
  world.table(tokensTable).set(token.token, token)
  if (token.type === 'app-password')
    world.emit({ type: 'token.created', id: token.id, userId: token.userId, name: token.name })
  return token
}

/** A token of an account by its number. */
export const findById = (world: World, userId: string, id: number): Token | undefined =>
  tokensOf(world, userId).find((token) => token.id === id)

export const seesFiles = (token: Pick<Token, 'filesystem'> | undefined): boolean => token?.filesystem !== false

/** The owner takes an app password away; that of a device that was to wipe itself, before it did. */
export function take(world: World, { id, userId, name, token, wipe }: Token): void {
  revoke(world, token)
  world.emit({ type: 'token.changed', id, userId, name, change: wipe ? 'wipe-cancelled' : 'deleted' })
}

/** The owner names an app password anew, and says whether it is let at files. */
export function change(world: World, token: Token, to: { readonly name: string; readonly filesystem: boolean }): void {
  const { id, userId, name } = token
  world.table(tokensTable).patch(token.token, to)
  const told = { type: 'token.changed', id, userId, name } as const
  if (to.filesystem !== seesFiles(token))
    world.emit({ ...told, change: to.filesystem ? 'files-granted' : 'files-revoked' })
  if (to.name !== name) world.emit({ ...told, change: 'renamed', newName: to.name })
}

/** The device that has this app password is told to wipe what it holds, if it can. */
export function wipe(world: World, token: Token): boolean {
  if (token.type !== 'app-password') return false
  world.table(tokensTable).patch(token.token, { wipe: true })
  return true
}

export function revoke(world: World, token: string): boolean {
  return world.table(tokensTable).delete(token)
}

/** Revoke the app passwords of an account, or only those of a name or with a token. The answer is how many. */
export function revokeAppPasswords(
  world: World,
  userId: string,
  { name, token }: { readonly name?: string | undefined; readonly token?: string | undefined } = {},
): number {
  const found = tokensOf(world, userId).filter(
    (known) =>
      known.type === 'app-password' &&
      (name === undefined || known.name === name) &&
      (token === undefined || known.token === token),
  )
  for (const known of found) revoke(world, known.token)
  return found.length
}

/** A token in another form: everything else about it stays. @param expiresAt when it is over, in seconds since 1970 */
export function rotate(world: World, token: Token, expiresAt = token.expiresAt): Token {
  revoke(world, token.token)
  const next = { ...token, token: world.random.token(72), ...(expiresAt === undefined ? {} : { expiresAt }) }
  world.table(tokensTable).set(next.token, next)
  return next
}

/** Tokens of one account, oldest first. */
export function tokensOf(world: World, userId: string): Token[] {
  const table = world.table(tokensTable)
  const keys = table.index('user', (token) => token.userId).keysOf(userId)
  return keys.map((key) => table.get(key)!).sort((a, b) => a.id - b.id)
}

/** Remember that a token was used; once a minute is enough. */
export function touch(world: World, token: Token): void {
  const now = world.clock.seconds()
  if (now - token.lastActivity > 60) world.table(tokensTable).patch(token.token, { lastActivity: now })
}

/** An account that is removed takes its tokens along. */
export const tokenReactions = defineReactions(
  {
    'user.deleted': (world, { userId }) => {
      for (const { token } of tokensOf(world, userId)) revoke(world, token)
    },
  },
  { phase: 'clean-up', evenIfDisabled: true },
)

/** Devices that log in with these tokens are told to wipe what they hold. */
export function markForWipe(world: World, userId: string): void {
  for (const { token, type } of tokensOf(world, userId)) {
    if (type === 'app-password') world.table(tokensTable).patch(token, { wipe: true })
  }
}
