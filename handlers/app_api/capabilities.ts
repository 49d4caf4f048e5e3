import { type CapabilityArguments, defineCapabilities } from '#line/endpoint.ts'
import { find } from '#world/settings/apps.ts'
import { getSystemInt } from '#world/settings/config.ts'

export const capabilities = defineCapabilities({
  app: 'app_api',
  public: false,
  build: (args) => ({ app_api: { loglevel: getSystemInt(args.world, 'loglevel', 2), ...version(args) } }),
})

export const publicCapabilities = defineCapabilities({
  app: 'app_api',
  order: 1,
  public: true,
  build: (args) => ({ app_api: version(args) }),
})

const version = ({ world }: CapabilityArguments) => ({ version: find(world, 'app_api')?.version ?? '' })
