import { catalogue } from '../handlers/index.ts'
import type { OcsApp } from './app/define-app.ts'
import { BrowserSession } from './browser-session.ts'
import { type Answer, type Call, callFromRequest, responseFromAnswer } from './call.ts'
import { handle } from './handle.ts'
import { type Catalogue, Instance, RouteTable } from './instance.ts'
import { Journal, type JournalEntry } from './journal/journal.ts'
import type { OccOptions, OccResult } from './occ/run.ts'
import { findProfile } from './profiles/index.ts'
import type { Profile } from './profiles/profile.ts'
import { deliver } from './webhooks/deliver.ts'
import { provide } from './world/apps.ts'
import { forgetCards } from './world/contacts.ts'
import { REACTIONS } from './world/reactions.ts'
import { applySeed, type Seed } from './world/seed.ts'
import { World, type WorldEvent } from './world/world.ts'

export interface OcsMockOptions {
  /** Name of a shipped profile, or one of your own. Default: `nextcloud-34`. */
  readonly profile?: string | Profile
  /** Laid over the profile's fresh installation. */
  readonly seed?: Seed
  /** Apps of your own, made by `defineApp`. They are installed and enabled. */
  readonly apps?: readonly OcsApp[]
  /**
   * Whose browser requests without credentials come from: they get a session cookie and a request token, so that
   * front-end code runs as it does in a page. Default: nobody's; such requests are anonymous.
   */
  readonly signedInAs?: string
  /** What links in answers are built with. Default: the address of each request. */
  readonly baseUrl?: string
  /** How many requests the journal keeps. Default: 1000. */
  readonly journalLimit?: number
  /** Told about requests that the product answers and we do not. Default: `console.warn`. */
  readonly onNotBuilt?: (message: string) => void
  /** How the fake itself sends requests out, to ExApps and webhooks. Default: the global `fetch`. */
  readonly outgoing?: typeof fetch
  /** Told about every request once it is answered, in all worlds. */
  readonly onRequest?: (entry: JournalEntry) => void
}

/** One fake server in this process: nothing is shared with another one. */
export class OcsMock {
  readonly world: World
  readonly profile: Profile
  readonly journal: Journal
  readonly instance: Instance
  readonly #starting: World
  readonly #options: OcsMockOptions
  readonly #table: RouteTable
  #browser: BrowserSession | null = null
  readonly #underWay = new Set<Promise<void>>()

  constructor(
    options: OcsMockOptions = {},
    from?: { profile: Profile; starting: World; table: RouteTable; catalogue: Catalogue },
  ) {
    this.#options = options
    this.profile = from?.profile ?? withApps(findProfile(options.profile), options.apps)
    this.#starting = from?.starting ?? startingWorld(this.profile, options)
    const all = from?.catalogue ?? catalogueWith(options.apps)
    this.#table = from?.table ?? new RouteTable(all, this.profile)
    this.world = this.#starting.fork()
    this.journal = new Journal(options.journalLimit)
    this.instance = new Instance({
      world: this.world,
      profile: this.profile,
      catalogue: all,
      table: this.#table,
      baseUrl: options.baseUrl,
      outgoing: this.outgoing,
    })
    this.world.on((event) => this.#tellWebhooks(event))
    if (options.signedInAs !== undefined) this.signIn(options.signedInAs)
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

  /** Answer a request without MSW and without a port. Bound, so it can stand in for the global `fetch`. */
  readonly fetch = async (input: Request | string | URL, init?: RequestInit): Promise<Response> => {
    const request = input instanceof Request && !init ? input : new Request(input, init)
    return responseFromAnswer(await this.answer(callFromRequest(request)))
  }

  /** Answer a call and write it into the journal. All ways in come through here. */
  async answer(asked: Call): Promise<Answer> {
    const sent = this.#browser ? this.#browser.send(asked) : asked
    const heard: { body: Uint8Array | null } = { body: null }
    const call: Call = {
      ...sent,
      body: async () => {
        heard.body = await sent.body()
        return heard.body
      },
    }
    const handled = await handle(this.instance, call)
    const entry = this.journal.record(call, heard.body, handled, this.world.clock.now())
    this.#options.onRequest?.(entry)
    if (handled.outcome === 'not-built') this.#warn(call, handled.operation)
    return handled.answer
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
    const { runOcc } = await import('./occ/run.ts')
    return runOcc({ world: this.world, profile: this.profile, outgoing: this.outgoing }, args, options)
  }

  /** How the fake sends requests out. The global `fetch` is looked up each time: others may replace it. */
  readonly outgoing: typeof fetch = (input, init) => (this.#options.outgoing ?? globalThis.fetch)(input, init)

  /** Ends when everything that the fake sent out by itself, such as calls of webhooks, was answered or has failed. */
  async idle(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay)
  }

  #tellWebhooks(event: WorldEvent): void {
    const sent = deliver(this.world, event, {
      send: this.outgoing,
      baseUrl: this.instance.baseUrl ?? 'http://localhost',
      onFailure: (hook, error) => this.#complain(`Webhook ${hook.id} could not reach ${hook.uri}: ${String(error)}`),
    })
    this.#underWay.add(sent)
    sent.finally(() => this.#underWay.delete(sent))
  }

  /** The starting world again, with an optional seed laid over it, an empty journal, and who was signed in at first. */
  reset(seed?: Seed): void {
    const next = this.#starting.fork()
    if (seed !== undefined) applySeed(next, seed)
    this.world.restore(next)
    this.journal.clear()
    this.#browser = null
    if (this.#options.signedInAs !== undefined) this.signIn(this.#options.signedInAs)
  }

  /** An independent mock in the same starting world. Shares everything that does not change. */
  fork(): OcsMock {
    return new OcsMock(this.#options, {
      profile: this.profile,
      starting: this.#starting,
      table: this.#table,
      catalogue: this.instance.catalogue,
    })
  }

  #warn(call: Call, operation: string | null): void {
    const message = `ocs-mock does not implement ${operation}, which ${this.profile.productName} ${this.profile.versionString} has: ${call.method} ${call.path} was answered 501.`
    const tell = this.#options.onNotBuilt ?? ((text: string) => console.warn(text))
    tell(message)
  }

  #complain(message: string): void {
    console.warn(`ocs-mock: ${message}`)
  }
}

function withApps(profile: Profile, apps: readonly OcsApp[] = []): Profile {
  return apps.length === 0 ? profile : { ...profile, apps: [...profile.apps, ...apps.map((app) => app.profileApp)] }
}

function catalogueWith(apps: readonly OcsApp[] = []): Catalogue {
  if (apps.length === 0) return catalogue
  return { ...catalogue, endpoints: [...catalogue.endpoints, ...apps.flatMap((app) => app.endpoints)] }
}

function startingWorld(profile: Profile, { seed, apps = [] }: OcsMockOptions): World {
  const world = new World(REACTIONS)
  for (const app of profile.apps) provide(world, app)
  applySeed(world, profile.installation)
  forgetCards(world)
  if (apps.length > 0) applySeed(world, { apps: { enabled: apps.map((app) => app.id) } })
  if (seed) applySeed(world, seed)
  return world
}
