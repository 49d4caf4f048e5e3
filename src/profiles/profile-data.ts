import { InternalError, UserError } from '#lib/errors.ts'
import { LoadOnce } from '#lib/load-once.ts'
import type { MaybePromise } from '#lib/maybe-promise.ts'

/** A profile as far as its data are concerned. */
interface OpenedProfile {
  readonly loaded: LoadedData
}

/** One kind of data that profiles have: a file of `fixtures/profiles/<profile>/`, loaded when it is needed. */
export interface ProfileData<T> {
  readonly kind: 'profile-data'
  /** The name of the file, without `.json`. */
  readonly name: string
  /** Told where a profile has none. */
  readonly otherwise?: T
  /**
   * The data, which whoever reads them lists in `data`: they were loaded with the reader.
   * @throws InternalError where they are not listed
   */
  of(profile: OpenedProfile): T
  /** The data, loaded now unless they are there: for what few requests need. A promise only the first time. */
  load(profile: OpenedProfile): MaybePromise<T>
}

/** Something that reads data of a profile. */
export interface ReadsProfileData {
  /** What it reads of the profile. It is loaded before. */
  readonly data?: readonly ProfileData<unknown>[]
}

/**
 * Define a kind of data that profiles have.
 *
 * @example
 * export const navigation = defineProfileData<readonly NavigationEntry[]>('navigation')
 * // In app.ts, or in the endpoint that reads them: data: [navigation]
 * const entries = navigation.of(profile)
 * @param name the file in `fixtures/profiles/<profile>/`, or the member of a profile's `data`, which is in this form
 * @param otherwise what it is where a profile has none; without it, such a profile is an error
 */
export function defineProfileData<T>(name: string, otherwise?: T): ProfileData<T> {
  const key: ProfileData<T> = {
    kind: 'profile-data',
    name,
    ...(otherwise === undefined ? {} : { otherwise }),
    of: (profile) => profile.loaded.read(key),
    load: (profile) => profile.loaded.load(key),
  }
  return key
}

/** How the data of a profile are loaded, by their names. */
export type DataLoaders = Readonly<Record<string, () => Promise<unknown>>>

/** Who reads data of a profile, and which. */
export interface ProfileReader {
  /** For error messages: `the app core`. */
  readonly name: string
  readonly data: readonly ProfileData<unknown>[]
  /** For error messages, a sentence: where to list what is read. */
  readonly advice: string
}

/** The data of an opened profile: all that were loaded, or those that one reader lists. */
export class LoadedData {
  readonly #profile: string
  readonly #loaders: DataLoaders
  /** Shared by all views. */
  readonly #values: LoadOnce<string, unknown>
  readonly #reader: ProfileReader | null

  /** @param view only for {@link LoadedData.for} */
  constructor(
    profile: string,
    loaders: DataLoaders,
    view?: { readonly values: LoadOnce<string, unknown>; readonly reader: ProfileReader },
  ) {
    this.#profile = profile
    this.#loaders = loaders
    this.#values = view?.values ?? new LoadOnce()
    this.#reader = view?.reader ?? null
  }

  /** The same data for somebody who reads what it lists and nothing else. */
  for(reader: ProfileReader): LoadedData {
    return new LoadedData(this.#profile, this.#loaders, { values: this.#values, reader })
  }

  /** @throws InternalError for what the reader does not list, or what is not loaded yet */
  read<T>({ name }: ProfileData<T>): T {
    const reader = this.#reader
    if (reader && !reader.data.some((key) => key.name === name)) {
      throw new InternalError(
        `${reader.name} reads the profile data "${name}" and does not list them. ${reader.advice}`,
      )
    }
    const value = this.#values.peek(name)
    if (value === undefined) {
      throw new InternalError(`The profile data "${name}" are read before they are loaded. Await load() of their key.`)
    }
    return value as T
  }

  load<T>(key: ProfileData<T>): MaybePromise<T> {
    return this.#values.get(key.name, () => this.#fetch(key)) as MaybePromise<T>
  }

  /** Begin to load what will be asked for soon. */
  prefetch(names: readonly string[]): void {
    for (const name of names) {
      const load = this.#loaders[name]
      const loading = load && this.#values.get(name, load)
      // Whoever asks for it later tries again, and is told.
      if (loading instanceof Promise) loading.catch(() => {})
    }
  }

  async #fetch<T>({ name, otherwise }: ProfileData<T>): Promise<unknown> {
    if (Object.hasOwn(this.#loaders, name)) return this.#loaders[name]!()
    if (otherwise !== undefined) return otherwise
    throw new UserError(
      `The profile "${this.#profile}" has no data "${name}". Give it: data: { '${name}': async () => … }.`,
    )
  }
}

/** Load all of these; a promise only where one is not there yet. */
export function loadData(profile: OpenedProfile, keys: readonly ProfileData<unknown>[]): MaybePromise<unknown> {
  const waiting = keys.map((key) => key.load(profile)).filter((loaded) => loaded instanceof Promise)
  return waiting.length === 0 ? undefined : Promise.all(waiting)
}
