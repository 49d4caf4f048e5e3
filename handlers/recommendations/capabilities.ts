import { defineCapabilities } from '../../src/endpoint.ts'
import { getUser } from '../../src/world/config.ts'

export const capabilities = defineCapabilities({
  app: 'recommendations',
  public: false,
  build: ({ world, actor }) =>
    actor.userId === null
      ? {}
      : { recommendations: { enabled: getUser(world, actor.userId, 'recommendations', 'enabled', 'true') === 'true' } },
})
