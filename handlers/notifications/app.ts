import { defineApp } from '#app/index.ts'
import { richObjects } from '#app/rich-text.ts'
import { predefinedStatuses } from '#app/user-status.ts'
import { notificationReactions } from '#world/notices/notifications.ts'
import { generateNotification, generateNotificationV3, selfTestPush } from './admin.ts'
import { adminNotifier } from './admin-notifier.ts'
import { capabilities } from './capabilities.ts'
import { soundStates } from './initial-state.ts'
import {
  confirmIds,
  deleteAllNotifications,
  deleteNotification,
  getNotification,
  listNotifications,
} from './notifications.ts'
import { notificationCommands } from './occ.ts'
import { ofOwncloud } from './owncloud/capabilities.ts'
import { registerDevice, removeDevice } from './push.ts'
import { notify } from './scenario-actions.ts'
import { seededNotifications } from './seed.ts'
import { adminSettings, personalSettings } from './settings.ts'
import { pushDeviceReactions, pushDevicesTable, webPushTable } from './state.ts'
import { notificationStories } from './stories.ts'
import { activateWebPush, getVapid, registerWebPush, removeWebPush } from './webpush.ts'

export const app = defineApp('notifications', {
  data: [richObjects, predefinedStatuses],
  endpoints: [
    generateNotification,
    generateNotificationV3,
    selfTestPush,
    listNotifications,
    getNotification,
    confirmIds,
    deleteNotification,
    deleteAllNotifications,
    registerDevice,
    removeDevice,
    personalSettings,
    adminSettings,
    getVapid,
    registerWebPush,
    activateWebPush,
    removeWebPush,
  ],
  capabilities: [capabilities, ofOwncloud],
  tables: [pushDevicesTable, webPushTable],
  reactions: [notificationReactions, pushDeviceReactions],
  seed: [seededNotifications],
  scenarioActions: [notify],
  commands: [...notificationCommands],
  notifiers: [adminNotifier],
  stories: notificationStories,
  initialStates: [soundStates],
})
