import { defineApp } from '#app/index.ts'
import { commentReactions } from '#world/files/comments.ts'
import { commentProvider } from './activity.ts'
import { commentsFilter } from './activity-filter.ts'
import { capabilities } from './capabilities.ts'
import { commentTabStates, mentionStates } from './initial-state.ts'
import { mentionNotifier } from './mention-notifier.ts'
import { commentActivities, mentionNotices } from './notices.ts'
import { commentSearch } from './search.ts'

export const app = defineApp('comments', {
  capabilities: [capabilities],
  reactions: [commentReactions, mentionNotices, commentActivities],
  notifiers: [mentionNotifier],
  activityProviders: [commentProvider],
  activityFilters: [commentsFilter],
  searchProviders: [commentSearch],
  initialStates: [commentTabStates, mentionStates],
})
