import type { Instance } from '#line/instance.ts'
import * as tokens from '#world/accounts/tokens.ts'
import type { Account, Role } from '../exchange.ts'
import { type Observed, requestHeader } from './observed.ts'

/** What an account may do, as far as anybody said. */
export type Standing = 'admin' | 'subadmin' | 'user'

/** Who may have asked: an account of the shadow with its role, and the headers that make the line see it. */
export interface Guess {
  readonly as: Role
  readonly headers: Readonly<Record<string, string>>
}

const SUB_ADMIN_OF = 'ocsmock-group'

/** Accounts that stand for whoever asks: what matters of a caller is what it may do. */
export const STAND_INS: readonly Account[] = [
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
export class Guesser {
  readonly #withPassword = new Map<string, string>()
  readonly #withToken = new Map<string, string>()

  constructor({ world }: Instance) {
    for (const { id, password } of STAND_INS) {
      const owner = { userId: id, loginName: id, name: 'traffic', type: 'app-password' } as const
      this.#withPassword.set(id, basic(id, password))
      this.#withToken.set(id, basic(id, tokens.create(world, owner).token))
    }
  }

  /** @param standing what is known of the account that asked; @param denied the server said that nobody is logged in */
  guess(observed: Observed, standing: Standing | null, denied: boolean): Guess[] {
    const anonymous: Guess = { as: 'anonymous', headers: { authorization: '', cookie: '' } }
    if (observed.credentials === 'none') return [anonymous]
    const wrong: Guess = { as: 'wrong-password', headers: { authorization: basic('ocsmock', 'wrong'), cookie: '' } }
    const known = this.#known(observed, standing)
    if (observed.account !== undefined) return known
    return denied ? [anonymous, wrong, ...known] : [...known, anonymous, wrong]
  }

  /** Callers with an account: who gave a password may confirm with it, who has a token or a session may not. */
  #known(observed: Observed, standing: Standing | null): Guess[] {
    const guesses: Guess[] = []
    for (const forged of hasRequestToken(observed) ? [false, true] : [true]) {
      for (const credentials of [this.#withPassword, this.#withToken]) {
        for (const account of STAND_INS) {
          if (standing !== null && account.id !== `ocsmock-${standing}`) continue
          const headers = { authorization: credentials.get(account.id)!, cookie: '' }
          guesses.push({ as: account.role, headers: forged ? headers : { ...headers, 'ocs-apirequest': 'true' } })
        }
      }
    }
    return guesses
  }
}

/** A page's request token does what the header does; whether it is valid, only the server knows. */
export const hasRequestToken = (observed: Observed): boolean =>
  requestHeader(observed, 'ocs-apirequest') === '' &&
  (requestHeader(observed, 'requesttoken') !== '' || /(^|&)requesttoken=/.test(observed.query))
