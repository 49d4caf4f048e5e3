import { loadProfile, profileNames } from './index.ts'
import type { ProfileDefinition } from './profile.ts'

/** One profile of a matrix of tests. */
export interface ProfileChoice {
  /** `nextcloud-33` */
  readonly name: string
  /** `nextcloud` */
  readonly product: string
  /** The major version. */
  readonly release: number
  /** Load it: for `createOcsMock({ profile: await load() })`. */
  readonly load: () => Promise<ProfileDefinition>
}

/** A profile that is named after a release of a product. What a manual printed is none. */
const NAME = /^([a-z]+)-([\d.]+)$/

const choices: readonly ProfileChoice[] = profileNames.flatMap((name) => {
  const [, product, version] = NAME.exec(name) ?? []
  if (product === undefined) return []
  return [{ name, product, release: Number.parseInt(version!, 10), load: () => loadProfile(name) }]
})

/**
 * The shipped profiles of a product, the newest first, for tests that run on each of them.
 *
 * @example
 * describe.each(profileMatrix('nextcloud'))('on $name', ({ load }) => {
 *   let ocs: OcsMock
 *   beforeAll(async () => { ocs = createOcsMock({ profile: await load() }) })
 * })
 * @param product `nextcloud`, `owncloud`
 * @param from the oldest release that is wanted. Default: all
 */
export const profileMatrix = (product: string, { from = 0 }: { readonly from?: number } = {}): ProfileChoice[] =>
  choices.filter((one) => one.product === product && one.release >= from).sort((a, b) => b.release - a.release)
