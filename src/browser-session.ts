import type { Call } from './call.ts'
import { UserError } from './failures.ts'
import { readCookie, sessionCookieName } from './steps/identify.ts'
import { sessionsTable } from './world/sessions.ts'
import * as tokens from './world/tokens.ts'
import * as users from './world/users.ts'
import type { World } from './world/world.ts'

const REQUEST_TOKEN_LENGTH = 44

/**
 * The browser in which somebody is logged in. Front-end code sends no credentials, its browser does: cookies,
 * and a request token that the page was rendered with. In a test there is no such browser, so this is its part.
 */
export class BrowserSession {
  readonly #world: World
  readonly #session: string
  readonly #requestToken: string

  /** @throws UserError where there is no such account. */
  constructor(world: World, userId: string) {
    const user = users.find(world, userId)
    if (!user) throw new UserError(`Failed to sign in "${userId}": there is no such account. Seed it under "users".`)
    const made = { userId: user.id, loginName: user.id, name: 'Browser of ocs-mock', type: 'session' } as const
    this.#world = world
    this.#session = tokens.create(world, made).token
    this.#requestToken = world.random.token(REQUEST_TOKEN_LENGTH)
    const confirmedAt = world.clock.seconds()
    world.table(sessionsTable).set(this.#session, { requestToken: this.#requestToken, confirmedAt })
  }

  /** The call as the browser would send it. One that brings credentials of its own stays as it is. */
  send(call: Call): Call {
    const cookie = sessionCookieName(this.#world)
    const cookies = call.header('cookie')
    if (call.header('authorization') !== '' || readCookie(cookies, cookie) !== null) return call
    const own = `${cookie}=${this.#session}`
    return {
      ...call,
      header: (name) => {
        if (name === 'cookie') return cookies === '' ? own : `${cookies}; ${own}`
        return name === 'requesttoken' ? call.header(name) || this.#requestToken : call.header(name)
      },
    }
  }
}
