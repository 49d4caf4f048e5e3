import type { Catalogue } from '#line/catalogue.ts'
import { basicLogin } from '#line/identify.ts'
import type { Instance } from '#line/instance.ts'
import { decodeEnvelope, headerOf, plain } from '../decode-answer.ts'
import type { Role } from '../exchange.ts'
import { type Finding, SEVERITIES } from '../finding.ts'
import { Judge, type Judgement } from '../judge.ts'
import { createModelInstance } from '../model-instance.ts'
import type { Target } from '../target.ts'
import { curlOfObserved } from './curl.ts'
import { CallerGuesser, type PrivilegeLevel, STAND_IN_ACCOUNTS } from './guess-caller.ts'
import {
  callOfObserved,
  type ObservedExchange,
  type ObservedOcsRequest,
  readOcsRequest,
  requestHeader,
} from './observed-exchange.ts'

/** What became of one observed request. */
export interface JudgedRequest {
  readonly ocs: ObservedOcsRequest
  readonly operation: string
  readonly app: string
  readonly as: Role
  /** The account that asked, where it is known. */
  readonly account: string | null
  /** Values of path parameters by name, for whoever takes secrets out. */
  readonly params: Readonly<Record<string, string>>
  readonly findings: readonly Finding[]
  /** Why nothing is said about it. */
  readonly unjudged: string | null
  /** It was a success with data that the definition could judge. */
  readonly sawData: boolean
}

const BUSY: ReadonlySet<number> = new Set([429, 503])

/**
 * Judges a client's real traffic: the request goes through our own line, and what the server decided stands at the
 * handler's place, as in a verification. What is new is that nobody says who asks.
 */
export class TrafficJudge {
  readonly #model: Instance
  readonly #judge: Judge
  readonly #guesser: CallerGuesser
  readonly #target: Target
  readonly #privileges = new Map<string, PrivilegeLevel>()

  constructor(target: Target, catalogue: Catalogue) {
    this.#target = target
    this.#model = createModelInstance({ ...target, accounts: STAND_IN_ACCOUNTS, catalogue })
    this.#judge = new Judge(this.#model)
    this.#guesser = new CallerGuesser(this.#model)
    for (const { id, login, role, subAdminOf } of target.accounts) {
      for (const name of [id, login]) this.#privileges.set(name, privilegeOf(role === 'admin', subAdminOf))
    }
  }

  /** `null`: it asked for nothing of OCS. */
  async judge(exchange: ObservedExchange): Promise<JudgedRequest | null> {
    const ocs = readOcsRequest(exchange)
    if (!ocs) return null
    const account = accountOf(exchange)
    const observed = account === null ? exchange : { ...exchange, account }
    const { operation, app, params } = await this.#find(ocs)
    const base = { ocs, operation, app, account, params }
    const unjudged = this.#reasonNotToJudge(observed, ocs, operation)
    if (unjudged !== null) return { ...base, as: this.#roleOf(account), findings: [], unjudged, sawData: false }
    const { as: guessed, judgement } = await this.#judgeAs(observed, account)
    this.#learnPrivilege(ocs, judgement)
    const as = account === null ? guessed : this.#roleOf(account)
    const findings = judgement.differences.map((difference): Finding => {
      const seen = [`${account ?? as} v${ocs.version} ${ocs.format}`]
      const reproduce = curlOfObserved(observed, as, this.#target.base)
      return { operation: judgement.operation, ...difference, seen, reproduce }
    })
    const sawData = judgement.decided?.data !== undefined && Math.floor(judgement.decided.status / 100) === 2
    return { ...base, as, findings, unjudged, sawData }
  }

  /** The judgement of the caller that explains the answer best, and who that is. */
  async #judgeAs(observed: ObservedExchange, account: string | null): Promise<{ as: Role; judgement: Judgement }> {
    const { answer } = observed
    const privilege = (account !== null && this.#privileges.get(account)) || null
    const decoded = decodeEnvelope(answer)
    const denied = answer.status === 401 || (typeof decoded !== 'string' && decoded.status === 997)
    let best: { as: Role; judgement: Judgement; weight: number } | null = null
    for (const { as, headers } of this.#guesser.callers(observed, privilege, denied)) {
      const call = callOfObserved(observed, this.#target.base, headers)
      const judgement = await this.#judge.judge({ answer }, { kind: 'observed', call })
      const weight = weigh(judgement)
      if (best === null || weight < best.weight) best = { as, judgement, weight }
      if (weight === 0) break
    }
    return best!
  }

  async #find({ method, path }: ObservedOcsRequest) {
    const found = this.#model.findEndpoint(method, path)
    const match = typeof found === 'string' ? await this.#model.findKnown(method, path) : found
    if (typeof match === 'string') return { operation: 'protocol', app: 'core', params: {} }
    return { operation: match.value.id, app: match.value.app, params: match.params }
  }

  #reasonNotToJudge(observed: ObservedExchange, { path }: ObservedOcsRequest, operation: string): string | null {
    if (BUSY.has(observed.answer.status)) return `the server was busy (HTTP ${observed.answer.status})`
    if (requestHeader(observed, 'authorization-app-api') !== '') return 'an ExApp asked'
    const app = /^\/apps\/([^/]+)/.exec(path)?.[1]
    if (operation !== 'protocol' || app === undefined) return null
    return this.#target.profile.apps.some(({ id }) => id === app) ? null : `the app ${app} is not defined here`
  }

  #roleOf(account: string | null): Role {
    if (account === null) return 'anonymous'
    return this.#privileges.get(account) === 'admin' ? 'admin' : 'user'
  }

  /** The server says itself which groups an account is in. */
  #learnPrivilege({ path }: ObservedOcsRequest, { decided }: Judgement): void {
    if (!/^\/cloud\/user(?:s\/[^/]+)?$/.test(path) || decided?.data === undefined) return
    const { id, groups, subadmin } = plain(decided.data) as Readonly<Record<string, unknown>>
    if (typeof id !== 'string' || !Array.isArray(groups)) return
    this.#privileges.set(id, privilegeOf(groups.includes('admin'), Array.isArray(subadmin) ? subadmin : []))
  }
}

function privilegeOf(isAdmin: boolean, subAdminOf: readonly unknown[]): PrivilegeLevel {
  return isAdmin ? 'admin' : subAdminOf.length > 0 ? 'subadmin' : 'user'
}

/** The server names the caller in a header of its answer; else a login name is the best that there is. */
function accountOf(observed: ObservedExchange): string | null {
  if (observed.account !== undefined) return observed.account
  const named = headerOf(observed.answer, 'x-user-id')
  if (named !== '') return decodeURIComponent(named)
  const decoded = decodeEnvelope(observed.answer)
  const refused = observed.answer.status === 401 || (typeof decoded !== 'string' && decoded.status === 997)
  return refused ? null : basicLogin(requestHeader(observed, 'authorization'))
}

/** Few and light differences are better than many and heavy ones. */
function weigh({ differences }: Judgement): number {
  return differences.reduce((sum, { severity }) => sum + 10 ** (SEVERITIES.length - SEVERITIES.indexOf(severity)), 0)
}
