import { defineCapabilities } from '#app/capabilities.ts'
import { getApp, getSystemBool } from '#world/settings/config.ts'

export const capabilities = defineCapabilities({
  public: false,
  build: ({ world }) => ({
    dav: {
      chunking: '1.0',
      public_shares_chunking: true,
      search_supports_creation_time: true,
      search_supports_upload_time: true,
      search_supports_last_activity: true,
      ...(getSystemBool(world, 'bulkupload.enabled', true) ? { bulkupload: '1.0' } : {}),
      ...(getApp(world, 'dav', 'hide_absence_settings', 'no') === 'no'
        ? { 'absence-supported': true, 'absence-replacement': true }
        : {}),
    },
  }),
})
