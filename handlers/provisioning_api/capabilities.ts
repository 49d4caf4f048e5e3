import { defineCapabilities } from '#app/capabilities.ts'
import { find, isEnabledFor } from '#world/settings/apps.ts'

export const capabilities = defineCapabilities({
  public: false,
  build: ({ world, actor }) => ({
    provisioning_api: {
      version: find(world, 'provisioning_api')?.version ?? '',
      AccountPropertyScopesVersion: 2,
      AccountPropertyScopesFederatedEnabled: isEnabledFor(world, 'federation', actor.userId),
      AccountPropertyScopesPublishedEnabled: false,
    },
  }),
})
