import data from '#fixtures/documented/owncloud-8.1.json' with { type: 'json' }
import { documented } from './documented.ts'
import type { Profile, ProfileApp } from './profile.ts'

/**
 * ownCloud 8.1 as its administrator's manual shows it: the command line. Its OCS answers are those that the
 * manuals of that time print; no ownCloud was measured.
 */
export const owncloud81: Profile = {
  ...documented,
  id: 'owncloud-8.1',
  product: 'owncloud',
  productName: 'ownCloud',
  versionString: '8.1',
  version: [8, 1, 0, 4],
  edition: 'Enterprise',
  apps: data.apps as unknown as readonly ProfileApp[],
  installation: {
    config: { system: { installed: true, instanceid: 'ocsmock81', datadirectory: '/var/www/owncloud/data' } },
    apps: {
      enabled: data.apps.filter(({ enabled }) => enabled).map(({ id }) => id),
      disabled: data.apps.filter(({ enabled }) => !enabled).map(({ id }) => id),
    },
    groups: ['admin'],
    users: [{ id: 'admin', password: 'admin', groups: ['admin'] }],
  },
  console: 'owncloud-8.1',
  data: {
    ...documented.data,
    releaseName: '8.1 alpha 3',
    databases: data.databases,
    repairSteps: data.repairSteps,
    codeChecks: data.codeChecks,
  },
}
