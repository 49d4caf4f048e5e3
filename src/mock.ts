import type { OcsApp } from '#app/define-app.ts'
import type { ListenerContext } from '#app/listener.ts'
import { Listening } from '#app/listening.ts'
import type { OccOptions, OccResult } from '#console/run.ts'
import { type ContractHandle, contractOf } from '#contract/contract-handle.ts'
import { Faults } from '#faults/faults.ts'
import { handleWithFaults } from '#faults/handle-with-faults.ts'
import { answerOf, type OwnAnswerOptions, type OwnData, patchOf } from '#faults/own-answer.ts'
import { Changes } from '#journal/changes.ts'
import { Journal } from '#journal/journal.ts'
import { BrowserSession } from '#line/browser-session.ts'
import { type Answer, type Call, callFromRequest, keepingBody, requestOf, responseFromAnswer } from '#line/call.ts'
import { atInstance } from '#line/entry-points.ts'
import { ConnectionDropped } from '#line/failures.ts'
import { handle as handleCall } from '#line/handle.ts'
import { Instance } from '#line/instance.ts'
import type { Operation, OperationId } from '#line/operation.ts'
import type { PageOptions } from '#page/open-page.ts'
import type { OcsPage } from '#page/page.ts'
import type { Profile, ProfileDefinition } from '#profiles/profile.ts'
import { Replay } from '#replay/replay.ts'
import type { ScenarioContext } from '#scenario/check.ts'
import { type ScenarioHandle, ScenarioRunner } from '#scenario/scenario-runner.ts'
import { realTimers, type Timers } from '#scenario/timers.ts'
import type { Tables } from '#world/dump.ts'
import type { WorldEvent } from '#world/events.ts'
import { applySeed } from '#world/seed.ts'
import type { World } from '#world/world.ts'
import { checkMockOptions } from './check-mock-options.ts'
import { consoleOf } from './compose.ts'
import { changeApps, type Foundation, layFoundation } from './foundation.ts'
import type { MockEvent } from './mock-event.ts'
import type { MockOrigin, OcsMockOptions } from './mock-options.ts'
import { answerTold } from './mock-warnings.ts'
import type { Scenario, Seed } from './types.ts'

export type { MockEvent } from './mock-event.ts'
export type { OcsMockOptions } from './mock-options.ts'

/** One fake server in this process: nothing is shared with another one. */
export class OcsMock {
  readonly world: World
  readonly journal: Journal
  readonly instance: Instance
  /** What goes wrong on the way of requests. */
  readonly faults: Faults
  /** What the journal calls its world; `null`: the default one. */
  readonly name: string | null
  /** Writes down what tests rely on, where the options say so; `ocs.contract.test(name)` says which test asks. */
  readonly contract: ContractHandle | undefined
  readonly #scenarioRunner: ScenarioRunner
  readonly #watchers = new Set<(event: MockEvent) => void>()
  readonly #timers: Timers
  readonly #options: OcsMockOptions
  #foundation: Foundation
  readonly #replay: Replay | undefined
  #browser: BrowserSession | null = null
  readonly #listening = new Listening()
  readonly #changes = new Changes()

  constructor(options: OcsMockOptions = {}, from?: MockOrigin) {
    checkMockOptions(options)
    this.#options = options
    this.name = from?.name ?? null
    this.#foundation = from?.foundation ?? layFoundation(options)
    const { profile, composition, table, translations } = this.#foundation
    this.contract = from?.contract ?? contractOf(options, profile.id, composition.catalogue)
    this.world = this.#foundation.begin(this.#ownScenarioClock)
    this.journal = new Journal(options.journalLimit, this.#operations)
    this.#replay = from?.replay ?? (options.replay ? new Replay(options.replay, options.notRecorded) : undefined)
    this.instance = new Instance({
      world: this.world,
      profile,
      catalogue: composition.catalogue,
      table,
      baseUrl: options.baseUrl,
      outgoing: this.outgoing,
      replay: this.#replay,
      translations,
    })
    this.contract?.watch(this.world)
    this.#timers = options.timers ?? realTimers
    this.faults = new Faults(() => this.#tell({ type: 'faults' }), this.#operations)
    this.#scenarioRunner = new ScenarioRunner({
      instance: this.instance,
      faults: this.faults,
      timers: this.#timers,
      vocabulary: () => this.scenarioVocabulary,
      loadConsole: async () => void (await this.#console?.()),
      occ: (args, occOptions, outgoing) => this.#runOcc(args, occOptions, outgoing),
      onChange: (state) => this.#tell({ type: 'scenario', state }),
      onFailure: (message) => (options.onScenarioFailure ?? ((text: string) => this.#complain(text)))(message),
    })
    this.world.on((event) => {
      this.#changes.note(event)
      this.#listening.tell(this.#foundation.composition.listeners, event, this.#outside)
      this.#tell({ type: 'world', event })
    })
    this.world.clock.on(() => this.#tell({ type: 'clock' }))
    this.#begin()
  }

  /** All operations and routes. */
  readonly #operations = (): readonly Operation[] => this.#foundation.composition.catalogue.operations

  get profile(): Profile {
    return this.#foundation.profile
  }

  /** Apps of one's own, as they are at the moment. */
  get apps(): readonly OcsApp[] {
    return this.#foundation.apps
  }

  get #console(): ReturnType<typeof consoleOf> {
    return consoleOf(this.profile, this.instance)
  }

  /** The scenario that is played, and how to go on with it. */
  get scenario(): ScenarioHandle {
    return this.#scenarioRunner
  }

  /** What decides which scenarios can be played here. */
  get scenarioVocabulary(): ScenarioContext {
    const { catalogue, actions } = this.#foundation.composition
    return { profile: this.profile, catalogue, seedMembers: catalogue.rules.seedMembers, actions }
  }

  /** The time at which a scenario of one's own begins: its seed is laid over a world that was installed then. */
  get #ownScenarioClock(): Seed['clock'] {
    const clock = this.ownScenario?.seed?.clock
    return Number.isFinite(new Date(clock?.now ?? Number.NaN).getTime()) ? clock : undefined
  }

  /** The scenario that the mock was made with, unless it is a shipped one. */
  get ownScenario(): Scenario | null {
    const { scenario } = this.#options
    return typeof scenario === 'object' ? scenario : null
  }

  /** Watch what happens; the answer stops it. Forks do not inherit watchers. */
  on(watcher: (event: MockEvent) => void): () => void {
    this.#watchers.add(watcher)
    return () => this.#watchers.delete(watcher)
  }

  #tell(event: MockEvent): void {
    for (const watcher of this.#watchers) watcher(event)
  }

  /** Everything that the options say about the beginning, but for the world. */
  #begin(): void {
    const { signedInAs, scenario, fixtures = {} } = this.#options
    for (const [operation, { data, ...said } = {}] of Object.entries(fixtures))
      this.answer(operation, data ?? [], { ...said, name: `fixture ${operation}` })
    // What fails later is told by `onScenarioFailure`, and by `finish`.
    if (scenario !== undefined) this.#scenarioRunner.begin(scenario).catch(() => {})
    if (signedInAs !== undefined) this.signIn(signedInAs)
  }

  /**
   * From now on requests without credentials come from this account's browser.
   * @throws UserError where there is no such account.
   */
  signIn(userId: string): void {
    this.#browser = new BrowserSession(this.world, userId)
  }

  /** From now on requests without credentials are anonymous. */
  signOut(): void {
    this.#browser = null
  }

  /**
   * From now on an operation answers these data, to whoever may ask; what was said last counts. The answer is the name
   * of the fault that it is: `ocs.faults.remove(name)` ends it, as `ocs.reset()` does.
   *
   * @example
   * ocs.answer('user_status-predefined_status-find-all', [])
   * ocs.answer('provisioning_api-users-get-user', ({ input }) => ({ id: input.userId }), { once: true })
   * @param data what stands in the envelope, or what makes it of a request
   * @throws UserError for an operation that there is not
   */
  answer(operation: OperationId, data: OwnData, options: OwnAnswerOptions = {}): string {
    return this.faults.add(answerOf(operation, data, options), true)
  }

  /**
   * From now on a merge patch (RFC 7396) is laid over what an operation answers, where it does not fail.
   *
   * @example
   * ocs.patch('core-ocs-get-capabilities', { capabilities: { files: { bigfilechunking: null } } })
   * @throws UserError for an operation that there is not
   */
  patch(operation: OperationId, data: OwnData, options: Pick<OwnAnswerOptions, 'once' | 'name'> = {}): string {
    return this.faults.add(patchOf(operation, data, options), true)
  }

  /** What a page of the product holds for scripts, for whoever is signed in: `(await ocs.page({ app: 'files' })).mount()` */
  async page(options: PageOptions = {}): Promise<OcsPage> {
    return (await import('#page/open-page.ts')).openPage(this.instance, this.#browser, options)
  }

  /** Answer a request without MSW and without a port. Bound, so it can stand in for the global `fetch`. */
  readonly fetch = async (input: Request | string | URL, init?: RequestInit): Promise<Response> => {
    const request = requestOf(input, init)
    try {
      return responseFromAnswer(await this.handle(callFromRequest(request)))
    } catch (error) {
      if (error instanceof ConnectionDropped) throw new TypeError('fetch failed', { cause: error })
      throw error
    }
  }

  /**
   * Answer a call and write it into the journal. All ways in come through here.
   * @throws ConnectionDropped where a fault says so; whoever carries answers breaks the connection
   */
  async handle(asked: Call): Promise<Answer> {
    return this.#changes.during((changes) => this.#handle(asked, changes))
  }

  async #handle(asked: Call, changes: readonly WorldEvent[]): Promise<Answer> {
    const began = performance.now()
    const arrived = atInstance(asked)
    const sent = this.#browser ? this.#browser.send(arrived) : arrived
    const { call, heard } = keepingBody(sent)
    if (this.#scenarioRunner.isWatching) await this.#scenarioRunner.before(call)
    const answer = () =>
      this.faults.isEmpty
        ? handleCall(this.instance, call)
        : handleWithFaults(this.instance, call, this.faults, this.#timers.sleep)
    const handled = await (this.contract?.during(call, this.world, answer) ?? answer())
    const request = this.journal.record({
      call,
      body: heard.body,
      handled,
      at: this.world.clock.now(),
      duration: performance.now() - began,
      world: this.name,
      changes,
    })
    this.#scenarioRunner.saw(request)
    if (this.#watchers.size > 0) this.#tell({ type: 'request', entry: request.entry })
    this.#options.onRequest?.(request.entry)
    if (handled.outcome === 'dropped') throw new ConnectionDropped()
    return answerTold(call, handled, { profile: this.profile, options: this.#options, complain: this.#complain })
  }

  /**
   * Run an `occ` command on this world.
   *
   * @example
   * await ocs.occ('user:add --password-from-env alice', { env: { OC_PASS: '…' } })
   * @param args words, or one text that is split as a shell does; `occ` in front is left out
   * @throws UserError where the profile has no console
   */
  async occ(args: string | readonly string[], options: OccOptions = {}): Promise<OccResult> {
    await this.#scenarioRunner.settled()
    return this.#runOcc(args, options, this.outgoing)
  }

  async #runOcc(args: string | readonly string[], options: OccOptions, outgoing: typeof fetch): Promise<OccResult> {
    const { runOcc } = await import('#console/run.ts')
    return runOcc({ world: this.world, profile: this.profile, outgoing, console: this.#console }, args, options)
  }

  /** How the fake sends requests out. The global `fetch` is looked up each time: others may replace it. */
  readonly outgoing: typeof fetch = (input, init) => (this.#options.outgoing ?? globalThis.fetch)(input, init)

  /** Ends when everything that the fake sent out by itself, such as calls of webhooks, was answered or has failed. */
  idle(): Promise<void> {
    return this.#listening.idle()
  }

  readonly #outside = (): ListenerContext => ({
    world: this.world,
    send: this.outgoing,
    baseUrl: this.instance.baseUrl ?? 'http://localhost',
    complain: this.#complain,
  })

  /**
   * The starting world again, with an optional seed laid over it, an empty journal, no faults, who was signed in at
   * first, and the scenario and recorded answers from their beginning.
   */
  reset(seed?: Seed): void {
    const next = this.#foundation.begin(seed?.clock ?? this.#ownScenarioClock)
    if (seed !== undefined) applySeed(next, seed)
    this.#scenarioRunner.stop()
    this.faults.clear()
    this.#replay?.reset()
    this.world.restore(next)
    this.contract?.reset(seed)
    this.journal.clear()
    this.#browser = null
    this.#begin()
    this.#tell({ type: 'reset' })
  }

  /** What the records of each table look like: `ocs.world.load(dump, await ocs.tables())` holds a dump against them. */
  tables(): Promise<Tables> {
    return this.#foundation.composition.wholeTables()
  }

  /**
   * An independent mock in the same starting world. Shares everything that does not change.
   * @param name what its journal calls its world
   */
  fork(name?: string): OcsMock {
    const origin = { foundation: this.#foundation, replay: this.#replay?.fork(), contract: this.contract?.fork() }
    return new OcsMock(this.#options, name === undefined ? origin : { ...origin, name })
  }

  /** A mock with the same options and another profile: another version of the product. Nothing is shared. */
  withProfile(profile: ProfileDefinition, name?: string): OcsMock {
    return new OcsMock({ ...this.#options, apps: this.apps, profile }, name === undefined ? {} : { name })
  }

  /**
   * Go on with other apps of one's own, or with other versions of them. State stays where its tables stay; the starting
   * world is made anew.
   * @param also forks that go on with them too, and worlds that were kept
   * @returns what was lost, in sentences
   * @throws UserError for apps that do not fit together, or a seed that they cannot have; then nothing has changed
   */
  replaceApps(
    apps: readonly OcsApp[],
    also: { readonly forks?: readonly OcsMock[]; readonly worlds?: readonly World[] } = {},
  ): string[] {
    const before = this.#foundation
    const after = layFoundation({ ...this.#options, apps })
    const lost = [this, ...(also.forks ?? [])].flatMap((mock) => mock.#standOn(after))
    lost.push(...(also.worlds ?? []).flatMap((world) => changeApps(world, before, after)))
    return [...new Set(lost)]
  }

  #standOn(foundation: Foundation): string[] {
    const before = this.#foundation
    this.#foundation = foundation
    const { profile, table, composition } = foundation
    this.instance.answerFrom({ profile, table, catalogue: composition.catalogue })
    const lost = changeApps(this.world, before, foundation)
    this.#tell({ type: 'apps' })
    return lost
  }

  readonly #complain = (message: string): void => console.warn(`ocs-mock: ${message}`)
}
