import { DEFAULT_PROFILE, loadProfile, profileNames } from './index.ts'
import type { ProfileDefinition } from './profile.ts'

/** A shipped profile by its name: `nextcloud-34`. Those that a manual printed have no release in their names, or an old one. */
const NAME = /^([a-z]+)-([\d.]+)$/

/** Product and major version that a shipped profile is named after. */
interface Named {
  readonly name: string
  readonly product: string
  readonly major: number
}

const named: readonly Named[] = profileNames.flatMap((name) => {
  const [, product, version] = NAME.exec(name) ?? []
  return product === undefined ? [] : [{ name, product, major: Number.parseInt(version!, 10) }]
})

/**
 * The name of the shipped profile of this product whose major version is the nearest; of two that are as near, the newer
 * one. What only a manual shows is nobody's.
 */
export function nearestProfile(product: string, version: string): string {
  const major = Number.parseInt(version, 10)
  const same = named.filter((one) => product.toLowerCase().includes(one.product))
  if (Number.isNaN(major) || same.length === 0) return DEFAULT_PROFILE
  const byDistance = [...same].sort(
    (a, b) => Math.abs(a.major - major) - Math.abs(b.major - major) || b.major - a.major,
  )
  return byDistance[0]!.name
}

/** The profile that {@link nearestProfile} names. */
export const loadNearest = (product: string, version: string): Promise<ProfileDefinition> =>
  loadProfile(nearestProfile(product, version))
