import type { Contract, Interaction, Sequence } from '#contract/contract.ts'
import type { IdsOfApp } from '#contract/naming.ts'
import { isReading } from '#contract/write-sequence.ts'
import type { Answer } from '#line/call.ts'
import type { Finding } from '../finding.ts'
import { compare, type Others } from './compare.ts'
import { translate } from './expectation.ts'
import { type ConcreteRequest, type Login, Party } from './party.ts'
import { actorsOf, ask, type MakeMock, type OwnPlay, type Played, partyOf, sharedChanges, takeStep } from './play.ts'
import { ADMIN, GIVEN_ADMIN, planState, type StatePlan } from './provider-state.ts'
import type { Renaming } from './renaming.ts'
import type { InteractionResult } from './result.ts'

/** What all sequences are played with. */
export interface PlayerTools {
  readonly mock: MakeMock
  readonly idsOf: IdsOfApp
  readonly appOf: (operation: string | null) => string
  readonly base: string
  readonly isWriting: boolean
  readonly others: Others
  readonly password: (name: string, characters: number | null) => string
  readonly logins: ReadonlyMap<string, Login>
  readonly send: (request: ConcreteRequest) => Promise<Answer>
  readonly now: () => number
  readonly clean: (text: string) => string
}

/** What became of one interaction. */
export type Outcome = Pick<InteractionResult, 'verdict' | 'reason' | 'findings'>

/** Plays one sequence on ocs-mock under the names of the run, and on the server. */
export class SequencePlayer {
  readonly #tools: PlayerTools
  readonly #contract: Contract
  readonly #sequence: Sequence
  readonly #own: OwnPlay
  readonly #profile: Parameters<MakeMock>[0]['profile']

  constructor(
    tools: PlayerTools,
    contract: Contract,
    sequence: Sequence,
    own: OwnPlay,
    profile: Parameters<MakeMock>[0]['profile'],
  ) {
    this.#tools = tools
    this.#contract = contract
    this.#sequence = sequence
    this.#own = own
    this.#profile = profile
  }

  async play(): Promise<Outcome[]> {
    const { base, isWriting, send, now, logins, password } = this.#tools
    const renaming = isWriting ? this.#own.renaming : null
    const mock = this.#tools.mock({ ...(this.#profile === undefined ? {} : { profile: this.#profile }), baseUrl: base })
    const ownAdmin = { user: ADMIN, password: ADMIN }
    const model = partyOf(mock, base, renaming, {
      password,
      logins: new Map([[GIVEN_ADMIN, ownAdmin], ...(isWriting ? [] : [[ADMIN, ownAdmin] as const])]),
    })
    const server = new Party({ base, renaming, send, now, logins, password })
    const plan = isWriting ? planState(this.#sequence.providerState, actorsOf(this.#sequence)) : NO_STATE
    const { interactions, earlier = [] } = this.#sequence
    if (plan.impossible.length > 0)
      return this.#all(`its state cannot be made on a real server: ${plan.impossible.join('; ')}`)
    const failed = await this.#makeState(plan, model, server)
    if (failed !== null) return failed
    for (const interaction of earlier) {
      await ask(model, interaction)
      await ask(server, interaction)
    }
    const outcomes: Outcome[] = []
    let stopped: string | null = null
    for (const [i, interaction] of interactions.entries()) {
      const reason = interaction.cannotVerify ?? stopped
      if (reason !== null && reason !== undefined) {
        outcomes.push({ verdict: 'unverified', reason, findings: [] })
        continue
      }
      const before = mock.world.fork()
      const renamed = await ask(model, interaction)
      const shared = isWriting && !isReading(interaction.request.method) ? sharedChanges(before, mock.world) : []
      if (shared.length > 0) {
        stopped = `it changes what everybody on a server shares (${shared.join(', ')}), or comes after that`
        outcomes.push({ verdict: 'unverified', reason: stopped, findings: [] })
        continue
      }
      outcomes.push(await this.#verify(interaction, this.#own.played[i]!, renamed, server, renaming))
    }
    return outcomes
  }

  #all(reason: string): Outcome[] {
    return this.#sequence.interactions.map((one) => ({
      verdict: 'unverified',
      reason: one.cannotVerify ?? reason,
      findings: [],
    }))
  }

  /** Make the state on ocs-mock and on the server. @returns what every interaction comes to where that fails */
  async #makeState({ steps }: StatePlan, model: Party, server: Party): Promise<Outcome[] | null> {
    for (const step of steps) {
      const own = await takeStep(model, step)
      if (own !== null)
        return this.#all(`its state cannot be made: ocs-mock itself answers ${own.status} to ${step.what}`)
      const got = await takeStep(server, step)
      if (got !== null)
        return this.#all(`its state could not be made: the server answers ${got.status} to ${step.what}`)
    }
    return null
  }

  async #verify(
    interaction: Interaction,
    own: Played,
    renamed: Played,
    server: Party,
    renaming: Renaming | null,
  ): Promise<Outcome> {
    const { idsOf, appOf, others } = this.#tools
    if (renamed.answer === null) return { verdict: 'unverified', reason: renamed.reason ?? '', findings: [] }
    if (own.answer?.status === interaction.response.status && renamed.answer.status !== own.answer.status)
      return {
        verdict: 'unverified',
        reason: `under other names ocs-mock itself answers ${renamed.answer.status}`,
        findings: [],
      }
    const got = await ask(server, interaction)
    if (got.answer === null) return { verdict: 'unverified', reason: got.reason ?? '', findings: [] }
    const expected = translate(interaction.response, own.answer ?? renamed.answer, renamed.answer, {
      renaming,
      idsOf,
      app: appOf(interaction.operation),
    })
    const differences = compare(interaction.response, expected, got.answer, server.values, others)
    const findings = differences.map(
      (difference): Finding => ({
        operation: interaction.operation ?? 'protocol',
        ...difference,
        where: this.#tools.clean(difference.where),
        expected: this.#tools.clean(difference.expected),
        got: this.#tools.clean(difference.got),
        seen: [this.#contract.test],
        reproduce: this.#curl(server.requestOf(interaction), interaction.as),
      }),
    )
    const differs = findings.some(({ severity }) => severity === 'breaks' || severity === 'differs')
    return { verdict: differs ? 'differs' : 'holds', findings }
  }

  #curl({ method, target, headers, body }: ConcreteRequest, as: string): string {
    const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`
    const args = ['curl', '-i', '-X', method]
    if (as !== 'anonymous') args.push('-u', '"$OCS_USER"')
    for (const [name, value] of Object.entries(headers)) args.push('-H', quote(`${name}: ${value}`))
    if (typeof body === 'string') args.push('--data-binary', quote(body))
    args.push(quote(this.#tools.base + target))
    return this.#tools.clean(args.join(' '))
  }
}

const NO_STATE: StatePlan = { steps: [], impossible: [] }
