import apps from '#fixtures/profiles/nextcloud-33/apps.json' with { type: 'json' }
import installation from '#fixtures/profiles/nextcloud-33/installation.json' with { type: 'json' }
import { nextcloud34 } from './nextcloud-34.ts'
import { older } from './older.ts'
import { data } from './shipped-data/nextcloud-33.ts'

/** Nextcloud Server 33.0.0, as released: measured on recordings and a running instance. */
export const nextcloud33 = older(nextcloud34, {
  id: 'nextcloud-33',
  release: 33,
  versionString: '33.0.0',
  version: [33, 0, 0, 16],
  apps,
  installation,
  data,
})
