import { InternalError } from '#lib/errors.ts'
import { LoadOnce } from '#lib/load-once.ts'
import type { MaybePromise } from '#lib/maybe-promise.ts'
import type { ProfileData, ReadsProfileData } from '#profiles/profile-data.ts'
import type { WorldRules } from '#world/world.ts'
import type { Contributed, ContributionKind } from './contributions.ts'
import type { Endpoint, Route } from './endpoint.ts'
import type { Operation } from './operation.ts'

/** An operation as its definition says. */
export function operationOf(definition: Endpoint | Route): Operation {
  const { kind, id, app, path, since, until, products, oneTimeToken, disabledExApps } = definition
  return {
    kind,
    id,
    app,
    methods: definition.kind === 'endpoint' ? [definition.method] : definition.methods,
    path,
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
    ...(products === undefined ? {} : { products }),
    ...(oneTimeToken === undefined ? {} : { oneTimeToken }),
    ...(disabledExApps === undefined ? {} : { disabledExApps }),
  }
}

/** The definitions of one app that answer requests, and what all of them read of the profile. */
export interface AppDefinitions extends ReadsProfileData {
  readonly endpoints: readonly Endpoint[]
  readonly routes: readonly Route[]
}

/** Part of an app: some of its operations, and how their definitions are loaded. */
export interface OperationSource {
  readonly operations: readonly Operation[]
  load(): Promise<readonly (Endpoint | Route)[]>
}

/** An app whose parts can be loaded, each when the first request for it comes. */
export interface AppSource {
  readonly id: string
  readonly parts: readonly OperationSource[]
  /** Names of the profile data that come with any of its parts, and the data themselves. */
  readonly data: readonly string[]
  loadData(): Promise<readonly ProfileData<unknown>[]>
}

/** What contributions of a kind there are, from the apps that ship and from one's own. */
export type Gather = <K extends ContributionKind>(kind: K) => Promise<readonly Contributed<K>[]>

/**
 * All that the fake can answer. It knows every operation from the beginning, and loads the part of an app that has it
 * when the first request for it comes.
 */
export class Catalogue {
  readonly operations: readonly Operation[]
  /** What worlds follow that have these apps. */
  readonly rules: WorldRules
  readonly #sources: ReadonlyMap<string, AppSource>
  readonly #partOf: ReadonlyMap<Operation, OperationSource>
  readonly #parts = new LoadOnce<OperationSource, readonly (Endpoint | Route)[]>()
  readonly #data = new LoadOnce<string, readonly ProfileData<unknown>[]>()
  readonly #gathered = new LoadOnce<ContributionKind, readonly Contributed[]>()
  readonly #gather: Gather

  constructor(sources: readonly AppSource[], gather: Gather, rules: WorldRules) {
    this.rules = rules
    this.#sources = new Map(sources.map((source) => [source.id, source]))
    const parts = sources.flatMap((source) => source.parts)
    this.#partOf = new Map(parts.flatMap((part) => part.operations.map((operation) => [operation, part])))
    this.operations = [...this.#partOf.keys()]
    this.#gather = gather
  }

  /** Names of the profile data that an app reads. */
  dataOf(app: string): readonly string[] {
    return this.#sources.get(app)?.data ?? []
  }

  /** What every definition of an app reads of a profile; a promise only the first time. */
  loadDataOf(app: string): MaybePromise<readonly ProfileData<unknown>[]> {
    return this.#data.get(app, () => this.#sources.get(app)!.loadData())
  }

  /**
   * The definition of one of {@link operations}.
   * @throws InternalError where the manifest says otherwise than the app
   */
  async load(operation: Operation): Promise<Endpoint | Route> {
    const part = this.#partOf.get(operation)!
    const { kind, id, app } = operation
    const definitions = await this.#parts.get(part, () => part.load())
    const definition = definitions.find((one) => one.id === id && one.kind === kind)
    if (!definition) throw new InternalError(`The app ${app} does not define ${id}. Run "npm run generate".`)
    return definition
  }

  /** What all apps contribute of a kind; a promise only the first time. */
  gather<K extends ContributionKind>(kind: K): MaybePromise<readonly Contributed<K>[]> {
    return this.#gathered.get(kind, () => this.#gather(kind)) as MaybePromise<readonly Contributed<K>[]>
  }

  /** Everything, loaded: for readers that want to see all definitions. */
  async loadAll(): Promise<Pick<AppDefinitions, 'endpoints' | 'routes'>> {
    const all = await Promise.all(this.operations.map((operation) => this.load(operation)))
    const isEndpoint = (one: Endpoint | Route): one is Endpoint => one.kind === 'endpoint'
    const isRoute = (one: Endpoint | Route): one is Route => one.kind === 'route'
    return { endpoints: all.filter(isEndpoint), routes: all.filter(isRoute) }
  }
}
