import { defineCapabilities } from '#app/capabilities.ts'
import { getUser } from '#world/settings/config.ts'

export const capabilities = defineCapabilities({
  public: false,
  build: ({ world, actor }) =>
    actor.userId === null
      ? {}
      : { recommendations: { enabled: getUser(world, actor.userId, 'recommendations', 'enabled', 'true') === 'true' } },
})
