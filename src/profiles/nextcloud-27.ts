import apps from '#fixtures/profiles/nextcloud-27/apps.json' with { type: 'json' }
import installation from '#fixtures/profiles/nextcloud-27/installation.json' with { type: 'json' }
import { nextcloud32 } from './nextcloud-32.ts'
import { older } from './older.ts'
import { data } from './shipped-data/nextcloud-27.ts'

/**
 * Nextcloud Server 27.1.10 RC1: measured on recordings and a running instance, which were made of the source tree and had
 * 25 of the release's 50 apps.
 */
export const nextcloud27 = older(nextcloud32, {
  id: 'nextcloud-27',
  release: 27,
  versionString: '27.1.10 RC1',
  version: [27, 1, 10, 0],
  hasPartOfApps: true,
  quirks: { legacyMeta: 'bare', loginFailures: 'xml', unknownFormat: 'server-error', namesCaller: false },
  apps,
  installation,
  data,
})
