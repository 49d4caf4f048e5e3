import { pendingEntry } from '#faults/pending-entry.ts'
import { ExpectationError } from '#journal/expectation.ts'
import type { JournalEntry } from '#journal/journal-entry.ts'
import { UserError } from '#lib/errors.ts'
import { nearestName } from '#lib/nearest-name.ts'
import type { Call } from '#line/call.ts'
import { checkScenario } from './check.ts'
import type { Scenario } from './format.ts'
import { Play } from './play.ts'
import { findShipped } from './shipped.ts'
import type { ScenarioState, StageHost } from './stage-host.ts'

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
   * The story goes on: what it waits for need not come.
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
  /** Ends when the steps are done that can be done. */
  settled(): Promise<void>
  /** @throws ScenarioError where a step failed */
  throwFailure(): void
}

/** Where the scenario of one mock is played. */
export class Stage implements ScenarioHandle {
  readonly #host: StageHost
  #play: Play | null = null
  /** The work on the story that goes on, one after the other; requests wait for it. It never rejects. */
  #work: Promise<void> = Promise.resolve()
  #pending = 0
  #reported = ''
  #stopListening = () => {}

  constructor(host: StageHost) {
    this.#host = host
  }

  /** Whether requests have to come by here. */
  get isWatching(): boolean {
    return this.#play !== null
  }

  get state(): ScenarioState {
    return this.#play?.state ?? { status: 'none' }
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
    const name = found.name ?? (typeof scenario === 'string' ? scenario : 'scenario')
    const checked = checkScenario(found, name, { profile, catalogue, ...this.#host.ground() })
    this.stop()
    const play = new Play(name, checked, this.#host)
    this.#play = play
    this.#reported = ''
    this.#stopListening = this.#host.instance.world.clock.on(() => this.#wake())
    play.isReported = true
    const begun = this.#do(() => play.begin())
    play.isReported = false
    play.throwFailure()
    return begun.then(() => play.throwFailure())
  }

  async advance(step?: string): Promise<void> {
    const play = this.#running('advance')
    const target = step === undefined ? null : indexOf(play, step)
    await this.#do(() => play.advance(target))
    play.throwFailure()
  }

  stop(): void {
    this.#stopListening()
    this.#play?.stop()
    if (this.#play) this.#host.onChange({ ...this.#play.state, status: 'stopped' })
    this.#play = null
  }

  async finish(): Promise<void> {
    const play = this.#running('finish')
    await this.settled()
    const problems = play.problems
    this.stop()
    if (problems.length === 0) return
    throw new ExpectationError(`The scenario ${play.name} did not go as expected.\n${problems.join('\n')}`)
  }

  async settled(): Promise<void> {
    this.#proceedIfDue()
    await this.#work
  }

  throwFailure(): void {
    this.#play?.throwFailure()
  }

  /** A request came: do what is to happen before it is answered. */
  async before(call: Call): Promise<void> {
    const play = this.#play
    // A step that calls out may be called back; it must not wait for itself.
    if (!play || play.isCallingOut) return
    this.#proceedIfDue()
    if (this.#pending > 0) await this.#work
    if (!play.awaitsRequests) return
    await this.#do(async () => {
      if (play.awaitsRequests) await play.onRequest(await pendingEntry(call, this.#host.instance, play.needs))
    })
  }

  /** A request was answered. */
  saw(entry: JournalEntry): void {
    this.#play?.onAnswer(entry)
  }

  #running(verb: string): Play {
    if (this.#play) return this.#play
    throw new UserError(`Failed to ${verb} the scenario: none is running. Start one first.`)
  }

  /** The clock was moved, maybe in the midst of something greater. */
  #wake(): void {
    queueMicrotask(() => this.#proceedIfDue())
  }

  #proceedIfDue(): void {
    const play = this.#play
    if (!play?.isDue || this.#pending > 0) return
    this.#do(() => play.proceed()).catch((error: unknown) => this.#host.onFailure(String(error)))
  }

  /** One after the other; at once, and without waiting where the work does not wait, if nothing else is under way. */
  #do(work: () => void | Promise<void>): Promise<void> {
    const play = this.#play
    if (this.#pending++ > 0) return this.#follow(play, this.#work.then(work))
    try {
      const done = work()
      if (done) return this.#follow(play, done)
    } catch (error) {
      this.#ended(play)
      return Promise.reject(error)
    }
    this.#ended(play)
    return Promise.resolve()
  }

  #follow(play: Play | null, work: Promise<void>): Promise<void> {
    const all = work.finally(() => this.#ended(play))
    this.#work = all.catch(() => {})
    return all
  }

  #ended(play: Play | null): void {
    this.#pending--
    if (play === null || play !== this.#play) return
    play.schedule(() => this.#proceedIfDue())
    const progress = play.progress
    if (progress !== this.#reported) this.#host.onChange(play.state)
    this.#reported = progress
  }
}

function indexOf(play: Play, step: string): number {
  const names = play.scenario.steps.map(({ name }) => name)
  const index = names.indexOf(step)
  if (index >= 0) return index
  const known = names.filter((name) => name !== undefined)
  const meant = nearestName(step, known)
  const hint = meant ? `Did you mean "${meant}"?` : `There are: ${known.join(', ') || 'none with a name'}.`
  throw new UserError(`Failed to advance the scenario: it has no step "${step}". ${hint}`)
}
