import * as tokens from '#world/accounts/tokens.ts'
import * as twoFactor from '#world/accounts/two-factor.ts'
import * as users from '#world/accounts/users.ts'
import type { World } from '#world/world.ts'
import type { Call } from './call.ts'
import { readCookie, sessionCookieName } from './cookies.ts'
import { basicCredentials, sessionOf } from './identify.ts'

/** Why a call is nobody's: which credentials came, and why they counted as none. */
export function whyNobody(call: Call, world: World): string {
  const authorization = call.header('authorization')
  if (/^Bearer /i.test(authorization)) return whyNotBearer(authorization.slice(7).trim(), world)
  if (/^Basic\b/i.test(authorization)) return whyNotBasic(call, world)
  if (authorization !== '') return `none of a kind that is known here: ${authorization.split(' ')[0]}`
  if (call.header('authorization-app-api') !== '') return 'the AppAPI headers are wrong, or speak for no account'
  if (readCookie(call.header('cookie'), sessionCookieName(world)) !== null) return whyNotSession(call, world)
  return 'none came'
}

function whyNotBearer(token: string, world: World): string {
  const known = tokens.find(world, token)
  if (!known) return 'the bearer token is nobody’s, or over'
  return known.wipe ? 'the bearer token is to be wiped' : 'the bearer token is one of a browser’s session'
}

function whyNotBasic(call: Call, world: World): string {
  const credentials = basicCredentials(call)
  if (!credentials) return 'the Basic header is broken, or its name or password empty'
  const user = users.findByLogin(world, credentials.login)
  if (user && twoFactor.isRequired(world, user))
    return `${user.id} has a second factor, so that a password counts as none: send an app password`
  return 'no account has them'
}

function whyNotSession(call: Call, world: World): string {
  const session = sessionOf(call, world)
  if (!session) return 'the session of the cookies is unknown, or over'
  return session.token === null ? 'nobody logged in with the session of the cookies' : 'the session was ended'
}
