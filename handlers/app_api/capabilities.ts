import { type CapabilityArguments, defineCapabilities } from '#app/capabilities.ts'
import { find } from '#world/settings/apps.ts'
import { getSystemInt } from '#world/settings/config.ts'

export const capabilities = defineCapabilities({
  public: false,
  build: (args) => ({ app_api: { loglevel: getSystemInt(args.world, 'loglevel', 2), ...version(args) } }),
})

export const publicCapabilities = defineCapabilities({
  order: 1,
  public: true,
  build: (args) => ({ app_api: version(args) }),
})

const version = ({ world }: CapabilityArguments) => ({ version: find(world, 'app_api')?.version ?? '' })
