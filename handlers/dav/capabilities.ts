import { defineCapabilities } from '#app/capabilities.ts'
import { byRelease } from '#lib/releases.ts'
import { getApp, getSystemBool } from '#world/settings/config.ts'

/** Whether clients may upload in chunks through links. */
const CHUNKED_LINKS = byRelease(false, { 33: true })

export const capabilities = defineCapabilities({
  public: false,
  members: {
    'dav/public_shares_chunking': { since: 32 },
    'dav/search_supports_creation_time': { since: 34 },
    'dav/search_supports_upload_time': { since: 34 },
    'dav/search_supports_last_activity': { since: 34 },
    'dav/absence-supported': { since: 32 },
    'dav/absence-replacement': { since: 32 },
  },
  build: ({ world, profile }) => ({
    dav: {
      chunking: '1.0',
      public_shares_chunking: CHUNKED_LINKS.at(profile.release),
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
