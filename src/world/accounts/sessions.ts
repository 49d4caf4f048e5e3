import { s } from '#lib/schema.ts'
import { defineBackgroundJob } from '../background-jobs.ts'
import { defineTable } from '../define-table.ts'
import { getSystemInt } from '../settings/config.ts'
import type { World } from '../world.ts'
import * as tokens from './tokens.ts'

/** What the server keeps for one browser, or for one client that keeps cookies. It may belong to nobody yet. */
export interface Session {
  /** The value of the session cookie. */
  readonly id: string
  /** The value of a second cookie, without which the server cannot read the session. */
  readonly passphrase: string
  /** What request tokens are masked forms of. */
  readonly requestToken: string
  /** The token that its owner is known by: its own, or an app password. `null`: it belongs to nobody. */
  readonly token: string | null
  /** Seconds since 1970 of the last password; 0: never. */
  readonly confirmedAt: number
  /** Seconds since 1970, to the minute. */
  readonly lastActivity: number
  /** Where a client's login through this browser stands. */
  readonly flow?: { readonly loginToken: string; readonly stateToken?: string }
  /** The same for a client that its user comes back to: what pages of one login have in common. */
  readonly flowToken?: string
  /** What a client of OAuth 2 wants to hear again. */
  readonly oauthState?: string
  /** Its browser comes back when it is over: its token stays. */
  readonly isRemembered?: true
}

/** Sessions by the value of their cookie. */
export const sessionsTable = defineTable<Session>('sessions', {
  record: s.object({
    id: s.string(),
    passphrase: s.string(),
    requestToken: s.string(),
    token: s.nullable(s.string()),
    confirmedAt: s.number(),
    lastActivity: s.number(),
    flow: s.optional(s.object({ loginToken: s.string(), stateToken: s.optional(s.string()) })),
    flowToken: s.optional(s.string()),
    oauthState: s.optional(s.string()),
    isRemembered: s.optional(s.literal(true)),
  }),
})

/** A password stays confirmed for half an hour, and a little longer for the way. */
const CONFIRMED_SECONDS = 30 * 60 + 15
const DAY = 24 * 60 * 60
const LOWER_AND_DIGITS = 'abcdefghijklmnopqrstuvwxyz0123456789'
const ID_LENGTH = 26
const PASSPHRASE_LENGTH = 128
const REQUEST_TOKEN_LENGTH = 32

/** A session that belongs to nobody, for a browser that has none. */
export function open(world: World): Session {
  const session: Session = {
    id: world.random.token(ID_LENGTH, LOWER_AND_DIGITS),
    passphrase: world.random.token(PASSPHRASE_LENGTH),
    requestToken: world.random.token(REQUEST_TOKEN_LENGTH),
    token: null,
    confirmedAt: 0,
    lastActivity: world.clock.seconds(),
  }
  world.table(sessionsTable).set(session.id, session)
  return session
}

/** The session with these cookies, unless it was idle for too long. */
export function find(world: World, id: string, passphrase: string): Session | undefined {
  const session = world.table(sessionsTable).get(id)
  if (session?.passphrase !== passphrase) return undefined
  return world.clock.seconds() - session.lastActivity > lifetime(world) ? undefined : session
}

/** A session that somebody is known to have. */
export const withId = (world: World, id: string): Session | undefined => world.table(sessionsTable).get(id)

/** Seconds that a session may be idle. */
const lifetime = (world: World) => getSystemInt(world, 'session_lifetime', DAY)

/** Remember that a session was used, which keeps it alive; once a minute is enough. */
export function touch(world: World, { id, lastActivity }: Session): void {
  const now = world.clock.seconds()
  if (now - lastActivity > 60) change(world, id, { lastActivity: now })
}

/** Sessions that were idle for too long are closed. */
export const idleSessionJob = defineBackgroundJob({
  name: 'idle',
  table: sessionsTable,
  momentOf: ({ lastActivity }) => lastActivity,
  delay: (world) => lifetime(world) + 1,
  run: (world, due) => {
    for (const { id, isRemembered } of due) {
      if (isRemembered) world.table(sessionsTable).delete(id)
      else close(world, id)
    }
  },
})

export function change(world: World, id: string, members: Partial<Session>): void {
  world.table(sessionsTable).patch(id, members)
}

/** Somebody logged in with a password: the session gets a new id, a new request token, and its owner. */
export function signIn(
  world: World,
  session: Session,
  owner: { readonly userId: string; readonly loginName: string; readonly agent: string },
): Session {
  world.table(sessionsTable).delete(session.id)
  const id = world.random.token(ID_LENGTH, LOWER_AND_DIGITS)
  tokens.create(world, {
    userId: owner.userId,
    loginName: owner.loginName,
    name: owner.agent || 'unknown browser',
    type: 'session',
    token: id,
  })
  const now = world.clock.seconds()
  const next: Session = {
    ...session,
    id,
    requestToken: world.random.token(REQUEST_TOKEN_LENGTH),
    token: id,
    confirmedAt: now,
    lastActivity: now,
  }
  world.table(sessionsTable).set(id, next)
  return next
}

/** Forget a session. Its own token goes with it, an app password stays. */
export function close(world: World, id: string): void {
  world.table(sessionsTable).delete(id)
  if (tokens.find(world, id)?.type === 'session') tokens.revoke(world, id)
}

/** The password was given again: operations that want it recent may be called. */
export function confirmPassword(world: World, id: string): void {
  change(world, id, { confirmedAt: world.clock.seconds() })
}

export function hasConfirmedPassword(world: World, id: string | undefined): boolean {
  const session = id === undefined ? undefined : world.table(sessionsTable).get(id)
  return session !== undefined && world.clock.seconds() - session.confirmedAt < CONFIRMED_SECONDS
}

/** A request token: the session's secret under a mask that is never the same. */
export function maskedRequestToken(world: World, session: Pick<Session, 'requestToken'>): string {
  const mask = world.random.token(session.requestToken.length)
  return `${btoa(combine(session.requestToken, mask))}:${btoa(mask)}`
}

export function isValidRequestToken(world: World, id: string | undefined, requestToken: string): boolean {
  const session = id === undefined ? undefined : world.table(sessionsTable).get(id)
  const [masked = '', mask = ''] = requestToken.split(':')
  if (!session || mask === '') return false
  try {
    return combine(atob(masked), atob(mask)) === session.requestToken
  } catch {
    return false
  }
}

function combine(left: string, right: string): string {
  return Array.from(left, (c, i) => String.fromCharCode(c.charCodeAt(0) ^ right.charCodeAt(i))).join('')
}
