import { pendingEntry } from '#faults/pending-entry.ts'
import { ExpectationError } from '#journal/expectation.ts'
import type { RequestFacts } from '#journal/journal-entry.ts'
import { UserError } from '#lib/errors.ts'
import { nearestName } from '#lib/nearest-name.ts'
import type { Call } from '#line/call.ts'
import { checkScenario } from './check.ts'
import type { Scenario, Step } from './format.ts'
import { NAMELESS } from './problem.ts'
import type { RunnerHost, ScenarioState } from './runner-host.ts'
import { ScenarioRun } from './scenario-run.ts'
import { findShipped } from './shipped.ts'

/** The scenario of a mock: one at a time. */
export interface ScenarioHandle {
  /** How far it is. */
  readonly state: ScenarioState
  /**
   * Start a scenario from its beginning; one that runs is stopped. What happens at once has happened when the
   * promise resolves.
   * @param scenario a scenario, or the name of a shipped one
   * @throws ScenarioError for mistakes in it, and for a step that fails
   */
  start(scenario: Scenario | string): Promise<void>
  /**
   * The scenario goes on: what it waits for need not come.
   * @param step up to and with the step of this name; without it, the next one
   * @throws UserError where there is no such step, or none left
   */
  advance(step?: string): Promise<void>
  /** End the scenario and its faults. What it did to the world stays. */
  stop(): void
  /**
   * End the scenario; everything that it expects must have come.
   * @throws ExpectationError with all that did not come, and steps that failed
   */
  finish(): Promise<void>
  /** When its next step is due by the world's clock, in milliseconds since 1970; `null`: it waits for nothing like that. */
  readonly dueAt: number | null
  /**
   * Do at once what a step of a scenario does, beside the scenario that is played. What it does stays.
   *
   * @example
   * await ocs.scenario.perform({ expireShare: { owner: 'alice', path: '/Photos' } })
   * @throws ScenarioError for a mistake in it, and for what fails
   */
  perform(step: Omit<Step, 'after' | 'on' | 'when' | 'expect'>): Promise<void>
  /** Ends when the steps are done that can be done. */
  settled(): Promise<void>
  /** @throws ScenarioError where a step failed */
  throwFailure(): void
}

/** Where the scenario of one mock is played. */
export class ScenarioRunner implements ScenarioHandle {
  readonly #host: RunnerHost
  #run: ScenarioRun | null = null
  /** The work on the scenario that goes on, one after the other; requests wait for it. It never rejects. */
  #work: Promise<void> = Promise.resolve()
  #pending = 0
  #reported = ''
  #stopListening = () => {}

  constructor(host: RunnerHost) {
    this.#host = host
  }

  /** Whether requests have to come by here. */
  get isWatching(): boolean {
    return this.#run !== null
  }

  get state(): ScenarioState {
    return this.#run?.state ?? { status: 'none' }
  }

  async start(scenario: Scenario | string): Promise<void> {
    await this.begin(scenario)
  }

  /**
   * As `start`, but mistakes in the scenario, and steps that fail without having waited, throw at once.
   * A step that fails later rejects.
   */
  begin(scenario: Scenario | string): Promise<void> {
    const { profile, catalogue } = this.#host.instance
    const found = typeof scenario === 'string' ? findShipped(scenario) : scenario
    const name = found.name ?? (typeof scenario === 'string' ? scenario : NAMELESS)
    const checked = checkScenario(found, name, { profile, catalogue, ...this.#host.vocabulary() })
    this.stop()
    const run = new ScenarioRun(name, checked, this.#host)
    this.#run = run
    this.#reported = ''
    this.#stopListening = this.#host.instance.world.clock.on(() => this.#wake())
    run.isReported = true
    const begun = this.#do(() => run.begin())
    run.isReported = false
    run.throwFailure()
    return begun.then(() => run.throwFailure())
  }

  get dueAt(): number | null {
    return this.#run?.dueAt ?? null
  }

  async perform(step: Omit<Step, 'after' | 'on' | 'when' | 'expect'>): Promise<void> {
    const { profile, catalogue } = this.#host.instance
    const scenario = checkScenario({ steps: [step] }, 'step', { profile, catalogue, ...this.#host.vocabulary() })
    const run = new ScenarioRun('step', scenario, this.#host)
    run.isReported = true
    await run.begin()
    run.throwFailure()
  }

  async advance(step?: string): Promise<void> {
    const run = this.#running('advance')
    const target = step === undefined ? null : indexOf(run, step)
    await this.#do(() => run.advance(target))
    run.throwFailure()
  }

  stop(): void {
    this.#stopListening()
    this.#run?.stop()
    if (this.#run) this.#host.onChange({ ...this.#run.state, status: 'stopped' })
    this.#run = null
  }

  async finish(): Promise<void> {
    const run = this.#running('finish')
    await this.settled()
    const problems = run.problems
    this.stop()
    if (problems.length === 0) return
    throw new ExpectationError(`The scenario ${run.name} did not go as expected.\n${problems.join('\n')}`)
  }

  async settled(): Promise<void> {
    this.#proceedIfDue()
    await this.#work
  }

  throwFailure(): void {
    this.#run?.throwFailure()
  }

  /** A request came: do what is to happen before it is answered. */
  async before(call: Call): Promise<void> {
    const run = this.#run
    // A step that calls out may be called back; it must not wait for itself.
    if (!run || run.isCallingOut) return
    this.#proceedIfDue()
    if (this.#pending > 0) await this.#work
    if (!run.awaitsRequests) return
    await this.#do(async () => {
      if (run.awaitsRequests) await run.onRequest(await pendingEntry(call, this.#host.instance, run.needs))
    })
  }

  /** A request was answered. */
  saw(entry: RequestFacts): void {
    this.#run?.onAnswer(entry)
  }

  #running(verb: string): ScenarioRun {
    if (this.#run) return this.#run
    throw new UserError(`Failed to ${verb} the scenario: none is running. Start one first.`)
  }

  /** The clock was moved, maybe in the midst of something greater. */
  #wake(): void {
    queueMicrotask(() => this.#proceedIfDue())
  }

  #proceedIfDue(): void {
    const run = this.#run
    if (!run?.isDue || this.#pending > 0) return
    this.#do(() => run.proceed()).catch((error: unknown) => this.#host.onFailure(String(error)))
  }

  /** One after the other; at once, and without waiting where the work does not wait, if nothing else is under way. */
  #do(work: () => void | Promise<void>): Promise<void> {
    const run = this.#run
    if (this.#pending++ > 0) return this.#follow(run, this.#work.then(work))
    try {
      const done = work()
      if (done) return this.#follow(run, done)
    } catch (error) {
      this.#ended(run)
      return Promise.reject(error)
    }
    this.#ended(run)
    return Promise.resolve()
  }

  #follow(run: ScenarioRun | null, work: Promise<void>): Promise<void> {
    const all = work.finally(() => this.#ended(run))
    this.#work = all.catch(() => {})
    return all
  }

  #ended(run: ScenarioRun | null): void {
    this.#pending--
    if (run === null || run !== this.#run) return
    run.schedule(() => this.#proceedIfDue())
    const progress = run.progress
    if (progress !== this.#reported) this.#host.onChange(run.state)
    this.#reported = progress
  }
}

function indexOf(run: ScenarioRun, step: string): number {
  const names = run.scenario.steps.map(({ name }) => name)
  const index = names.indexOf(step)
  if (index >= 0) return index
  const known = names.filter((name) => name !== undefined)
  const meant = nearestName(step, known)
  const hint = meant ? `Did you mean "${meant}"?` : `There are: ${known.join(', ') || 'none with a name'}.`
  throw new UserError(`Failed to advance the scenario: it has no step "${step}". ${hint}`)
}
