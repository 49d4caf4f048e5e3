import { OWN_ACCOUNTS, type Step, type Story } from '#app/story.ts'
import type { Catalogue } from '#line/catalogue.ts'
import type { Endpoint } from '#line/endpoint.ts'
import { headerOf } from '../decode-answer.ts'
import { type Account, curlOf, type Exchange, type ProbeRequest } from '../exchange.ts'
import type { Finding } from '../finding.ts'
import { InterruptedError, NoAnswerError, type Sender } from '../sender.ts'
import type { Target } from '../target.ts'
import { Asides } from './asides.ts'
import { capture } from './capture-value.ts'
import { Correspondence } from './correspondence.ts'
import { Echoes } from './echoes.ts'
import { judgeStep, type StepJudgement } from './judge-step.ts'
import { Model, type Settings } from './model.ts'
import { nextRun, ownName } from './own-names.ts'
import type { Stage } from './stage.ts'
import { findingsOf, send, sendLater, unanswered } from './step-exchanges.ts'
import { isRaw, requestOf, stepsToLeave, valuesOf } from './step-request.ts'
import {
  type Aside,
  CLOCK_TOLERANCE,
  isDiverging,
  NOTHING_ASIDE,
  PAIRS,
  provenBy,
  READING_METHODS,
  ROTATION,
  type Seen,
  type StateChange,
  type StepResult,
  type StoryResult,
  statusOf,
  succeeded,
  type TakenStep,
  twiceIfSame,
  UNKNOWN_ID,
  V2_JSON,
  waysOf,
} from './taken-step.ts'

export interface DriverInput {
  readonly target: Target
  readonly sender: Sender
  readonly catalogue: Catalogue
  /** The operations as they are in the release of the target. */
  readonly endpoints: readonly Endpoint[]
  readonly settings: Settings
  readonly run: string
  /** Two passwords that a password policy accepts. */
  readonly passwords: readonly [string, string]
  /** When the run began, for dates in steps. */
  readonly startedAt?: number | undefined
  readonly signal?: AbortSignal | undefined
  readonly sleep?: ((milliseconds: number) => Promise<void>) | undefined
}

/** Takes steps on a server and on its model, and compares the two after each. */
export class Driver {
  readonly #input: DriverInput
  readonly #secrets: readonly string[]
  /** Ways of asking that have given what the model said, with the status. */
  #proven = new Set<string>()
  /** What was told already, and what follows from it. */
  readonly #echoes = new Echoes()
  readonly #asides: Asides
  #run: string
  #model: Model
  #correspondence: Correspondence
  #accounts: Account[] = []
  #turn = 0
  #values = { server: new Map<string, string>(), model: new Map<string, string>() }
  #change: StateChange | null = null

  constructor(input: DriverInput) {
    this.#input = input
    this.#secrets = [...input.passwords].sort((a, b) => b.length - a.length)
    this.#asides = new Asides(input.sender, input.endpoints)
    this.#model = this.#newModel()
    this.#correspondence = new Correspondence(this.#model.now)
    this.#run = input.run
    this.#begin()
  }

  /** These are told: what follows from them is not told again. */
  tell(findings: readonly Finding[]): void {
    for (const finding of findings) this.#echoes.add(finding)
  }

  /** Whether a question leaves nothing behind on the model but that somebody was there. */
  leavesNothing(request: ProbeRequest): Promise<boolean> {
    return this.#model.leavesNothing(request, this.#accounts)
  }

  get endpoints(): readonly Endpoint[] {
    return this.#input.endpoints
  }

  /** An account of our own that belongs to no group. */
  get ordinary(): Account {
    return this.#accounts.at(-1)!
  }

  #newModel(): Model {
    const { target, catalogue, settings } = this.#input
    return new Model(target, catalogue, settings)
  }

  /** Forget everything that was done, and go on under other names: something of it may be left. */
  restart(): void {
    this.#run = nextRun(this.#run)
    this.#begin()
  }

  #begin(): void {
    const { target, sender, passwords } = this.#input
    const run = this.#run
    this.#model = this.#newModel()
    this.#correspondence = new Correspondence(this.#model.now)
    const now = this.#input.startedAt ?? this.#model.now()
    this.#values = { server: valuesOf(run, passwords, now), model: valuesOf(run, passwords, now) }
    this.#accounts = [
      ...target.accounts,
      ...OWN_ACCOUNTS.map((name): Account => {
        const id = ownName(run, name)
        return { id, login: id, password: passwords[0], role: id, subAdminOf: [] }
      }),
    ]
    this.#change = null
    sender.use(this.#accounts)
  }

  /**
   * Take the steps of a story, until the server and the model are no longer in the same state.
   * @param turn decides which variant each step is asked in
   * @param without steps that are left out, and with them those that need what these give
   * @throws Interrupted
   */
  async runStory(story: Story, turn: number, without: ReadonlySet<number> = new Set()): Promise<StoryResult> {
    this.#turn = turn
    if (story.ids) this.#correspondence.learnIds(story.apps[0] ?? 'core', story.ids)
    const before = new Set(this.#proven)
    const results: StepResult[] = []
    const asides: StepResult[] = []
    const kept = { server: new Map(this.#values.server), model: new Map(this.#values.model) }
    const left = stepsToLeave(story, without)
    const told = new Echoes()
    this.#change = null
    try {
      for (const [at, step] of story.steps.entries()) {
        for (const _ of twiceIfSame(step)) {
          if (this.#input.signal?.aborted) throw new InterruptedError('The run was asked to end.')
          if (left.has(at)) {
            this.#turn++
            continue
          }
          const isRead = await this.#isRead(step)
          const aside = isRead ? NOTHING_ASIDE : await this.#besides(step, story)
          asides.push(...aside.results)
          if (aside.isSpoilt) {
            this.#proven = before
            return { results, diverged: null, omitted: left.size, asides, isSpoilt: true }
          }
          const { result, diverged } = await this.#takeStep(story, at, step, isRead)
          if (isRead && result.findings.length === 0) asides.push(...(await this.#besides(step, story)).results)
          const fresh = result.findings.filter((one) => !told.has(one) && !this.#echoes.has(one))
          for (const one of fresh) told.add(one)
          results.push({ ...result, findings: fresh })
          if (diverged === null) continue
          this.#proven = before
          return { results, diverged, omitted: left.size, asides, isSpoilt: false }
        }
      }
      return { results, diverged: null, omitted: left.size, asides, isSpoilt: false }
    } finally {
      this.#values = kept
    }
  }

  /** Some operations change something though they are asked by GET. */
  async #isRead(step: Step): Promise<boolean> {
    if (!READING_METHODS.has(step.method)) return false
    if (step.method !== 'GET') return true
    const { model, accounts, run, values } = this.#stage
    const { handled } = await model.foresee(requestOf(step, V2_JSON, run, values.model), accounts)
    return !this.#input.endpoints.some(({ id, writes }) => writes === true && id === handled.operation)
  }

  /** Asks what the model refuses beside a step that it takes. */
  async #besides(step: Step, story: Story): Promise<Aside> {
    const stage = this.#stage
    const request = requestOf(step, V2_JSON, stage.run, stage.values.model)
    const { handled } = await stage.model.foresee(request, stage.accounts)
    if (step.amongOthers || !handled.operation || !succeeded(statusOf(step, handled))) return NOTHING_ASIDE
    return this.#asides.beside(step, story, handled.operation, stage)
  }

  get #stage(): Stage {
    return {
      base: this.#input.target.base,
      run: this.#run,
      model: this.#model,
      correspondence: this.#correspondence,
      accounts: this.#accounts,
      values: this.#values,
      secrets: this.#secrets,
      appOf: (operation) => this.#appOf(operation),
    }
  }

  async #takeStep(story: Story, at: number, step: Step, isRead: boolean): Promise<TakenStep> {
    const { target } = this.#input
    const run = this.#run
    const { server, model } = this.#values
    const turn = this.#turn++
    const modelRequest = requestOf(step, V2_JSON, run, model)
    const { handled: expected } = await this.#model.foresee(modelRequest, this.#accounts)
    const changes = !isRead && succeeded(expected.answer.status)
    const variants = isRaw(step) ? [V2_JSON] : changes ? [ROTATION[turn % 4]!] : PAIRS[turn % 2]!
    const requests = variants.map((variant) => requestOf(step, variant, run, server))
    let exchanges: Exchange[]
    try {
      exchanges = await send(this.#input.sender, requests, isRead)
    } catch (error) {
      if (!(error instanceof NoAnswerError)) throw error
      const result = unanswered(story, requests[0]!, expected.operation ?? 'protocol', error.message, this.#stage)
      return { result, diverged: at }
    }
    this.#synchronise(exchanges[0]!)
    const predicted = await this.#model.take(modelRequest, this.#accounts)
    this.#capture(step, exchanges[0]!, predicted.handled.answer)
    const judge = (answered: readonly Exchange[]) =>
      judgeStep({
        exchanges: answered,
        modelRequests: variants.map((variant) => requestOf(step, variant, run, model)),
        predicted,
        accounts: this.#accounts,
        base: target.base,
        app: this.#appOf(predicted.handled.operation),
        correspondence: this.#correspondence,
        amongOthers: step.amongOthers ?? false,
      })
    let judged = await judge(exchanges)
    if (isRead && judged.differences.flat().some(isDiverging)) {
      // What a server still does after its answer may take a moment.
      const again = await sendLater(this.#input, requests)
      if (again) {
        exchanges = again
        judged = await judge(again)
      }
    }
    const change = isRead ? this.#changeSeenBy(step, judged) : null
    const findings = findingsOf(story, change, exchanges, judged, this.#stage)
    if (!findings.some(isDiverging)) for (const way of waysOf(step, judged)) this.#proven.add(way)
    const diverged = this.#divergence(at, step, { exchanges, findings, judged, change, isRead })
    if (changes) this.#change = { step: at, operation: judged.operation, curl: curlOf(requests[0]!, target.base) }
    if (step.newPasswordOf) this.#usePassword(step.newPasswordOf)
    const result: StepResult = {
      story: story.name,
      operation: judged.operation,
      requests: exchanges.length,
      findings,
      succeeded: succeeded(predicted.handled.answer.status),
    }
    return { result, diverged }
  }

  /**
   * Which step is to be left out, so that the others can be taken. A look that deviates changes nothing, and a change
   * that succeeds, or fails, in other words has succeeded, or failed.
   */
  #divergence(at: number, step: Step, { exchanges, findings, judged, change, isRead }: Seen): number | null {
    if (!findings.some(isDiverging)) return null
    if (isRead && !this.#isCaptured(step)) return at
    if (isRead) return change?.step ?? null
    const came = succeeded(statusOf(step, exchanges[0]!))
    return came === succeeded(judged.status) && this.#isCaptured(step) ? null : at
  }

  /** Everything that later steps need was given. */
  #isCaptured({ capture: places = {} }: Step): boolean {
    const { server, model } = this.#values
    return Object.keys(places).every((name) => (server.get(name) === UNKNOWN_ID) === (model.get(name) === UNKNOWN_ID))
  }

  /** The model has the time of the server. */
  #synchronise({ answer }: Exchange): void {
    const at = Date.parse(headerOf(answer, 'date'))
    if (!Number.isNaN(at) && Math.abs(at - this.#model.now()) > CLOCK_TOLERANCE) this.#model.setClock(at)
  }

  #capture(step: Step, { answer }: Exchange, own: Exchange['answer']): void {
    for (const [name, place] of Object.entries(step.capture ?? {})) {
      const [got, had] = [capture(answer, place), capture(own, place)]
      // What was not given is asked for all the same: nobody will know it.
      this.#values.model.set(name, had ?? UNKNOWN_ID)
      this.#values.server.set(name, got ?? UNKNOWN_ID)
      const kind = Correspondence.kindOf(name.replace(/\d+$/, ''), '')
      if (kind && got !== undefined && had !== undefined) this.#correspondence.bind(kind, had, got)
    }
  }

  #usePassword(name: string): void {
    const id = ownName(this.#run, name)
    const [, password] = this.#input.passwords
    this.#accounts = this.#accounts.map((account) => (account.role === id ? { ...account, password } : account))
    this.#input.sender.use(this.#accounts)
  }

  #appOf(operation: string | null): string {
    return this.#input.catalogue.operations.find(({ id }) => id === operation)?.app ?? 'dav'
  }

  /**
   * A look at something that was seen as it should be before the last change shows what the change did; in all
   * other cases whoever was asked is to blame.
   */
  #changeSeenBy(step: Step, judged: StepJudgement): StateChange | null {
    const isProof = this.#proven.has(provenBy(step, judged)) && !this.#echoes.tells(judged.operation)
    return isProof ? this.#change : null
  }
}
