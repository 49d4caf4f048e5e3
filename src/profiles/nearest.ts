import { DEFAULT_PROFILE, loadProfile } from './index.ts'
import { profileMatrix } from './matrix.ts'
import type { ProfileDefinition } from './profile.ts'

const PRODUCTS = ['nextcloud', 'owncloud']

/**
 * The name of the shipped profile of this product whose major version is the nearest; of two that are as near, the newer
 * one. What only a manual shows is nobody's.
 */
export function nearestProfile(product: string, version: string): string {
  const major = Number.parseInt(version, 10)
  const known = PRODUCTS.find((one) => product.toLowerCase().includes(one))
  if (Number.isNaN(major) || known === undefined) return DEFAULT_PROFILE
  const distance = ({ release }: { readonly release: number }) => Math.abs(release - major)
  return [...profileMatrix(known)].sort((a, b) => distance(a) - distance(b))[0]!.name
}

/** The profile that {@link nearestProfile} names. */
export const loadNearest = (product: string, version: string): Promise<ProfileDefinition> =>
  loadProfile(nearestProfile(product, version))
