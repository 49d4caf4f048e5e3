import { nextcloud31 } from './nextcloud-31.ts'
import { older } from './older.ts'

/**
 * Nextcloud Server 30.0.0, as it is remembered: no server was measured and no document read. What nobody knows of it
 * is as in 31, and what changed from 27 to 32 in a release that nobody named is as in 27.
 */
export const nextcloud30 = older(nextcloud31, {
  id: 'nextcloud-30',
  release: 30,
  versionString: '30.0.0',
  version: [30, 0, 0, 14],
  knownBy: 'unverified',
  apps: { list: { key: 'id', without: ['files_downloadlimit', 'twofactor_nextcloud_notification'] } },
  data: {},
})
