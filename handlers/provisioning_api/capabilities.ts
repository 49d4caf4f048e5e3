import { defineCapabilities } from '#app/capabilities.ts'
import { byRelease } from '#lib/releases.ts'
import { find, isEnabledFor } from '#world/settings/apps.ts'

/** Whether fields can be sent to a lookup server. */
const PUBLISHES = byRelease(true, { 32: false })

export const capabilities = defineCapabilities({
  public: false,
  build: ({ world, profile, actor }) => ({
    provisioning_api: {
      version: find(world, 'provisioning_api')?.version ?? '',
      AccountPropertyScopesVersion: 2,
      AccountPropertyScopesFederatedEnabled: isEnabledFor(world, 'federation', actor.userId),
      AccountPropertyScopesPublishedEnabled: PUBLISHES.at(profile.release),
    },
  }),
})
