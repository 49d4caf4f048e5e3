import type { Contract, Interaction, Sequence } from '#contract/contract.ts'
import type { IdsOfApp } from '#contract/naming.ts'
import { messageOf } from '#lib/errors.ts'
import type { Answer } from '#line/call.ts'
import { loadProfile } from '#profiles/index.ts'
import { decodeEnvelope, headerOf, plain } from '../decode-answer.ts'
import { InterruptedError, NoAnswerError, type Sender } from '../sender.ts'
import { cleanUp } from '../stateful/cleanup.ts'
import { newRun, nextRun, withoutRun } from '../stateful/own-names.ts'
import { newPassword, removeAll } from '../stateful/verify-writes.ts'
import type { Target } from '../target.ts'
import type { VerifyOptions } from '../verification.ts'
import type { Others } from './compare.ts'
import type { ConcreteRequest, Login } from './party.ts'
import { actorsOf, changes, type MakeMock, playOwn } from './play.ts'
import { ADMIN, GIVEN_ADMIN } from './provider-state.ts'
import type { Renaming } from './renaming.ts'
import type { InteractionResult } from './result.ts'
import { type PlayerTools, SequencePlayer } from './sequence-player.ts'

export interface ContractOptions extends VerifyOptions {
  readonly contracts: readonly Contract[]
  readonly mock: MakeMock
}

/** What all sequences of a run share. */
export class ContractRun {
  readonly #options: ContractOptions
  readonly #sender: Sender
  readonly #target: Target
  readonly #idsOf: IdsOfApp
  readonly #passwords = new Map<string, string>()
  readonly #notes: string[]
  #others: Others = new Set()
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
    const results: InteractionResult[] = []
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
      for (const contract of contracts)
        for (const sequence of contract.sequences) {
          results.push(...(await this.#verifyTwice(contract, sequence)))
          onProgress?.({ done: results.length, total, operation: contract.test })
        }
    } catch (error) {
      if (error instanceof NoAnswerError) this.#notes.push(`The run ended early: ${error.message}.`)
      else if (!(error instanceof InterruptedError)) throw error
      results.push(
        ...unasked(
          contracts,
          results.length,
          error instanceof NoAnswerError ? 'the server did not answer any more' : 'the run was asked to end',
        ),
      )
    } finally {
      this.#sender.stopAt(undefined)
      if (this.#isWriting) left = await removeAll({ ...this.#options, sender: this.#sender })
    }
    return { interactions: results, notes: this.#notes, left }
  }

  async #cleanBefore(): Promise<void> {
    const { removed } = await cleanUp({ ...this.#options, sender: this.#sender })
    if (removed > 0) this.#notes.push(`Removed ${removed} things that an earlier run had left behind.`)
  }

  /** Accounts and groups that are there, so that lists of them can be told from ours. */
  async #readOthers(): Promise<Others> {
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

  /** A sequence is played again where something was found: a busy server fails once. */
  async #verifyTwice(contract: Contract, sequence: Sequence): Promise<InteractionResult[]> {
    const first = await this.#verifyOnce(contract, sequence)
    if (!first.some(({ verdict }) => verdict === 'differs')) return first
    const second = await this.#verifyOnce(contract, sequence)
    return first.map((one, i) => confirmed(one, second[i]!))
  }

  async #verifyOnce(contract: Contract, sequence: Sequence): Promise<InteractionResult[]> {
    this.#run = nextRun(this.#run)
    const label = (
      interaction: Interaction,
      result: Omit<InteractionResult, 'consumer' | 'test' | 'interaction' | 'operation'>,
    ): InteractionResult => ({
      consumer: contract.consumer,
      test: contract.test,
      interaction: `${interaction.request.method} ${interaction.request.path} as ${interaction.as}`,
      operation: interaction.operation ?? 'protocol',
      ...result,
    })
    const unverified = (reason: string) =>
      sequence.interactions.map((one) =>
        label(one, { verdict: 'unverified', reason: one.cannotVerify ?? reason, findings: [] }),
      )
    const needs = this.#needs(sequence)
    if (needs !== null) return unverified(needs)
    const profile = await loadProfile(contract.provider).catch((error: unknown) => messageOf(error))
    if (typeof profile === 'string') return unverified(profile)
    const own = await playOwn(sequence, contract, {
      mock: this.#options.mock,
      password: this.#password,
      run: this.#run,
      profile,
    })
    const player = new SequencePlayer(this.#tools(), contract, sequence, own, profile)
    try {
      const results = await player.play()
      return results.map((result, i) => label(sequence.interactions[i]!, result))
    } finally {
      if (this.#isWriting) await this.#remove(own.renaming)
    }
  }

  /** What a sequence takes that this run has not; `null`: nothing. */
  #needs(sequence: Sequence): string | null {
    if (this.#isWriting) return null
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

  /** Accounts and groups go as soon as they are not needed any more: lists of all stay as they were. */
  async #remove(renaming: Renaming): Promise<void> {
    const send = async (method: string, path: string): Promise<void> => {
      await this.#sender
        .exchange({ as: 'admin', version: 2, format: 'json', method, path, query: '' })
        .catch((error: unknown) => {
          if (!(error instanceof NoAnswerError || error instanceof InterruptedError)) throw error
        })
    }
    for (const id of renaming.names('user')) await send('DELETE', `/cloud/users/${encodeURIComponent(id)}`)
    for (const id of renaming.names('group')) await send('DELETE', `/cloud/groups/${encodeURIComponent(id)}`)
  }

  /** The same password for the same name, at all servers. */
  readonly #password = (name: string, characters: number | null): string => {
    const known = this.#passwords.get(name)
    if (known !== undefined) return known
    const made = name.startsWith('uuid ')
      ? crypto.randomUUID()
      : characters === null
        ? newPassword()
        : newPassword().slice(0, characters)
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
function confirmed(first: InteractionResult, second: InteractionResult): InteractionResult {
  if (first.verdict !== 'differs') return first
  const again = first.findings.filter(({ where }) => second.findings.some((one) => one.where === where))
  if (again.length > 0) return { ...first, findings: again }
  return second.verdict === 'holds' ? { ...second, verdict: 'holds' } : first
}

/** Interactions that were not come to. */
function unasked(contracts: readonly Contract[], done: number, reason: string): InteractionResult[] {
  const all = contracts.flatMap(({ consumer, test, sequences }) =>
    sequences.flatMap(({ interactions }) =>
      interactions.map(
        ({ request, as, operation }): InteractionResult => ({
          consumer,
          test,
          interaction: `${request.method} ${request.path} as ${as}`,
          operation: operation ?? 'protocol',
          verdict: 'unverified',
          reason,
          findings: [],
        }),
      ),
    ),
  )
  return all.slice(done)
}
