import { defineCapabilities } from '#app/capabilities.ts'
import { toInt } from '#lib/php.ts'
import { teams } from '#profiles/keys.ts'
import { find } from '#world/settings/apps.ts'
import { getApp, getSystemBool, getSystemString } from '#world/settings/config.ts'
import type { World } from '#world/world.ts'

export const capabilities = defineCapabilities({
  public: false,
  data: [teams],
  build: ({ world, profile }) => {
    const { circle, member, teamResourceProviders } = teams.of(profile)
    return {
      circles: {
        version: find(world, 'circles')?.version ?? '',
        status: { globalScale: getSystemBool(world, 'gs.enabled', false) },
        settings: {
          frontendEnabled: setting(world, 'frontend_enabled', 1) === 1,
          allowedCircles: 262143,
          allowedUserTypes: 31,
          membersLimit: setting(world, 'members_limit', -1),
        },
        circle,
        member,
        teamResourceProviders,
      },
    }
  },
})

/** The app setting, or the one in `config.php` with the app's name in front. */
function setting(world: World, key: string, fallback: number): number {
  const text = getApp(world, 'circles', key) || getSystemString(world, `circles.${key}`, '')
  return text === '' ? fallback : toInt(text)
}
