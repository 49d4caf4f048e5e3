import { defineCapabilities } from '#app/capabilities.ts'
import { toInt } from '#lib/php.ts'
import { getApp } from '#world/settings/config.ts'

export const capabilities = defineCapabilities({
  public: false,
  build: ({ world }) => ({
    downloadlimit: {
      enabled: true,
      'default-limit': toInt(getApp(world, 'files_downloadlimit', 'default-download-limit', '-1')),
    },
  }),
})
