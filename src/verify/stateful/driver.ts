import { OWN_ACCOUNTS, type Step, type Story } from '#app/story.ts'
import type { Catalogue } from '#line/catalogue.ts'
import type { Difference } from '../compare-answers.ts'
import { headerOf } from '../decode-answer.ts'
import { type Account, curlOf, type Exchange, type ProbeRequest, type Variant, variantLabel } from '../exchange.ts'
import type { Finding } from '../finding.ts'
import { InterruptedError, NoAnswerError, type Sender } from '../sender.ts'
import type { Target } from '../target.ts'
import { capture } from './capture-value.ts'
import { Correspondence } from './correspondence.ts'
import { judgeStep, type StepJudgement } from './judge-step.ts'
import { Model, type Settings } from './model.ts'
import { nextRun, ownName, withoutRun } from './own-names.ts'
import { isRaw, requestOf, valuesOf } from './step-request.ts'

export interface DriverInput {
  readonly target: Target
  readonly sender: Sender
  readonly catalogue: Catalogue
  readonly settings: Settings
  readonly run: string
  /** Two passwords that a password policy accepts. */
  readonly passwords: readonly [string, string]
  /** When the run began, for dates in steps. */
  readonly startedAt?: number | undefined
  readonly signal?: AbortSignal | undefined
  readonly sleep?: ((milliseconds: number) => Promise<void>) | undefined
  readonly onStep?: ((operation: string) => void) | undefined
}

/** What a step came to. */
export interface StepResult {
  readonly story: string
  readonly operation: string
  readonly requests: number
  readonly findings: readonly Finding[]
  /** The model says that it succeeds, and it did. */
  readonly succeeded: boolean
}

export interface StoryResult {
  readonly results: readonly StepResult[]
  /** The server is in another state than the model, so that nothing more can be said. */
  readonly diverged: boolean
}

const V2_JSON: Variant = { version: 2, format: 'json' }
/** Two ways to ask the same, so that both versions and both formats are seen. */
const PAIRS: readonly (readonly [Variant, Variant])[] = [
  [V2_JSON, { version: 1, format: 'xml' }],
  [
    { version: 1, format: 'json' },
    { version: 2, format: 'xml' },
  ],
]
const ROTATION: readonly Variant[] = [
  V2_JSON,
  { version: 1, format: 'xml' },
  { version: 1, format: 'json' },
  { version: 2, format: 'xml' },
]

/** After these the server may be in another state than the model. */
const DIVERGING_RULES: ReadonlySet<string> = new Set([
  'state',
  'failure',
  'access',
  'input',
  'route',
  'server-error',
  'unanswered',
  'well-formed',
])

/** A change that was made, for what is found when somebody looks at it. */
interface StateChange {
  readonly operation: string
  readonly curl: string
}

/** Takes steps on a server and on its model, and compares the two after each. */
export class Driver {
  readonly #input: DriverInput
  readonly #secrets: readonly string[]
  /** Ways of asking that have given what the model said, with the status. */
  #proven = new Set<string>()
  /** Operations that deviated. What else is found after them may follow from it. */
  readonly #blamed = new Set<string>()
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
    this.#model = this.#newModel()
    this.#correspondence = new Correspondence(this.#model.now)
    this.#run = input.run
    this.#begin()
  }

  /** These operations deviate: what is found after them is not held against others. */
  blame(findings: readonly Finding[]): void {
    for (const { operation, rule } of findings) if (DIVERGING_RULES.has(rule)) this.#blamed.add(operation)
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
   * @param slowly leaves a server time to finish what it still does after an answer
   * @throws Interrupted
   */
  async runStory(story: Story, turn: number, slowly = false): Promise<StoryResult> {
    this.#turn = turn
    if (story.ids) this.#correspondence.learnIds(story.apps[0] ?? 'core', story.ids)
    const before = new Set(this.#proven)
    const called = new Set<string>()
    const results: StepResult[] = []
    const kept = { server: new Map(this.#values.server), model: new Map(this.#values.model) }
    try {
      for (const step of story.steps.flatMap(twiceIfSame)) {
        if (this.#input.signal?.aborted) throw new InterruptedError('The run was asked to end.')
        const result = await this.#takeStep(story, step)
        called.add(result.operation)
        if (slowly) await (this.#input.sleep ?? pause)(PAUSE_BETWEEN_STEPS)
        this.#input.onStep?.(result.operation)
        const diverging = result.findings.filter(({ rule }) => DIVERGING_RULES.has(rule))
        const follows = [...called].some((operation) => this.#blamed.has(operation))
        results.push(
          follows ? { ...result, findings: result.findings.filter((one) => !diverging.includes(one)) } : result,
        )
        if (diverging.length === 0) continue
        this.#proven = before
        return { results, diverged: true }
      }
      return { results, diverged: false }
    } finally {
      this.#values = kept
    }
  }

  async #takeStep(story: Story, step: Step): Promise<StepResult> {
    const { target } = this.#input
    const run = this.#run
    const { server, model } = this.#values
    const turn = this.#turn++
    const modelRequest = requestOf(step, V2_JSON, run, model)
    const expected = await this.#model.predict(modelRequest, this.#accounts)
    const changes = !READING_METHODS.has(step.method) && succeeded(expected.answer.status)
    const variants = isRaw(step) ? [V2_JSON] : changes ? [ROTATION[turn % 4]!] : PAIRS[turn % 2]!
    const requests = variants.map((variant) => requestOf(step, variant, run, server))
    let exchanges: Exchange[]
    try {
      exchanges = await this.#send(requests, READING_METHODS.has(step.method))
    } catch (error) {
      if (!(error instanceof NoAnswerError)) throw error
      return this.#unanswered(story, requests[0]!, expected.operation ?? 'protocol', error.message)
    }
    this.#synchronise(exchanges[0]!)
    const predicted = await this.#model.take(modelRequest, this.#accounts)
    this.#capture(step, exchanges[0]!, predicted.handled.answer)
    const judged = await judgeStep({
      exchanges,
      modelRequests: variants.map((variant) => requestOf(step, variant, run, model)),
      predicted,
      accounts: this.#accounts,
      base: target.base,
      app: this.#appOf(predicted.handled.operation),
      correspondence: this.#correspondence,
    })
    const findings = this.#findings(story, step, exchanges, judged)
    if (changes) this.#change = { operation: judged.operation, curl: curlOf(requests[0]!, target.base) }
    if (step.newPasswordOf) this.#usePassword(step.newPasswordOf)
    return {
      story: story.name,
      operation: judged.operation,
      requests: exchanges.length,
      findings,
      succeeded: succeeded(predicted.handled.answer.status),
    }
  }

  async #send(requests: readonly ProbeRequest[], together: boolean): Promise<Exchange[]> {
    const { sender } = this.#input
    if (together) return Promise.all(requests.map((one) => sender.exchange(one)))
    const exchanges: Exchange[] = []
    for (const one of requests) exchanges.push(await sender.exchange(one))
    return exchanges
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
  #findings(story: Story, step: Step, exchanges: readonly Exchange[], judged: StepJudgement): Finding[] {
    const way = `${judged.operation} ${Object.keys(step.query ?? {}).join(' ')} ${judged.status}`
    const change = READING_METHODS.has(step.method) && this.#proven.has(way) ? this.#change : null
    const findings: Finding[] = []
    for (const [i, exchange] of exchanges.entries()) {
      for (const difference of judged.differences[i]!) {
        const blamed = CHANGE_RULES.has(difference.rule) ? change : null
        findings.push(this.#finding(difference, story, judged.operation, exchange.request, blamed))
      }
    }
    if (!findings.some(({ rule }) => DIVERGING_RULES.has(rule))) this.#proven.add(way)
    // However much a change got wrong, the first thing that shows it will do.
    const shown = change && findings.find(({ rule }) => rule === 'state')
    return shown ? [shown] : findings
  }

  #finding(
    difference: Difference,
    story: Story,
    operation: string,
    request: ProbeRequest,
    change: StateChange | null,
  ): Finding {
    const { target } = this.#input
    const clean = (text: string) => withoutRun(text, this.#secrets)
    const curl = curlOf(request, target.base)
    return {
      operation: change?.operation ?? operation,
      where: difference.where,
      expected: clean(difference.expected),
      got: clean(difference.got),
      severity: difference.severity,
      rule: change ? 'state' : difference.rule,
      seen: [clean(`${variantLabel(request)} in "${story.name}"${change ? `, by ${operation}` : ''}`)],
      reproduce: clean(change ? `${change.curl}; ${curl}` : curl),
    }
  }

  #unanswered(story: Story, request: ProbeRequest, operation: string, got: string): StepResult {
    const difference: Difference = {
      where: 'status',
      expected: 'an answer',
      got,
      severity: 'breaks',
      rule: 'unanswered',
    }
    const finding = this.#finding(difference, story, operation, request, null)
    return { story: story.name, operation, requests: 1, findings: [finding], succeeded: false }
  }
}

/** Methods that change nothing. */
const READING_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'PROPFIND', 'REPORT', 'SEARCH'])
const CHANGE_RULES: ReadonlySet<string> = new Set(['state', 'failure', 'access', 'route'])
/** An id that no server gave. */
const UNKNOWN_ID = '987654321'
const CLOCK_TOLERANCE = 2000
/** Milliseconds between two steps that are taken slowly. */
const PAUSE_BETWEEN_STEPS = 700

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

/** To put the same in the same place again changes nothing, so it is asked in both versions. */
const twiceIfSame = (step: Step): Step[] => (step.method === 'PUT' && !isRaw(step) ? [step, step] : [step])

const succeeded = (status: number) => status >= 200 && status < 300
