import { nextcloud29 } from './nextcloud-29.ts'
import { older } from './older.ts'

/**
 * Nextcloud Server 28.0.0, as it is remembered: no server was measured and no document read. What nobody knows of it
 * is as in 29, and what changed from 27 to 32 in a release that nobody named is as in 27.
 */
export const nextcloud28 = older(nextcloud29, {
  id: 'nextcloud-28',
  release: 28,
  versionString: '28.0.0',
  version: [28, 0, 0, 11],
  knownBy: 'unverified',
  data: {},
})
