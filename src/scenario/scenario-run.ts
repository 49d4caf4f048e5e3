import { type EntryNeeds, needsOf } from '#faults/pending-entry.ts'
import { describe, type Expectation, unmet } from '#journal/expectation.ts'
import type { RequestFacts } from '#journal/journal-entry.ts'
import { matching } from '#journal/match.ts'
import { SeedError, UserError } from '#lib/errors.ts'
import { parseDuration } from '#world/clock.ts'
import { applySeed } from '#world/seed.ts'
import { type ActionTarget, act } from './actions.ts'
import { actionsOf, type Scenario, type Step } from './format.ts'
import { type Problem, ScenarioError, showProblem } from './problem.ts'
import type { RunnerHost, RunState } from './runner-host.ts'

interface Expected {
  readonly expectation: Expectation
  readonly place: Problem['place']
  /** How many requests were seen before. */
  readonly from: number
}

interface RepeatingStep {
  readonly index: number
  readonly matches: (entry: RequestFacts) => boolean
}

/** More requests than a scenario has; older ones are forgotten, so that a server that runs for weeks does not fill up. */
const MAX_ANSWERED = 10_000

/** One performance of a scenario. */
export class ScenarioRun {
  readonly name: string
  readonly scenario: Scenario
  readonly #host: RunnerHost
  /** Whoever called gets a failure thrown, so that nobody else need be told. */
  isReported = false
  /** The step that is waited for. */
  #next = 0
  /** When the step before was done, by the world's clock. */
  #since = 0
  #matched = 0
  #performed = 0
  #repeating: RepeatingStep[] = []
  #expected: Expected[] = []
  #answered: RequestFacts[] = []
  #forgotten = 0
  #faults: string[] = []
  #failure: Problem | null = null
  #callingOut = 0
  #isOver = false
  #cancelTimer = () => {}

  constructor(name: string, scenario: Scenario, host: RunnerHost) {
    this.name = name
    this.scenario = scenario
    this.#host = host
  }

  /** A step sent a request out and waits for its answer. */
  get isCallingOut(): boolean {
    return this.#callingOut > 0
  }

  /** Whether a step could happen by a request. */
  get awaitsRequests(): boolean {
    return this.#goesOn && (this.#repeating.length > 0 || this.#step?.on !== undefined)
  }

  /** What has to be known of requests. */
  get needs(): EntryNeeds {
    const { steps } = this.scenario
    return needsOf([...this.#repeating.map(({ index }) => steps[index]!.on), this.#step?.on])
  }

  /** Whether the next step is to happen now. */
  get isDue(): boolean {
    const step = this.#step
    if (!step || !this.#goesOn) return false
    if (step.after !== undefined) return this.#now() >= this.#dueAt(step)
    return step.when === undefined && (step.on === undefined || step.on.every === true)
  }

  /** Lay the seed over the world, and do what happens at once. */
  begin(): void | Promise<void> {
    const { seed } = this.scenario
    if (seed) this.#attempt(['seed'], () => applySeed(this.#host.instance.world, seed))
    this.#since = this.#now()
    return this.proceed()
  }

  /** Do all steps that are to happen now. It waits only where an action does. */
  proceed(): void | Promise<void> {
    while (this.isDue) {
      const step = this.#step!
      const at = step.after === undefined ? this.#now() : this.#dueAt(step)
      const done = this.#pass(at)
      if (done) return done.then(() => this.proceed())
    }
  }

  /** Go on without waiting. @param target up to and with this step; `null`: the next one */
  async advance(target: number | null): Promise<void> {
    const last = target ?? this.#next
    const { steps } = this.scenario
    if (last >= steps.length) throw new UserError('Failed to advance the scenario: all its steps are done.')
    if (last < this.#next) {
      throw new UserError(`Failed to advance the scenario: its step "${steps[last]!.name}" is done already.`)
    }
    while (this.#next <= last && this.#goesOn) await this.#pass(this.#now())
    await this.proceed()
  }

  /** A request came and waits. */
  async onRequest(entry: RequestFacts): Promise<void> {
    for (const { index, matches } of [...this.#repeating]) if (matches(entry)) await this.#perform(index)
    const on = this.#step?.on
    if (!on || on.every || !this.#goesOn || !matching(requestOf(on))(entry)) return
    if (++this.#matched < (on.nth ?? 1)) return
    await this.#pass(this.#now())
    await this.proceed()
  }

  onAnswer(entry: RequestFacts): void {
    this.#answered.push(entry)
    if (this.#answered.length <= MAX_ANSWERED) return
    this.#answered.shift()
    this.#forgotten++
  }

  stop(): void {
    this.#isOver = true
    this.#cancelTimer()
    for (const name of this.#faults) this.#host.faults.remove(name)
  }

  /** Changes when a step is done or fails. */
  get progress(): string {
    return `${this.#next} ${this.#performed} ${this.#failure !== null}`
  }

  /** Wake up when the next step is due by a clock that runs. */
  schedule(wake: () => void): void {
    this.#cancelTimer()
    const step = this.#step
    if (step?.after === undefined || !this.#goesOn || this.#host.instance.world.clock.state.frozenAt !== null) return
    this.#cancelTimer = this.#host.timers.after(Math.max(0, this.#dueAt(step) - this.#now()), wake)
  }

  /** @throws ScenarioError for a step that failed */
  throwFailure(): void {
    if (this.#failure) throw new ScenarioError(this.name, [this.#failure], 'play')
  }

  /** All that is wrong if the scenario ends now. */
  get problems(): string[] {
    const failed = this.#failure ? [`It failed. ${showProblem(this.#failure)}`] : []
    const { steps } = this.scenario
    const unreached = steps.flatMap((step, i) =>
      i >= this.#next && step.expect !== undefined
        ? [
            `steps[${i}].expect was never reached: the scenario waits for steps[${this.#next}] (${whenOf(this.#step!)}).`,
          ]
        : [],
    )
    const notMet = this.#expected.flatMap(({ expectation, place, from }) => {
      const problem = unmet(expectation, this.#answered.slice(Math.max(0, from - this.#forgotten)))
      return problem === null ? [] : [showProblem({ place, problem })]
    })
    return [...failed, ...notMet, ...unreached]
  }

  get state(): RunState {
    const { steps, description = '' } = this.scenario
    const repeating = new Set(this.#repeating.map(({ index }) => index))
    return {
      status: this.#failure ? 'failed' : this.#next < steps.length ? 'running' : 'done',
      name: this.name,
      description,
      steps: steps.map((step, i) => ({
        ...(step.name === undefined ? {} : { name: step.name }),
        when: whenOf(step),
        does: actionsOf(step),
        ...this.#stepState(i, repeating),
      })),
      problems: this.problems,
    }
  }

  #stepState(index: number, repeating: ReadonlySet<number>): Pick<RunState['steps'][number], 'status' | 'problem'> {
    const failure = this.#failure
    if (failure?.place[0] === 'steps' && failure.place[1] === index)
      return { status: 'failed', problem: showProblem(failure) }
    if (repeating.has(index)) return { status: 'repeating' }
    return { status: index < this.#next ? 'done' : index === this.#next ? 'next' : 'later' }
  }

  /** When the next step is due by the clock, in milliseconds since 1970; `null`: it waits for something else. */
  get dueAt(): number | null {
    const step = this.#step
    return step?.after === undefined || !this.#goesOn ? null : this.#dueAt(step)
  }

  get #goesOn(): boolean {
    return this.#failure === null && !this.#isOver
  }

  get #step(): Step | undefined {
    return this.scenario.steps[this.#next]
  }

  #now(): number {
    return this.#host.instance.world.clock.now()
  }

  #dueAt(step: Step): number {
    return this.#since + parseDuration(step.after!)
  }

  /** Do the next step; the one after it waits from then on. */
  #pass(at: number): void | Promise<void> {
    const index = this.#next++
    this.#since = at
    this.#matched = 0
    const { on } = this.scenario.steps[index]!
    if (!on?.every) return this.#perform(index)
    this.#repeating.push({ index, matches: matching(requestOf(on)) })
  }

  #perform(index: number): void | Promise<void> {
    const step = this.scenario.steps[index]!
    const target = this.#target(index)
    const names = actionsOf(step)
    this.#performed++
    const from = (first: number): void | Promise<void> => {
      for (let i = first; i < names.length && this.#goesOn; i++) {
        const done = this.#attempt(['steps', index], () => act(step, names[i]!, target))
        if (done) return done.then(() => from(i + 1))
      }
    }
    return from(0)
  }

  /** What goes wrong is kept, and the scenario does not go on. */
  #attempt(place: Problem['place'], work: () => void | Promise<void>): void | Promise<void> {
    try {
      const done = work()
      if (done) return done.catch((error: unknown) => this.#fail(place, error))
    } catch (error) {
      this.#fail(place, error)
    }
  }

  #fail(place: Problem['place'], error: unknown): void {
    if (!(error instanceof UserError)) throw error
    if (this.#isOver) return
    const problem = error instanceof SeedError ? error.problem : error.message
    this.#failure = { place: error instanceof SeedError ? [...place, ...error.place] : place, problem }
    if (this.isReported) return
    this.#host.onFailure(new ScenarioError(this.name, [this.#failure], 'play').message)
  }

  #target(index: number): ActionTarget {
    const { instance, faults, occ } = this.#host
    return {
      world: instance.world,
      faults,
      actions: this.#host.vocabulary().actions,
      occ: async (args, options) => {
        // All that has to be loaded, before it is certain that the scenario still goes on.
        await Promise.all([import('#console/run.ts'), this.#host.loadConsole()])
        return this.#isOver ? null : occ(args, options, this.#outgoing)
      },
      isOver: () => this.#isOver,
      expect: (expectation, i) => {
        const place = ['steps', index, 'expect', ...(i === null ? [] : [i])]
        this.#expected.push({ expectation, place, from: this.#forgotten + this.#answered.length })
      },
      ownFault: (name) => this.#faults.push(name),
    }
  }

  readonly #outgoing: typeof fetch = async (input, init) => {
    this.#callingOut++
    try {
      return await this.#host.instance.outgoing(input, init)
    } finally {
      this.#callingOut--
    }
  }
}

/** What is wanted of the request itself. */
function requestOf({ nth: _nth, every: _every, ...request }: NonNullable<Step['on']>) {
  return request
}

/** What a step waits for, in words. */
function whenOf({ after, on, when }: Step): string {
  if (after !== undefined) return `after ${after}`
  if (when !== undefined) return 'when advanced'
  if (!on) return 'at once'
  const which = on.every ? 'each' : on.nth === undefined || on.nth === 1 ? 'first' : `request ${on.nth} of`
  return `on ${which} ${describe(requestOf(on))}`
}
