import apps from '#fixtures/profiles/nextcloud-32/apps.json' with { type: 'json' }
import installation from '#fixtures/profiles/nextcloud-32/installation.json' with { type: 'json' }
import { nextcloud33 } from './nextcloud-33.ts'
import { older } from './older.ts'
import { data } from './shipped-data/nextcloud-32.ts'

/** Nextcloud Server 32.0.2, as released: measured on recordings and a running instance. */
export const nextcloud32 = older(nextcloud33, {
  id: 'nextcloud-32',
  release: 32,
  versionString: '32.0.2',
  version: [32, 0, 2, 2],
  quirks: { wrongKind: 'server-error' },
  apps,
  installation,
  data,
})
