import { defineApp } from '#app/index.ts'
import { predefinedStatuses } from '#app/user-status.ts'
import { statusReactions } from '#world/accounts/statuses.ts'
import { capabilities } from './capabilities.ts'
import { heartbeat } from './heartbeat.ts'
import { statusStates } from './initial-state.ts'
import { listPredefinedStatuses } from './predefined.ts'
import { seededStatuses } from './seed.ts'
import { findStatus, listStatuses } from './statuses.ts'
import { userStatusStories } from './stories.ts'
import {
  clearMessage,
  getStatus,
  revertStatus,
  setCustomMessage,
  setPredefinedMessage,
  setStatus,
} from './user-status.ts'
import { userStatusWidget } from './widget.ts'

export const app = defineApp('user_status', {
  data: [predefinedStatuses],
  endpoints: [
    heartbeat,
    listPredefinedStatuses,
    listStatuses,
    findStatus,
    getStatus,
    setStatus,
    setPredefinedMessage,
    setCustomMessage,
    clearMessage,
    revertStatus,
  ],
  capabilities: [capabilities],
  reactions: [statusReactions],
  seed: [seededStatuses],
  widgets: [userStatusWidget],
  stories: userStatusStories,
  initialStates: [statusStates],
})
