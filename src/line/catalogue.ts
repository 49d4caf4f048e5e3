import { InternalError } from '#lib/errors.ts'
import { LoadOnce } from '#lib/load-once.ts'
import type { MaybePromise } from '#lib/maybe-promise.ts'
import type { ReadsProfileData } from '#profiles/profile-data.ts'
import type { WorldRules } from '#world/world.ts'
import type { Contributed, ContributionKind } from './contributions.ts'
import type { Endpoint, Route } from './endpoint.ts'
import type { Operation } from './operation.ts'

/** An operation as its definition says. */
export function operationOf(definition: Endpoint | Route): Operation {
  const { kind, id, app, path, since, until, oneTimeToken, disabledExApps } = definition
  return {
    kind,
    id,
    app,
    methods: definition.kind === 'endpoint' ? [definition.method] : definition.methods,
    path,
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
    ...(oneTimeToken === undefined ? {} : { oneTimeToken }),
    ...(disabledExApps === undefined ? {} : { disabledExApps }),
  }
}

/** The definitions of one app that answer requests, and what all of them read of the profile. */
export interface AppDefinitions extends ReadsProfileData {
  readonly endpoints: readonly Endpoint[]
  readonly routes: readonly Route[]
}

/** An app that can be loaded. */
export interface AppSource {
  readonly id: string
  readonly operations: readonly Operation[]
  /** Names of the profile data that are loaded along with it. */
  readonly data: readonly string[]
  load(): Promise<AppDefinitions>
}

/** What contributions of a kind there are, from the apps that ship and from one's own. */
export type Gather = <K extends ContributionKind>(kind: K) => Promise<readonly Contributed<K>[]>

/**
 * All that the fake can answer. It knows every operation from the beginning and loads an app when the first request
 * for it comes.
 */
export class Catalogue {
  readonly operations: readonly Operation[]
  /** What worlds follow that have these apps. */
  readonly rules: WorldRules
  readonly #sources: ReadonlyMap<string, AppSource>
  readonly #apps = new LoadOnce<string, AppDefinitions>()
  readonly #gathered = new LoadOnce<ContributionKind, readonly Contributed[]>()
  readonly #gather: Gather

  constructor(sources: readonly AppSource[], gather: Gather, rules: WorldRules) {
    this.rules = rules
    this.#sources = new Map(sources.map((source) => [source.id, source]))
    this.operations = sources.flatMap((source) => source.operations)
    this.#gather = gather
  }

  /** Names of the profile data that an app reads. */
  dataOf(app: string): readonly string[] {
    return this.#sources.get(app)?.data ?? []
  }

  /** The definitions of an app; a promise only while it is not loaded. */
  load(app: string): MaybePromise<AppDefinitions> {
    return this.#apps.get(app, () => this.#sources.get(app)!.load())
  }

  /** What all apps contribute of a kind; a promise only the first time. */
  gather<K extends ContributionKind>(kind: K): MaybePromise<readonly Contributed<K>[]> {
    return this.#gathered.get(kind, () => this.#gather(kind)) as MaybePromise<readonly Contributed<K>[]>
  }

  /** Everything, loaded: for readers that want to see all definitions. */
  async loadAll(): Promise<Pick<AppDefinitions, 'endpoints' | 'routes'>> {
    const apps = new Map(
      await Promise.all([...this.#sources.keys()].map(async (app) => [app, await this.load(app)] as const)),
    )
    const all = this.operations.map(
      (operation) => [operation, definitionOf(apps.get(operation.app)!, operation)] as const,
    )
    const of = <T>(kind: Operation['kind']) => all.filter(([one]) => one.kind === kind).map(([, found]) => found as T)
    return { endpoints: of<Endpoint>('endpoint'), routes: of<Route>('route') }
  }
}

/** What an app defines for one of its operations. */
export function definitionOf({ endpoints, routes }: AppDefinitions, { kind, id, app }: Operation): Endpoint | Route {
  const list: readonly (Endpoint | Route)[] = kind === 'endpoint' ? endpoints : routes
  const definition = list.find((one) => one.id === id)
  if (!definition) throw new InternalError(`The app ${app} does not define ${id}. Run "npm run generate".`)
  return definition
}
