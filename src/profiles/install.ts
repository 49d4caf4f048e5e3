import { applySeed } from '#world/seed.ts'
import { provide } from '#world/settings/apps.ts'
import type { World } from '#world/world.ts'
import type { Profile } from './profile.ts'

/**
 * Make an empty world a fresh installation: the apps of the profile are there, those that it calls enabled are
 * enabled, and what it installs besides is laid over it. Apps that `installation` names are switched as it says.
 */
export function install(world: World, { apps, installation }: Pick<Profile, 'apps' | 'installation'>): void {
  for (const app of apps) provide(world, app)
  const enabled = apps
    .filter((app) => app.enabled)
    .map(({ id }) => id)
    .sort()
  applySeed(world, { apps: { enabled } })
  applySeed(world, installation)
}
