import type { Story } from '../story.ts'
import { by } from '../story.ts'
import { FILES } from './files.ts'
import { GROUPS } from './groups.ts'
import { SETTINGS } from './settings.ts'
import { SHARING } from './shares.ts'
import { TOLD } from './told.ts'
import { USERS } from './users.ts'

const admin = by('admin')

/** The accounts and the group that all stories have. */
export const STAGE: Story = {
  name: 'the stage',
  apps: ['provisioning_api'],
  steps: [
    admin.post('/cloud/groups', { groupid: '{staff}' }),
    admin.post('/cloud/users', {
      userid: '{alice}',
      password: '{password}',
      displayName: 'Alice',
      groups: ['{staff}'],
    }),
    admin.post('/cloud/users', { userid: '{bob}', password: '{password}', displayName: 'Bob', groups: ['{staff}'] }),
    admin.post('/cloud/users', { userid: '{carol}', password: '{password}' }),
  ],
}

/** Everything that is told, in this order. */
export const STORIES: readonly Story[] = [...USERS, ...GROUPS, ...SETTINGS, ...FILES, ...SHARING, ...TOLD]
