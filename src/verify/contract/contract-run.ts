import type { Contract, Sequence } from '#contract/contract.ts'
import type { IdsOfApp } from '#contract/naming.ts'
import { messageOf, UserError } from '#lib/errors.ts'
import type { Answer } from '#line/call.ts'
import { loadProfile } from '#profiles/index.ts'
import type { ProfileDefinition } from '#profiles/profile.ts'
import { decodeEnvelope, headerOf, plain } from '../decode-answer.ts'
import { InterruptedError, NoAnswerError, type Sender } from '../sender.ts'
import { cleanUp } from '../stateful/cleanup.ts'
import { newRun, nextRun, withoutRun } from '../stateful/own-names.ts'
import { newPassword, removeAll } from '../stateful/verify-writes.ts'
import type { Target } from '../target.ts'
import type { VerifyOptions } from '../verification.ts'
import { type MadeNames, MadeState, type PlayerTools } from './made-state.ts'
import type { ConcreteRequest, Login } from './party.ts'
import { actorsOf, changes, type MakeMock, type OwnPlay, playOwn } from './play.ts'
import { ADMIN, GIVEN_ADMIN, planState, type StatePlan } from './provider-state.ts'
import { Renaming } from './renaming.ts'
import type { InteractionResult } from './result.ts'
import { type Outcome, SequencePlayer, unverified } from './sequence-player.ts'
import { accountsOf, type Group, labelOf, type Task, tasksOf, unverifiedAll } from './tasks.ts'

export interface ContractOptions extends VerifyOptions {
  readonly contracts: readonly Contract[]
  readonly mock: MakeMock
}

/** What a sequence is played with. */
interface Playing {
  readonly sequence: Sequence
  readonly group: Group
  readonly own: OwnPlay
  readonly profile: ProfileDefinition
  readonly player: SequencePlayer
}

/** How often a state is made until it is there: a busy server fails once. */
const ATTEMPTS = 2

const NO_STATE: StatePlan = { steps: [], impossible: [] }

/** What all sequences of a run share. */
export class ContractRun {
  readonly #options: ContractOptions
  readonly #sender: Sender
  readonly #target: Target
  readonly #idsOf: IdsOfApp
  readonly #passwords = new Map<string, string>()
  readonly #notes: string[]
  #others: ReadonlySet<string> = new Set()
  #state: { readonly group: Group; readonly made: MadeState } | null = null
  #run = newRun()
  #offset = 0

  constructor(options: ContractOptions, sender: Sender, target: Target, idsOf: IdsOfApp) {
    this.#options = options
    this.#sender = sender
    this.#target = target
    this.#idsOf = idsOf
    this.#notes = target.notes.filter((note) => !/ judged by /.test(note) && !/ordinary user/.test(note))
  }

  get #isWriting(): boolean {
    return this.#options.write === true && this.#target.accounts.some(({ role }) => role === 'admin')
  }

  async all(): Promise<{ interactions: InteractionResult[]; notes: string[]; left: string | null }> {
    const { contracts, onProgress, write } = this.#options
    const results = new Map<Sequence, InteractionResult[]>()
    let done = 0
    let reason = ''
    const total = contracts.reduce(
      (sum, one) => sum + one.sequences.reduce((n, { interactions }) => n + interactions.length, 0),
      0,
    )
    let left: string | null = null
    if (write && !this.#isWriting)
      this.#notes.push('Nothing was changed: making accounts of our own takes an administrator.')
    try {
      if (this.#isWriting) await this.#cleanBefore()
      this.#others = await this.#readOthers()
      for (const task of tasksOf(contracts)) {
        results.set(task.sequence, await this.#verifyTwice(task))
        done += task.sequence.interactions.length
        onProgress?.({ done, total, operation: task.contract.test })
      }
    } catch (error) {
      if (error instanceof NoAnswerError) {
        this.#notes.push(`The run ended early: ${error.message}.`)
        reason = 'the server did not answer any more'
      } else if (error instanceof InterruptedError) reason = 'the run was asked to end'
      else throw error
    } finally {
      this.#sender.stopAt(undefined)
      if (this.#isWriting) left = await removeAll({ ...this.#options, sender: this.#sender })
    }
    const interactions = contracts.flatMap((contract) =>
      contract.sequences.flatMap(
        (sequence) =>
          results.get(sequence) ??
          sequence.interactions.map((one) => ({
            ...labelOf(contract, one),
            ...unverified(one.cannotVerify ?? reason),
          })),
      ),
    )
    return { interactions, notes: this.#notes, left }
  }

  async #cleanBefore(): Promise<void> {
    const { removed } = await cleanUp({ ...this.#options, sender: this.#sender })
    if (removed > 0) this.#notes.push(`Removed ${removed} things that an earlier run had left behind.`)
  }

  /** Accounts and groups that are there, so that lists of them can be told from ours. */
  async #readOthers(): Promise<ReadonlySet<string>> {
    const others = new Set<string>()
    if (!this.#target.accounts.some(({ role }) => role === 'admin')) return others
    for (const member of ['users', 'groups']) {
      const { answer } = await this.#sender.exchange({
        as: 'admin',
        version: 2,
        format: 'json',
        method: 'GET',
        path: `/cloud/${member}`,
        query: '',
      })
      const decoded = decodeEnvelope(answer)
      const data = typeof decoded === 'string' ? null : (plain(decoded.data) as Record<string, unknown> | null)
      const list = data?.[member]
      if (Array.isArray(list)) for (const id of list) others.add(String(id))
    }
    return others
  }

  /** A sequence is played again, in a state of its own, where something was found: a busy server fails once. */
  async #verifyTwice({ contract, sequence, group }: Task): Promise<InteractionResult[]> {
    const label = (outcomes: readonly Outcome[]) =>
      sequence.interactions.map((one, i): InteractionResult => ({ ...labelOf(contract, one), ...outcomes[i]! }))
    const needs = this.#needs(sequence)
    if (needs !== null) return label(unverifiedAll(sequence, needs))
    const profile = await loadProfile(contract.provider).catch((error: unknown) => messageOf(error))
    if (typeof profile === 'string') return label(unverifiedAll(sequence, profile))
    const own = await playOwn(sequence, { mock: this.#options.mock, password: this.#password, profile }).catch(
      (error: unknown) => {
        if (error instanceof UserError) return `ocs-mock cannot have its state: ${error.message}`
        throw error
      },
    )
    if (typeof own === 'string') return label(unverifiedAll(sequence, own))
    const player = new SequencePlayer(this.#tools(), contract, sequence, own)
    const first = await this.#verifyOnce({ sequence, group, own, profile, player })
    if (!first.some(({ verdict }) => verdict === 'differs')) return label(first)
    await this.#leaveState()
    const second = await this.#verifyOnce({ sequence, group, own, profile, player })
    await this.#leaveState()
    return label(first.map((one, i) => confirmed(one, second[i]!)))
  }

  async #verifyOnce({ sequence, group, own, profile, player }: Playing): Promise<Outcome[]> {
    if (this.#state?.group === group) {
      const model = await this.#state.made.play(sequence, own.names)
      if (model) return player.play(this.#state.made, model)
    }
    const plan = this.#isWriting ? planState(sequence.providerState, group.actors) : NO_STATE
    if (plan.impossible.length > 0)
      return unverifiedAll(sequence, `its state cannot be made on a real server: ${plan.impossible.join('; ')}`)
    let failed: string | null = null
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const made = await this.#makeState(plan, { sequence, group, own, profile })
      if (typeof made !== 'string') {
        const model = await made.play(sequence, own.names)
        return model ? player.play(made, model) : []
      }
      failed ??= made
    }
    return unverifiedAll(sequence, failed ?? '')
  }

  /** Make a state under names of its own, for as long as sequences need it. @returns why it could not be made */
  async #makeState(
    plan: StatePlan,
    { sequence, group, own, profile }: Omit<Playing, 'player'>,
  ): Promise<MadeState | string> {
    await this.#leaveState()
    this.#run = nextRun(this.#run)
    const renaming = this.#isWriting ? new Renaming(this.#run).with(own.names) : null
    const made = new MadeState(this.#tools(), renaming, profile)
    this.#state = { group, made }
    const failed = await made.make(plan, this.#isWriting && group.usesFiles ? accountsOf(sequence, group) : [])
    if (failed !== null) await this.#leaveState()
    return failed ?? made
  }

  /** Accounts and groups of a state go as soon as nobody needs it any more: lists of all stay as they were. */
  async #leaveState(): Promise<void> {
    const made = this.#state?.made
    this.#state = null
    if (made && this.#isWriting) await this.#remove(made.names)
  }

  /** What a sequence takes that this run has not; `null`: nothing. */
  #needs(sequence: Sequence): string | null {
    if (this.#isWriting) return null
    if (this.#options.write) return 'nobody said who is an administrator'
    const { providerState, earlier, interactions } = sequence
    if (Object.keys(providerState).length > 0)
      return `it takes --write to make its state (${Object.keys(providerState).join(', ')})`
    if (earlier || interactions.some(changes)) return 'it takes --write to send requests that change something'
    const actors = [...actorsOf(sequence)]
    if (actors.some((one) => one !== ADMIN)) return `it takes --write to make the accounts ${actors.join(', ')}`
    if (actors.length > 0 && !this.#target.accounts.some(({ role }) => role === 'admin'))
      return 'nobody said who is an administrator'
    return null
  }

  async #remove(names: MadeNames): Promise<void> {
    const send = async (method: string, path: string): Promise<void> => {
      await this.#sender
        .exchange({ as: 'admin', version: 2, format: 'json', method, path, query: '' })
        .catch((error: unknown) => {
          if (!(error instanceof NoAnswerError || error instanceof InterruptedError)) throw error
        })
    }
    for (const id of names.user) await send('DELETE', `/cloud/users/${encodeURIComponent(id)}`)
    for (const id of names.group) await send('DELETE', `/cloud/groups/${encodeURIComponent(id)}`)
  }

  /** The same password for the same name, at all servers. */
  readonly #password = (name: string): string => {
    const known = this.#passwords.get(name)
    if (known !== undefined) return known
    const made = name.startsWith('uuid ') ? crypto.randomUUID() : newPassword()
    this.#passwords.set(name, made)
    return made
  }

  #tools(): PlayerTools {
    const admin = this.#target.accounts.find(({ role }) => role === 'admin')
    const logins = new Map<string, Login>()
    if (admin) {
      const login = { user: admin.login, password: admin.password }
      logins.set(GIVEN_ADMIN, login)
      if (!this.#isWriting) logins.set(ADMIN, login)
    }
    return {
      mock: this.#options.mock,
      idsOf: this.#idsOf,
      appOf: (operation) => this.#options.catalogue.operations.find(({ id }) => id === operation)?.app ?? '',
      base: this.#target.base,
      isWriting: this.#isWriting,
      others: this.#others,
      password: this.#password,
      logins,
      send: (request) => this.#send(request),
      now: () => Date.now() + this.#offset,
      clean: (text) =>
        withoutRun(
          text,
          [...this.#passwords.values()].sort((a, b) => b.length - a.length),
        ),
    }
  }

  async #send({ method, target, headers, body }: ConcreteRequest): Promise<Answer> {
    const answer = await this.#sender.send(method, target, { 'accept-language': 'en', ...headers }, body as BodyInit)
    const at = Date.parse(headerOf(answer, 'date'))
    if (!Number.isNaN(at) && Math.abs(at - Date.now() - this.#offset) > CLOCK_TOLERANCE) this.#offset = at - Date.now()
    return answer
  }
}

const CLOCK_TOLERANCE = 2000

/** What is not found again is no finding. */
function confirmed(first: Outcome, second: Outcome): Outcome {
  if (first.verdict !== 'differs') return first
  const again = first.findings.filter(({ where }) => second.findings.some((one) => one.where === where))
  if (again.length > 0) return { ...first, findings: again }
  return second.verdict === 'holds' ? second : first
}
