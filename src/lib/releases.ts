/** A product whose API there are definitions of. */
export type Product = 'nextcloud' | 'owncloud'

export const PRODUCTS: readonly Product[] = ['nextcloud', 'owncloud']

/** In which releases something is there: from `since` on, and up to and with `until`. A release is its major version. */
export interface Releases {
  readonly since?: number
  readonly until?: number
  /** Of which products. Default: of Nextcloud. */
  readonly products?: readonly Product[]
}

/** Whose releases there are: a profile is one of them. */
export interface Release {
  /** Whose API it is. Default: Nextcloud's. */
  readonly api?: Product
  readonly release: number
}

export const isIn = ({ since = 0, until = Number.POSITIVE_INFINITY }: Releases, release: number): boolean =>
  since <= release && release <= until

const OF_NEXTCLOUD: readonly Product[] = ['nextcloud']

/** Whether something is there in a release of a product. */
export const isThere = (releases: Releases, { api = 'nextcloud', release }: Release): boolean =>
  (releases.products ?? OF_NEXTCLOUD).includes(api) && isIn(releases, release)

/** A value that is not the same in all releases. */
export interface ByRelease<T> {
  readonly kind: 'by-release'
  /** As it was before the first change. */
  readonly first: T
  /** What it became, by the release that brought it. */
  readonly changes: Readonly<Record<number, T>>
  /** What it is in a release. */
  at(release: number): T
}

/**
 * State how a value changed from release to release, in the one place where it is defined.
 *
 * @example
 * const endOfDay = byRelease('00:00:00', { 34: '23:59:59' })
 * endOfDay.at(profile.release)
 */
export function byRelease<const T>(first: T, changes: Readonly<Record<number, T>>): ByRelease<T> {
  const steps = Object.keys(changes)
    .map(Number)
    .sort((a, b) => b - a)
  return {
    kind: 'by-release',
    first,
    changes,
    at(release) {
      const step = steps.find((one) => one <= release)
      return step === undefined ? first : changes[step]!
    },
  }
}

export const isByRelease = (value: unknown): value is ByRelease<unknown> =>
  typeof value === 'object' && value !== null && (value as { readonly kind?: unknown }).kind === 'by-release'
