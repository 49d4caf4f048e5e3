import type { Instance } from '#line/instance.ts'
import * as tokens from '#world/accounts/tokens.ts'
import type { Account, Role } from '../exchange.ts'
import { type ObservedExchange, requestHeader } from './observed-exchange.ts'

/** What an account may do, as far as anybody said. */
export type PrivilegeLevel = 'admin' | 'subadmin' | 'user'

/** Who may have asked: an account of the model with its role, and the headers that make the line see it. */
export interface CallerGuess {
  readonly as: Role
  readonly headers: Readonly<Record<string, string>>
}

const SUB_ADMIN_OF = 'ocsmock-group'

/** Accounts that stand for whoever asks: what matters of a caller is what it may do. */
export const STAND_IN_ACCOUNTS: readonly Account[] = [
  standIn('ocsmock-admin', 'admin'),
  standIn('ocsmock-user', 'user'),
  standIn('ocsmock-subadmin', 'user', [SUB_ADMIN_OF]),
]

function standIn(id: string, role: 'admin' | 'user', subAdminOf: readonly string[] = []): Account {
  return { id, login: id, password: 'ocsmock stand-in', role, subAdminOf }
}

const basic = (login: string, password: string) => `Basic ${btoa(`${login}:${password}`)}`

/**
 * Traffic shows that somebody asked, but not what the server knows of them. So every caller is possible that the
 * request allows, the likeliest first, and an answer is right if it is right for one of them.
 */
export class CallerGuesser {
  readonly #withPassword = new Map<string, string>()
  readonly #withToken = new Map<string, string>()

  constructor({ world }: Instance) {
    for (const { id, password } of STAND_IN_ACCOUNTS) {
      const owner = { userId: id, loginName: id, name: 'traffic', type: 'app-password' } as const
      this.#withPassword.set(id, basic(id, password))
      this.#withToken.set(id, basic(id, tokens.create(world, owner).token))
    }
  }

  /** @param privilege what is known of the account that called; @param denied the server said that nobody is logged in */
  callers(observed: ObservedExchange, privilege: PrivilegeLevel | null, denied: boolean): CallerGuess[] {
    const anonymous: CallerGuess = { as: 'anonymous', headers: { authorization: '', cookie: '' } }
    if (observed.credentials === 'none') return [anonymous]
    const wrong: CallerGuess = {
      as: 'wrong-password',
      headers: { authorization: basic('ocsmock', 'wrong'), cookie: '' },
    }
    const known = this.#known(observed, privilege)
    if (observed.account !== undefined) return known
    return denied ? [anonymous, wrong, ...known] : [...known, anonymous, wrong]
  }

  /** Callers with an account: who gave a password may confirm with it, who has a token or a session may not. */
  #known(observed: ObservedExchange, privilege: PrivilegeLevel | null): CallerGuess[] {
    const guesses: CallerGuess[] = []
    for (const forged of hasRequestToken(observed) ? [false, true] : [true]) {
      for (const credentials of [this.#withPassword, this.#withToken]) {
        for (const account of STAND_IN_ACCOUNTS) {
          if (privilege !== null && account.id !== `ocsmock-${privilege}`) continue
          const headers = { authorization: credentials.get(account.id)!, cookie: '' }
          guesses.push({ as: account.role, headers: forged ? headers : { ...headers, 'ocs-apirequest': 'true' } })
        }
      }
    }
    return guesses
  }
}

/** A page's request token does what the header does; whether it is valid, only the server knows. */
export const hasRequestToken = (observed: ObservedExchange): boolean =>
  requestHeader(observed, 'ocs-apirequest') === '' &&
  (requestHeader(observed, 'requesttoken') !== '' || /(^|&)requesttoken=/.test(observed.query))
