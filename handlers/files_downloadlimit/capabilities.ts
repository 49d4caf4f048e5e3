import { toInt } from '#lib/php.ts'
import { defineCapabilities } from '#line/endpoint.ts'
import { getApp } from '#world/settings/config.ts'

export const capabilities = defineCapabilities({
  app: 'files_downloadlimit',
  public: false,
  build: ({ world }) => ({
    downloadlimit: {
      enabled: true,
      'default-limit': toInt(getApp(world, 'files_downloadlimit', 'default-download-limit', '-1')),
    },
  }),
})
