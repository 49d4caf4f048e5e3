import { appInfo } from '#profiles/keys.ts'
import { openProfile, type ProfileDefinition } from '#profiles/profile.ts'
import type { OcsApp } from './define-app.ts'

/** What lists of apps show of an app that belongs to no release. */
export type AddedApp = Pick<OcsApp, 'profileApp' | 'info'>

/** A profile with apps that belong to no release in its list. */
export function withApps(profile: ProfileDefinition, apps: readonly AddedApp[]): ProfileDefinition {
  const added = apps.filter(({ profileApp: { id } }) => !profile.apps.some((app) => app.id === id))
  if (added.length === 0) return profile
  const info = Object.fromEntries(added.map(({ profileApp, info }) => [profileApp.id, info]))
  return {
    ...profile,
    apps: [...profile.apps, ...added.map(({ profileApp }) => profileApp)],
    data: { ...profile.data, [appInfo.name]: async () => ({ ...(await appInfo.load(openProfile(profile))), ...info }) },
  }
}
