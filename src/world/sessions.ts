import type * as tokens from './tokens.ts'
import { tableKey, type World } from './world.ts'

/** What a browser's session keeps, by the value of its cookie; it may belong to nobody yet. */
export interface Session {
  readonly requestToken: string
  /** Seconds since 1970 of the last password; 0: never. */
  readonly confirmedAt: number
}

export const sessionsTable = tableKey<Session>('sessions')

/** A password stays confirmed for half an hour, and a little longer for the way. */
const CONFIRMED_SECONDS = 30 * 60 + 15

export function isValidRequestToken(world: World, session: string | undefined, requestToken: string): boolean {
  if (session === undefined || requestToken === '') return false
  return world.table(sessionsTable).get(session)?.requestToken === requestToken
}

export function hasConfirmedPassword(world: World, token: tokens.Token | undefined): boolean {
  if (!token) return false
  const confirmedAt = world.table(sessionsTable).get(token.token)?.confirmedAt ?? 0
  return world.clock.seconds() - confirmedAt < CONFIRMED_SECONDS
}
