import { defineInitialState } from '#app/index.ts'
import { getAppBool, getSystemString, getUser } from '#world/settings/config.ts'

const DESKTOP = 'https://nextcloud.com/install/#install-clients'
const ANDROID = 'https://play.google.com/store/apps/details?id=com.nextcloud.client'
const IOS = 'https://geo.itunes.apple.com/us/app/nextcloud/id1125420102?mt=8'

/**
 * Where the wizard finds clients, and whether it has only news for who saw it before (Nextcloud 34.0.1, asked: the pages
 * of the dashboard, of files and of settings; source: when `changelogOnly` is there).
 */
export const clientStates = defineInitialState({
  provide: ({ world, actor }) => ({
    ...(getAppBool(world, 'firstrunwizard', 'wizard_enabled', true) &&
    hasSeen(getUser(world, actor.userId!, 'firstrunwizard', 'show'))
      ? { changelogOnly: true }
      : {}),
    desktop: getSystemString(world, 'customclient_desktop', DESKTOP),
    android: getSystemString(world, 'customclient_android', ANDROID),
    ios: getSystemString(world, 'customclient_ios', IOS),
  }),
})

/** A version above 1: before there were news, the wizard kept a `1`. */
function hasSeen(version: string): boolean {
  const [major = 0, ...rest] = version.split('.').map(Number)
  return major > 1 || (major === 1 && rest.length > 0)
}
