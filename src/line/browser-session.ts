import { UserError } from '#lib/errors.ts'
import * as sessions from '#world/accounts/sessions.ts'
import * as users from '#world/accounts/users.ts'
import type { World } from '#world/world.ts'
import type { Call } from './call.ts'
import { readCookie, sessionCookieName, sessionCookies } from './cookies.ts'
import type { Actor } from './identify.ts'
import { sameSiteCookies } from './same-site.ts'

/**
 * The browser in which somebody is logged in. Front-end code sends no credentials, its browser does: cookies,
 * and a request token that the page was rendered with. In a test there is no such browser, so this is its part.
 */
export class BrowserSession {
  readonly #world: World
  readonly #session: sessions.Session
  readonly #userId: string
  /** What the page was rendered with. */
  readonly requestToken: string

  /** @throws UserError where there is no such account. */
  constructor(world: World, userId: string) {
    const user = users.find(world, userId)
    if (!user) throw new UserError(`Failed to sign in "${userId}": there is no such account. Seed it under "users".`)
    const owner = { userId: user.id, loginName: user.id, agent: 'Browser of ocs-mock' }
    this.#world = world
    this.#userId = user.id
    this.#session = sessions.signIn(world, sessions.open(world), owner)
    this.requestToken = sessions.maskedRequestToken(world, this.#session)
  }

  /** Who is logged in. */
  get actor(): Actor {
    return { userId: this.#userId, via: 'session', session: this.#session.id }
  }

  /** The call as the browser would send it. One that brings credentials of its own stays as it is. */
  send(call: Call): Call {
    const cookie = sessionCookieName(this.#world)
    const cookies = call.header('cookie')
    if (call.header('authorization') !== '' || readCookie(cookies, cookie) !== null) return call
    const own = cookiePairs([
      ...sessionCookies(this.#world, this.#session, call.origin),
      ...sameSiteCookies(call.origin),
    ])
    return {
      ...call,
      header: (name) => {
        if (name === 'cookie') return cookies === '' ? own : `${cookies}; ${own}`
        return name === 'requesttoken' ? call.header(name) || this.requestToken : call.header(name)
      },
      headers: () => [...call.headers(), ['cookie', own], ['requesttoken', this.requestToken]],
    }
  }
}

/** What a browser sends for cookies that were set. */
const cookiePairs = (setCookies: readonly string[]) => setCookies.map((cookie) => cookie.split(';')[0]).join('; ')
