import { by, defineStory } from '#app/story.ts'

const admin = by('admin')

/** The accounts and the group that all stories have. */
export const SETUP = defineStory({
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
})
