import { by, defineStories } from '#app/story.ts'

const alice = by('alice')
const bob = by('bob')

const STATUS = '/apps/user_status/api/v1/user_status'

export const userStatusStories = defineStories([
  {
    name: 'a status',
    apps: ['user_status'],
    steps: [
      alice.get(STATUS),
      bob.get('/apps/user_status/api/v1/statuses/{alice}'),
      alice.put(`${STATUS}/status`, { statusType: 'away' }),
      alice.get(STATUS),
      alice.put(`${STATUS}/message/custom`, { statusIcon: '🚀', message: 'Testing', clearAt: '{tomorrow}' }),
      alice.get(STATUS),
      bob.get('/apps/user_status/api/v1/statuses/{alice}'),
      alice.put(`${STATUS}/message/predefined`, { messageId: 'meeting' }),
      alice.get(STATUS),
      alice.put(`${STATUS}/status`, { statusType: 'asleep' }),
      alice.put(`${STATUS}/message/predefined`, { messageId: 'ocsmock' }),
      alice.put(`${STATUS}/message/custom`, { statusIcon: 'no icon', message: 'Testing' }),
      alice.put(`${STATUS}/message/custom`, { message: 'Testing', clearAt: '1' }),
      alice.delete(`${STATUS}/message`),
      alice.get(STATUS),
      alice.put(`${STATUS}/status`, { statusType: 'dnd' }),
      alice.get(STATUS),
      bob.put(`${STATUS}/status`, { statusType: 'away' }),
      alice.get('/apps/user_status/api/v1/statuses', { limit: '1' }, { amongOthers: true }),
      bob.put('/apps/user_status/api/v1/heartbeat', { status: 'online' }),
      bob.delete('/apps/user_status/api/v1/user_status/revert/ocsmock'),
    ],
  },
])
