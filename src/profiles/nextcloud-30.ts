import { nextcloud31 } from './nextcloud-31.ts'
import { older } from './older.ts'

/**
 * Nextcloud Server 30.0.0, as it is remembered: no server was measured. What nobody knows of it is as in 31, and what
 * changed from 27 to 32 in a release that nobody named is as in 27. That files_downloadlimit and webhook_listeners are part
 * of it was read in the list of Alpine Linux's packages of 30.0.12.
 */
export const nextcloud30 = older(nextcloud31, {
  id: 'nextcloud-30',
  release: 30,
  versionString: '30.0.0',
  version: [30, 0, 0, 14],
  knownBy: 'unverified',
  apps: { list: { key: 'id', without: ['twofactor_nextcloud_notification'] } },
  data: {},
})
