import { defineCapabilities } from '#line/endpoint.ts'
import { getUser } from '#world/settings/config.ts'

export const capabilities = defineCapabilities({
  app: 'recommendations',
  public: false,
  build: ({ world, actor }) =>
    actor.userId === null
      ? {}
      : { recommendations: { enabled: getUser(world, actor.userId, 'recommendations', 'enabled', 'true') === 'true' } },
})
