import { defineCapabilities } from '../../src/endpoint.ts'
import type { PhpArray } from '../../src/php.ts'
import { toInt } from '../../src/php.ts'
import { find } from '../../src/world/apps.ts'
import { getApp, getSystemBool, getSystemString } from '../../src/world/config.ts'
import type { World } from '../../src/world/world.ts'

export const capabilities = defineCapabilities({
  app: 'circles',
  public: false,
  build: ({ world, profile }) => {
    const { circle, member, teamResourceProviders } = profile.data.circles as Record<string, PhpArray>
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
