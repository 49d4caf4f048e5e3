import { LoadOnce } from '#lib/load-once.ts'
import type { MaybePromise } from '#lib/maybe-promise.ts'
import { isThere, type Releases } from '#lib/releases.ts'
import type { Profile } from '#profiles/profile.ts'
import { loadData, type ProfileData, type ProfileReader, type ReadsProfileData } from '#profiles/profile-data.ts'
import type { Catalogue } from './catalogue.ts'
import type { Contributed, ContributionKind, ContributionSource, Gathered } from './contributions.ts'
import type { Endpoint, Route } from './endpoint.ts'
import { inRelease } from './in-release.ts'
import type { Operation } from './operation.ts'

/**
 * Loads apps of a catalogue together with what they read of a profile. Made once for both, and shared by all worlds.
 */
export class AppLoader implements ContributionSource {
  readonly #catalogue: Catalogue
  readonly #profile: Profile
  readonly #definitions = new LoadOnce<string, Endpoint | Route>()
  readonly #gathered = new LoadOnce<ContributionKind, readonly Gathered[]>()
  /** The profile as each definition may read it. */
  readonly #views = new Map<Endpoint | Route, Profile>()

  constructor(catalogue: Catalogue, profile: Profile) {
    this.#catalogue = catalogue
    this.#profile = profile
  }

  /** The definition of an endpoint, with what it reads; a promise only the first time. */
  endpoint(operation: Operation): MaybePromise<Endpoint> {
    return this.#load(operation) as MaybePromise<Endpoint>
  }

  /** The definition of a route, with what it reads; a promise only the first time. */
  route(operation: Operation): MaybePromise<Route> {
    return this.#load(operation) as MaybePromise<Route>
  }

  /** The profile with the data that a definition and its app list. */
  profileFor(definition: Endpoint | Route): Profile {
    return this.#views.get(definition) ?? this.#profile
  }

  #load(operation: Operation): MaybePromise<Endpoint | Route> {
    return this.#definitions.get(operation.id, async () => {
      this.#profile.loaded.prefetch(this.#catalogue.dataOf(operation.app))
      const [ofApp, defined] = await Promise.all([
        this.#catalogue.loadDataOf(operation.app),
        this.#catalogue.load(operation),
      ])
      const definition = inRelease(defined, this.#profile.release)
      const data = [...ofApp, ...(definition.data ?? [])]
      await loadData(this.#profile, data)
      const name = `${operation.id}, of the app ${operation.app},`
      const advice = `Add their key to "data" of the app, in handlers/${operation.app}/app.ts, or of the ${operation.kind}.`
      this.#views.set(definition, this.#view({ name, data, advice }))
      return definition
    })
  }

  gather<K extends ContributionKind>(kind: K): MaybePromise<readonly Gathered<K>[]> {
    return this.#gathered.get(kind, async () => {
      const all = (await this.#catalogue.gather(kind)).filter(({ contribution }) =>
        isThere(contribution as Releases, this.#profile),
      )
      await loadData(
        this.#profile,
        all.flatMap(({ contribution }) => dataOf(contribution)),
      )
      return all.map((one) => this.#withProfile(kind, one))
    }) as MaybePromise<readonly Gathered<K>[]>
  }

  #withProfile<K extends ContributionKind>(kind: K, { app, contribution }: Contributed<K>): Gathered<K> {
    const name = `One of the ${kind} of the app ${app}`
    const advice = `Add their key to its "data", below handlers/${app}/.`
    return { app, contribution, profile: this.#view({ name, data: dataOf(contribution), advice }) }
  }

  #view(reader: ProfileReader): Profile {
    return { ...this.#profile, loaded: this.#profile.loaded.for(reader) }
  }
}

/** What a contribution lists, if it is of a kind that reads a profile. */
const dataOf = (contribution: object): readonly ProfileData<unknown>[] => (contribution as ReadsProfileData).data ?? []
