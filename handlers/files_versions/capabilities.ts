import { defineCapabilities } from '#app/capabilities.ts'
import { getSystemBool } from '#world/settings/config.ts'

export const capabilities = defineCapabilities({
  public: false,
  build: ({ world }) => ({
    files: {
      versioning: true,
      version_labeling: getSystemBool(world, 'enable_version_labeling', true),
      version_deletion: getSystemBool(world, 'enable_version_deletion', true),
    },
  }),
})
