import type { Profile } from '#profiles/profile.ts'
import type { OcsApp } from './define-app.ts'

/** A profile with apps of one's own in its list. */
export function withApps(profile: Profile, own: readonly OcsApp[]): Profile {
  const added = own.map(({ profileApp }) => profileApp).filter(({ id }) => !profile.apps.some((app) => app.id === id))
  return added.length === 0 ? profile : { ...profile, apps: [...profile.apps, ...added] }
}
