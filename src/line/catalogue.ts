import { InternalError } from '#lib/errors.ts'
import type { WorldRules } from '#world/world.ts'
import type { Contributed, ContributionKind, ContributionSource, MaybePromise } from './contributions.ts'
import type { Endpoint, Route } from './endpoint.ts'
import type { Operation } from './operation.ts'

/** An operation as its definition says. */
export function operationOf(definition: Endpoint | Route): Operation {
  const { kind, id, app, path, oneTimeToken, disabledExApps } = definition
  return {
    kind,
    id,
    app,
    methods: definition.kind === 'endpoint' ? [definition.method] : definition.methods,
    path,
    ...(oneTimeToken === undefined ? {} : { oneTimeToken }),
    ...(disabledExApps === undefined ? {} : { disabledExApps }),
  }
}

/** The definitions of one app that answer requests. */
export interface AppDefinitions {
  readonly endpoints: readonly Endpoint[]
  readonly routes: readonly Route[]
}

/** An app that can be loaded. */
export interface AppSource {
  readonly id: string
  readonly operations: readonly Operation[]
  load(): Promise<AppDefinitions>
}

/** What contributions of a kind there are, from the apps that ship and from one's own. */
export type Gather = <K extends ContributionKind>(kind: K) => Promise<readonly Contributed<K>[]>

/**
 * All that the fake can answer. It knows every operation from the beginning and loads an app when the first request
 * for it comes. Forks and worlds share it.
 */
export class Catalogue implements ContributionSource {
  readonly operations: readonly Operation[]
  /** What worlds follow that have these apps. */
  readonly rules: WorldRules
  readonly #sources: ReadonlyMap<string, AppSource>
  readonly #endpoints = new Map<string, Endpoint>()
  readonly #routes = new Map<string, Route>()
  readonly #loading = new Map<string, Promise<void>>()
  readonly #gathered = new Map<ContributionKind, MaybePromise<readonly Contributed[]>>()
  readonly #gather: Gather

  constructor(sources: readonly AppSource[], gather: Gather, rules: WorldRules) {
    this.rules = rules
    this.#sources = new Map(sources.map((source) => [source.id, source]))
    this.operations = sources.flatMap((source) => source.operations)
    this.#gather = gather
  }

  /** The definition of an endpoint; a promise only while its app is not loaded. */
  endpoint(operation: Operation): MaybePromise<Endpoint> {
    return this.#definition(this.#endpoints, operation)
  }

  /** The definition of a route; a promise only while its app is not loaded. */
  route(operation: Operation): MaybePromise<Route> {
    return this.#definition(this.#routes, operation)
  }

  #definition<D>(definitions: ReadonlyMap<string, D>, operation: Operation): MaybePromise<D> {
    const known = definitions.get(operation.id)
    return known ?? this.#load(operation.app).then(() => loaded(definitions, operation))
  }

  #load(app: string): Promise<void> {
    let loading = this.#loading.get(app)
    if (!loading) {
      loading = this.#sources
        .get(app)!
        .load()
        .then(({ endpoints, routes }) => {
          for (const one of endpoints) this.#endpoints.set(one.id, one)
          for (const one of routes) this.#routes.set(one.id, one)
        })
      this.#loading.set(app, loading)
    }
    return loading
  }

  /** What all apps contribute of a kind; a promise only the first time. Which of the apps are enabled is the caller's question. */
  gather<K extends ContributionKind>(kind: K): MaybePromise<readonly Contributed<K>[]> {
    let all = this.#gathered.get(kind)
    if (!all) {
      all = this.#gather(kind).then((list) => {
        this.#gathered.set(kind, list)
        return list
      })
      this.#gathered.set(kind, all)
    }
    return all as MaybePromise<readonly Contributed<K>[]>
  }

  /** Everything, loaded: for readers that want to see all definitions. */
  async loadAll(): Promise<AppDefinitions> {
    await Promise.all([...this.#sources.keys()].map((app) => this.#load(app)))
    const of = (kind: Operation['kind']) => this.operations.filter((operation) => operation.kind === kind)
    return {
      endpoints: of('endpoint').map((operation) => loaded(this.#endpoints, operation)),
      routes: of('route').map((operation) => loaded(this.#routes, operation)),
    }
  }
}

function loaded<D>(definitions: ReadonlyMap<string, D>, { id, app }: Operation): D {
  const definition = definitions.get(id)
  if (!definition) throw new InternalError(`The app ${app} does not define ${id}. Run "npm run generate".`)
  return definition
}
