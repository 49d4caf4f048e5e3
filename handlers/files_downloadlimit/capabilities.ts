import { defineCapabilities } from '../../src/endpoint.ts'
import { toInt } from '../../src/php.ts'
import { getApp } from '../../src/world/config.ts'

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
