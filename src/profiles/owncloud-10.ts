import apps from '#fixtures/profiles/owncloud-10/apps.json' with { type: 'json' }
import installation from '#fixtures/profiles/owncloud-10/installation.json' with { type: 'json' }
import { nextcloud34 } from './nextcloud-34.ts'
import type { ProfileDefinition } from './profile.ts'
import { data } from './shipped-data/owncloud-10.ts'

/**
 * ownCloud Server 10.2.1: its protocol, apps, accounts, groups and shares were measured on recordings. Definitions of its
 * own answer for it; WebDAV, the web login and public pages are Nextcloud's. What has a release there is read as the
 * oldest one here.
 */
export const owncloud10: ProfileDefinition = {
  id: 'owncloud-10',
  product: 'owncloud',
  productName: 'ownCloud',
  api: 'owncloud',
  release: 10,
  versionString: '10.2.1',
  version: [10, 2, 1, 4],
  edition: 'Community',
  quirks: {
    ...nextcloud34.quirks,
    needsOcsApiRequest: false,
    attributeRouted: [],
    wrongKind: 'server-error',
    legacyMeta: 'bare',
    legacyFormats: 'known',
    loginFailures: 'as-nobody',
    unknownFormat: 'server-error',
    unknownRoute: {
      code: 999,
      message:
        'Invalid query, please check the syntax. API specifications are here: http://www.freedesktop.org/wiki/Specifications/open-collaboration-services. DEBUG OUTPUT:\n',
    },
    notLoggedIn: 'Unauthorised',
    countsInV2: 'always',
    ownStatuses: { 104: 403 },
    controllerHeaders: [['Cache-Control', 'no-cache, must-revalidate']],
    namesCaller: false,
    namesRequests: false,
    legacyHeaders: [['Cache-Control', 'no-store, no-cache, must-revalidate']],
  },
  apps,
  installation,
  // What it has no data of its own for, shared definitions read as Nextcloud has it.
  data: { ...nextcloud34.data, ...data },
}
