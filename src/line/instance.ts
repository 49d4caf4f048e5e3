import type { MaybePromise } from '#lib/maybe-promise.ts'
import { isThere } from '#lib/releases.ts'
import { operations, pageRoutes } from '#profiles/keys.ts'
import type { KnownOperation, Profile } from '#profiles/profile.ts'
import { isEnabled, isEnabledFor } from '#world/settings/apps.ts'
import type { World } from '#world/world.ts'
import { AppLoader } from './app-loader.ts'
import type { Call } from './call.ts'
import type { Catalogue } from './catalogue.ts'
import type { ContributionKind, ContributionSource, Gathered } from './contributions.ts'
import type { Endpoint, Route } from './endpoint.ts'
import { type Actor, type Identity, identify } from './identify.ts'
import type { Operation } from './operation.ts'
import { readOcsCall } from './read-call.ts'
import { type RouteResult, Router } from './route.ts'
import type { Handled } from './run.ts'
import { pagePath } from './scripts.ts'
import type { Translations } from './translations.ts'
import { whyNoRoute } from './why-no-route.ts'

/** The routers of a catalogue and a profile, and what was loaded of both. Made once and shared by all worlds. */
export class RouteTable {
  readonly #endpoints = new Router<Operation>()
  readonly #routes = new Router<Operation>()
  /** Of no use until somebody asks for what we lack, so it is made then. */
  #known: Router<KnownOperation> | undefined
  #pages: Router<KnownOperation> | undefined
  /** All that is built, for whoever asks for what is not there. */
  #built: Router<Operation> | undefined
  readonly apps: AppLoader
  readonly #catalogue: Catalogue
  readonly #profile: Profile

  constructor(catalogue: Catalogue, profile: Profile) {
    for (const operation of catalogue.operations) {
      if (isThere(operation, profile)) addTo(operation.kind === 'endpoint' ? this.#endpoints : this.#routes, operation)
    }
    this.apps = new AppLoader(catalogue, profile)
    this.#catalogue = catalogue
    this.#profile = profile
  }

  /** @param actor who asks; some routes are there only for those whom their app is enabled for */
  endpoint(method: string, path: string, world: World, actor?: Pick<Actor, 'userId'>): RouteResult<Operation> {
    const { attributeRouted } = this.#profile.quirks
    return this.#endpoints.match(method, path, ({ app }) =>
      actor && attributeRouted.includes(app) ? isEnabledFor(world, app, actor.userId) : isEnabled(world, app),
    )
  }

  route(method: string, path: string, world: World): RouteResult<Operation> {
    return this.#routes.match(method, path, ({ app }) => isEnabled(world, app))
  }

  /** All operations of a path, whatever their methods. */
  at(path: string, world: World): Operation[] {
    const isThere = ({ app }: Operation) => isEnabled(world, app)
    return [...this.#endpoints.at(path, isThere), ...this.#routes.at(path, isThere)]
  }

  /** Why nothing is found, in words; asked once it is known that nothing is. */
  whyNot(method: string, path: string, world: World, actor: Pick<Actor, 'userId'>): string {
    this.#built ??= routerOf(this.#catalogue.operations)
    const published = [...(this.#known?.at(path) ?? []), ...(this.#pages?.at(path) ?? [])]
    const { operations } = this.#catalogue
    const routes = { operations, built: this.#built.at(path), published }
    return whyNoRoute({ method, path, actor }, routes, this.#profile, world)
  }

  /** What the product publishes, whether we answer it or not. */
  async known(method: string, path: string, world: World): Promise<RouteResult<KnownOperation>> {
    this.#known ??= lacking(this.#catalogue, await operations.load(this.#profile))
    return this.#known.match(method, path, ({ app }) => isEnabled(world, app))
  }

  /** What the product has below `index.php`, whether we answer it or not. */
  async knownPage(method: string, path: string, world: World): Promise<RouteResult<KnownOperation>> {
    this.#pages ??= pageRouter(await pageRoutes.load(this.#profile))
    return this.#pages.match(method, path, ({ app }) => isEnabled(world, app))
  }
}

function addTo(router: Router<Operation>, operation: Operation): void {
  for (const method of operation.methods) router.add(method, operation.path, operation)
}

function routerOf(operations: readonly Operation[]): Router<Operation> {
  const router = new Router<Operation>()
  for (const operation of operations) addTo(router, operation)
  return router
}

function pageRouter(routes: Readonly<Record<string, readonly string[]>>): Router<KnownOperation> {
  const router = new Router<KnownOperation>()
  for (const [app, ofApp] of Object.entries(routes)) {
    for (const route of ofApp) {
      const [method = '', path = ''] = route.split(' ')
      router.add(method, `/index.php${path}`, { id: `${app}:${route}`, app, method, path })
    }
  }
  return router
}

/** What an instance answers from. */
export interface AnswerSource {
  readonly profile: Profile
  readonly catalogue: Catalogue
  readonly table: RouteTable
}

/** Answers from elsewhere; `null`: the line has to find one. */
export interface Replaying {
  answer(call: Call, instance: Instance): Promise<Handled | null>
}

/** What the product has and the catalogue has not. */
function lacking(catalogue: Catalogue, published: readonly KnownOperation[]): Router<KnownOperation> {
  const router = new Router<KnownOperation>()
  // What we have under another template than the published one (a narrower parameter) is not missing.
  const built = new Set(
    catalogue.operations.flatMap(({ id, methods, path }) => [id, ...methods.map((method) => `${method} ${path}`)]),
  )
  for (const operation of published) {
    if (!built.has(operation.id) && !built.has(`${operation.method} ${operation.path}`))
      router.add(operation.method, operation.path, operation)
  }
  return router
}

/** One fake server: a world, what it answers from, and how its routes are found. */
export class Instance implements ContributionSource {
  readonly world: World
  /** What links are built with; without it, the address that the caller used. */
  readonly baseUrl: string | undefined
  /** How requests go out, to ExApps. */
  readonly outgoing: typeof fetch
  /** Recorded answers in front of the line. */
  readonly replay: Replaying | undefined
  /** What is laid over the English messages. */
  readonly translations: Translations | undefined
  #source: AnswerSource
  #requests = 0

  constructor(parts: {
    world: World
    profile: Profile
    catalogue: Catalogue
    table: RouteTable
    baseUrl?: string | undefined
    outgoing?: typeof fetch
    replay?: Replaying | undefined
    translations?: Translations | undefined
  }) {
    this.world = parts.world
    this.baseUrl = parts.baseUrl?.replace(/\/+$/, '')
    this.outgoing = parts.outgoing ?? globalThis.fetch
    this.replay = parts.replay
    this.translations = parts.translations
    this.#source = { profile: parts.profile, catalogue: parts.catalogue, table: parts.table }
  }

  get profile(): Profile {
    return this.#source.profile
  }

  get catalogue(): Catalogue {
    return this.#source.catalogue
  }

  /** From the next request on other definitions answer. */
  answerFrom(source: AnswerSource): void {
    this.#source = source
  }

  /** The same server with another world, and without what was recorded of it. */
  inWorld(world: World): Instance {
    const { baseUrl, outgoing, translations } = this
    return new Instance({ world, ...this.#source, baseUrl, outgoing, translations })
  }

  /** What names the next request: no two of an instance alike, and the same in every run. */
  nextRequestId(): string {
    this.#requests++
    return this.#requests.toString(36).padStart(20, '0')
  }

  /** Who calls. That somebody logs in is remembered, and a one-time token is spent. */
  identify(call: Call): Identity {
    return identify(call, this.world, () => {
      const path = readOcsCall(call)?.path ?? pagePath(call.path)
      return this.#source.table.at(path, this.world)
    })
  }

  findEndpoint(method: string, path: string, actor?: Pick<Actor, 'userId'>): RouteResult<Operation> {
    return this.#source.table.endpoint(method, path, this.world, actor)
  }

  findRoute(method: string, path: string): RouteResult<Operation> {
    return this.#source.table.route(method, path, this.world)
  }

  /** What the product publishes, whether we answer it or not. */
  findKnown(method: string, path: string): Promise<RouteResult<KnownOperation>> {
    return this.#source.table.known(method, path, this.world)
  }

  /** Why nothing was found, in words. */
  whyNoRoute(method: string, path: string, actor: Pick<Actor, 'userId'>): string {
    return this.#source.table.whyNot(method, path, this.world, actor)
  }

  /** As {@link findKnown}, for pages and their programs. */
  findKnownPage(method: string, path: string): Promise<RouteResult<KnownOperation>> {
    return this.#source.table.knownPage(method, path, this.world)
  }

  /** The definition of an endpoint, with what it reads; a promise only the first time. */
  endpoint(operation: Operation): MaybePromise<Endpoint> {
    return this.#source.table.apps.endpoint(operation)
  }

  /** The definition of a route, with what it reads; a promise only the first time. */
  route(operation: Operation): MaybePromise<Route> {
    return this.#source.table.apps.route(operation)
  }

  gather<K extends ContributionKind>(kind: K): MaybePromise<readonly Gathered<K>[]> {
    return this.#source.table.apps.gather(kind)
  }

  /** The profile with the data that a definition and its app list. */
  profileFor(definition: Endpoint | Route): Profile {
    return this.#source.table.apps.profileFor(definition)
  }
}
