import { by, defineStories } from '#app/story.ts'

const admin = by('admin')
const alice = by('alice')
const bob = by('bob')

const NOTIFICATIONS = '/apps/notifications/api/v2/notifications'
const NOTIFY = '/apps/notifications/api/v2/admin_notifications'

export const notificationStories = defineStories([
  {
    name: 'a notification',
    apps: ['notifications'],
    steps: [
      alice.delete(NOTIFICATIONS),
      alice.get(NOTIFICATIONS),
      admin.post(`${NOTIFY}/{alice}`, { shortMessage: 'Hello', longMessage: 'Hello from ocs-mock' }),
      alice.get(NOTIFICATIONS, {}, { capture: { notification: '/0/notification_id' } }),
      alice.get(`${NOTIFICATIONS}/{notification}`),
      bob.get(`${NOTIFICATIONS}/{notification}`),
      bob.delete(`${NOTIFICATIONS}/{notification}`),
      alice.post(`${NOTIFICATIONS}/exists`, { ids: ['{notification}', '987654321'] }),
      alice.delete(`${NOTIFICATIONS}/{notification}`),
      alice.get(`${NOTIFICATIONS}/{notification}`),
      alice.get(NOTIFICATIONS),
      admin.post(`${NOTIFY}/{alice}`, { shortMessage: 'Hello again' }),
      alice.get(NOTIFICATIONS),
      alice.delete(NOTIFICATIONS),
      alice.get(NOTIFICATIONS),
      admin.post(`${NOTIFY}/{alice}`, { shortMessage: '' }),
      admin.post(`${NOTIFY}/{own}nobody`, { shortMessage: 'Hello' }),
      alice.post(`${NOTIFY}/{bob}`, { shortMessage: 'Hello' }),
    ],
  },
])
