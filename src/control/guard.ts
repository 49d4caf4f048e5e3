import { isLoopback } from '#lib/loopback.ts'
import { sha256 } from '#lib/sha256.ts'
import type { Call } from '#line/call.ts'
import { readCookie } from '#line/cookies.ts'

/** Who may call the control API. */
export interface GuardOptions {
  /** The address that the server listens on; what asks for it by this name may call. */
  readonly host?: string
  /** What links in answers are built with; what asks for it by its host may call. */
  readonly baseUrl?: string
  /** What every call has to name: `Authorization: Bearer …`, or once `?token=…` in a browser. Default: nothing. */
  readonly adminToken?: string
}

/** Why a call is refused. */
export interface Refusal {
  readonly status: 401 | 403
  readonly reason: string
}

const COOKIE = 'ocs_mock_admin'
const EVERY_ADDRESS = new Set(['0.0.0.0', '::', '[::]'])
const IS_ADDRESS = /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[[\da-f:.]+\])$/i

/**
 * Keeps pages of other sites from the control API: it has all passwords and runs commands, and a browser on the same
 * machine reaches it. A name that somebody else's resolver leads here is refused (DNS rebinding), and so is whatever a
 * browser says comes from another origin.
 */
export class Guard {
  readonly #options: GuardOptions

  constructor(options: GuardOptions = {}) {
    this.#options = options
  }

  /** Why a call may not be made; `null`: it may. */
  refusal(call: Call): Refusal | null {
    const url = URL.canParse(call.origin) ? new URL(call.origin) : null
    if (!url || !this.#isOurs(url.hostname))
      return forbidden(
        `it is not reached by the name "${call.header('host')}": ask for it on loopback, or name its address with --base-url`,
      )
    const origin = call.header('origin')
    if (origin !== '' && origin !== url.origin && !this.#isBase(origin))
      return forbidden(`pages of ${JSON.stringify(origin)} may not use it`)
    if (call.header('sec-fetch-site') === 'cross-site') return forbidden('pages of other sites may not use it')
    return this.#hasToken(call) ? null : { status: 401, reason: 'it wants the token that --admin-token names' }
  }

  /** The cookie for a browser that has named the token in the address of a page; `null`: it has not. */
  cookieFor(call: Call): string | null {
    const { adminToken } = this.#options
    const token = new URLSearchParams(call.query).get('token')
    if (adminToken === undefined || token !== adminToken) return null
    return `${COOKIE}=${sha256(adminToken)}; Path=/; HttpOnly; SameSite=Strict`
  }

  #isOurs(hostname: string): boolean {
    if (isLoopback(hostname)) return true
    const { host } = this.#options
    // By its address a page of somebody else cannot be had here; names are what resolvers lie about.
    if (host !== undefined && EVERY_ADDRESS.has(host)) return IS_ADDRESS.test(hostname) || this.#isBaseHost(hostname)
    return hostname === host?.toLowerCase() || hostname === `[${host}]` || this.#isBaseHost(hostname)
  }

  #isBaseHost(hostname: string): boolean {
    const { baseUrl } = this.#options
    return baseUrl !== undefined && URL.canParse(baseUrl) && new URL(baseUrl).hostname === hostname
  }

  #isBase(origin: string): boolean {
    const { baseUrl } = this.#options
    return baseUrl !== undefined && URL.canParse(baseUrl) && new URL(baseUrl).origin === origin
  }

  #hasToken(call: Call): boolean {
    const { adminToken } = this.#options
    if (adminToken === undefined) return true
    const expected = sha256(adminToken)
    const given = [
      /^Bearer (.+)$/i.exec(call.header('authorization'))?.[1],
      new URLSearchParams(call.query).get('token') ?? undefined,
    ]
    // Compared by digests, so that the time it takes says nothing about the token.
    return (
      given.some((token) => token !== undefined && sha256(token) === expected) ||
      readCookie(call.header('cookie'), COOKIE) === expected
    )
  }
}

const forbidden = (reason: string): Refusal => ({ status: 403, reason })
