import type { Profile, ProfileApp } from '#profiles/profile.ts'

/** A profile with apps that belong to no release in its list. */
export function withApps(profile: Profile, apps: readonly ProfileApp[]): Profile {
  const added = apps.filter(({ id }) => !profile.apps.some((app) => app.id === id))
  return added.length === 0 ? profile : { ...profile, apps: [...profile.apps, ...added] }
}
