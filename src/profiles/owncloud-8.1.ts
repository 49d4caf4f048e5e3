import apps from '#fixtures/profiles/owncloud-8.1/apps.json' with { type: 'json' }
import { documented } from './documented.ts'
import type { ProfileDefinition } from './profile.ts'
import { data } from './shipped-data/owncloud-8.1.ts'

/**
 * ownCloud 8.1 as its administrator's manual shows it: the command line. Its OCS answers are those that the
 * manuals of that time print; no ownCloud was measured.
 */
export const owncloud81: ProfileDefinition = {
  ...documented,
  id: 'owncloud-8.1',
  product: 'owncloud',
  productName: 'ownCloud',
  versionString: '8.1',
  version: [8, 1, 0, 4],
  edition: 'Enterprise',
  apps,
  installation: {
    config: { system: { installed: true, instanceid: 'ocsmock81', datadirectory: '/var/www/owncloud/data' } },
    apps: {
      enabled: apps.filter(({ enabled }) => enabled).map(({ id }) => id),
      disabled: apps.filter(({ enabled }) => !enabled).map(({ id }) => id),
    },
    groups: ['admin'],
    users: [{ id: 'admin', password: 'admin', groups: ['admin'] }],
  },
  console: 'owncloud-8.1',
  data: { ...documented.data, ...data },
}
