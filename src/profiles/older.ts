import type { Seed } from '#world/seed.ts'
import { type Layer, layOver } from './layer.ts'
import type { ProfileApp, ProfileDefinition, Quirks } from './profile.ts'
import type { DataLoaders } from './profile-data.ts'

/** How an older release differs from the next newer one. */
export interface OlderRelease
  extends Pick<ProfileDefinition, 'id' | 'release' | 'versionString' | 'version'>,
    Partial<Pick<ProfileDefinition, 'edition' | 'product' | 'productName' | 'console' | 'hasPartOfApps' | 'knownBy'>> {
  readonly quirks?: Partial<Quirks>
  /** What differs in its apps, and in its installation; see `layOver`. */
  readonly apps?: Layer
  readonly installation?: Layer
  /** Its data, which may be layers over those of the newer release. */
  readonly data: DataLoaders
}

/** The profile of a release that is stated by what differs from the next newer one. */
export function older(newer: ProfileDefinition, release: OlderRelease): ProfileDefinition {
  const { quirks, apps, installation, data, ...own } = release
  const laid = Object.entries(data).map(([name, load]): [string, () => Promise<unknown>] => {
    const below = newer.data[name]
    return [name, async () => layOver(await below?.(), (await load()) as Layer)]
  })
  return {
    ...newer,
    knownBy: 'measurement',
    ...own,
    newer,
    quirks: { ...newer.quirks, ...quirks },
    apps: apps ? (layOver(newer.apps, apps) as readonly ProfileApp[]) : newer.apps,
    installation: installation ? (layOver(newer.installation, installation) as Seed) : newer.installation,
    data: { ...newer.data, ...Object.fromEntries(laid) },
  }
}
