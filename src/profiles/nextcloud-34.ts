import apps from '#fixtures/profiles/nextcloud-34/apps.json' with { type: 'json' }
import installation from '#fixtures/profiles/nextcloud-34/installation.json' with { type: 'json' }
import type { ProfileDefinition } from './profile.ts'
import { data } from './shipped-data/nextcloud-34.ts'

/** Nextcloud Server 34.0.1, as released: what its corpus and a running instance show. */
export const nextcloud34: ProfileDefinition = {
  id: 'nextcloud-34',
  product: 'nextcloud',
  productName: 'Nextcloud',
  release: 34,
  versionString: '34.0.1',
  version: [34, 0, 1, 2],
  edition: '',
  quirks: {
    controllerXmlType: 'application/xml; charset=utf-8',
    legacyXmlType: 'text/xml; charset=UTF-8',
    needsOcsApiRequest: true,
    directLinkSeconds: 8 * 60 * 60,
    wrongKind: 'bad-request',
    legacyMeta: 'as-controllers',
    loginFailures: 'as-asked',
    unknownFormat: 'xml',
  },
  apps,
  installation,
  console: 'nextcloud',
  data,
}
