import { by, defineStories } from '#app/story.ts'

const admin = by('admin')
const alice = by('alice')
const bob = by('bob')

const NOTIFICATIONS = '/apps/notifications/api/v2/notifications'
const NOTIFY = '/apps/notifications/api/v2/admin_notifications'

const PUSH = '/apps/notifications/api/v2/push'

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
  {
    name: 'devices that are told of notifications',
    apps: ['notifications'],
    steps: [
      alice.post(PUSH, {
        pushTokenHash: 'short',
        devicePublicKey: 'none',
        proxyServer: 'https://push.example.invalid',
      }),
      alice.post(PUSH, {
        pushTokenHash: 'a'.repeat(128),
        devicePublicKey: 'none',
        proxyServer: 'https://push.example.invalid',
      }),
      alice.post(PUSH, { pushTokenHash: 'a'.repeat(128), devicePublicKey: 'none', proxyServer: 'nowhere' }),
      alice.delete(PUSH),
      alice.post('/apps/notifications/api/v2/settings', {
        batchSetting: '2',
        soundNotification: 'no',
        soundTalk: 'no',
      }),
      alice.post('/apps/notifications/api/v2/settings', {
        batchSetting: '0',
        soundNotification: 'yes',
        soundTalk: 'yes',
      }),
    ],
  },
])
