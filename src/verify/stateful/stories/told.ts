import { by, type Story } from '../story.ts'
import { FOLDER_WITH_FILE, look, NO_FOLDER } from './files.ts'

const admin = by('admin')
const alice = by('alice')
const bob = by('bob')

const NOTIFICATIONS = '/apps/notifications/api/v2/notifications'
const NOTIFY = '/apps/notifications/api/v2/admin_notifications'
const STATUS = '/apps/user_status/api/v1/user_status'
const REMINDER = '/apps/files_reminders/api/v1/{file}'

export const TOLD: readonly Story[] = [
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
    ],
  },
  {
    name: 'a reminder of a file',
    apps: ['files_reminders', 'files', 'dav'],
    steps: [
      ...FOLDER_WITH_FILE,
      look('alice', '/files/{alice}/{own}folder/report.txt', { file: 'element oc:fileid' }),
      alice.get(REMINDER),
      alice.put(REMINDER, { dueDate: '2099-01-01T12:00:00Z' }),
      alice.get(REMINDER),
      alice.put(REMINDER, { dueDate: '2001-01-01T12:00:00Z' }),
      bob.get(REMINDER),
      alice.delete(REMINDER),
      alice.get(REMINDER),
      alice.delete(REMINDER),
      ...NO_FOLDER,
    ],
  },
]
