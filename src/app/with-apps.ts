import { appInfo } from '#profiles/keys.ts'
import { openProfile, type ProfileDefinition } from '#profiles/profile.ts'
import type { OcsApp } from './define-app.ts'

/** An app that belongs to no release, as far as a profile knows apps. */
export type AddedApp = Pick<OcsApp, 'profileApp' | 'info' | 'inStore'>

/** A profile that knows apps that belong to no release. Those of the store are not in its list. */
export function withApps(profile: ProfileDefinition, apps: readonly AddedApp[]): ProfileDefinition {
  const added = apps.filter(({ profileApp: { id } }) => !profile.apps.some((app) => app.id === id))
  if (added.length === 0) return profile
  const info = Object.fromEntries(added.map(({ profileApp, info: own }) => [profileApp.id, own]))
  return {
    ...profile,
    apps: [...profile.apps, ...added.filter(({ inStore }) => !inStore).map(({ profileApp }) => profileApp)],
    data: { ...profile.data, [appInfo.name]: async () => ({ ...(await appInfo.load(openProfile(profile))), ...info }) },
  }
}
