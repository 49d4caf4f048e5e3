import type { Story } from '../story.ts'
import { by } from '../story.ts'
import { REMINDER_STORIES } from './file-reminders.ts'
import { FILE_STORIES } from './files.ts'
import { GROUP_STORIES } from './groups.ts'
import { NOTIFICATION_STORIES } from './notifications.ts'
import { SETTINGS_STORIES } from './settings.ts'
import { SHARE_STORIES } from './shares.ts'
import { USER_STATUS_STORIES } from './user-status.ts'
import { USER_STORIES } from './users.ts'

const admin = by('admin')

/** The accounts and the group that all stories have. */
export const SETUP: Story = {
  name: 'setup',
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

/** All stories, in the order in which they are run. */
export const STORIES: readonly Story[] = [
  ...USER_STORIES,
  ...GROUP_STORIES,
  ...SETTINGS_STORIES,
  ...FILE_STORIES,
  ...SHARE_STORIES,
  ...NOTIFICATION_STORIES,
  ...USER_STATUS_STORIES,
  ...REMINDER_STORIES,
]
