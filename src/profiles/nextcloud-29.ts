import { nextcloud30 } from './nextcloud-30.ts'
import { older } from './older.ts'

/**
 * Nextcloud Server 29.0.0, as it is remembered: no server was measured and no document read. What nobody knows of it
 * is as in 30, and what changed from 27 to 32 in a release that nobody named is as in 27.
 */
export const nextcloud29 = older(nextcloud30, {
  id: 'nextcloud-29',
  release: 29,
  versionString: '29.0.0',
  version: [29, 0, 0, 19],
  knownBy: 'unverified',
  apps: { list: { key: 'id', without: ['app_api', 'files_downloadlimit', 'webhook_listeners'] } },
  data: {},
})
