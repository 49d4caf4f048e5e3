import { nextcloud32 } from './nextcloud-32.ts'
import { older } from './older.ts'

/**
 * Nextcloud Server 31.0.0, as it is remembered: no server was measured and no document read. What nobody knows of it
 * is as in 32, and what changed from 27 to 32 in a release that nobody named is as in 27.
 */
export const nextcloud31 = older(nextcloud32, {
  id: 'nextcloud-31',
  release: 31,
  versionString: '31.0.0',
  version: [31, 0, 0, 18],
  knownBy: 'unverified',
  data: {},
})
