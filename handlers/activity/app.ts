import { defineApp } from '#app/index.ts'
import { richObjects } from '#app/rich-text.ts'
import { capabilities } from './capabilities.ts'
import { listFilters, ownFilters } from './filters.ts'
import { activityCommands } from './occ.ts'
import { receiveActivity } from './remote.ts'
import { seededActivities } from './seed.ts'
import { seedActivityProvider } from './seed-activity.ts'
import { defaultSettings, personalSettings } from './settings.ts'
import { activityReactions } from './state/rules.ts'
import { getDownloadCount, getFilteredStream, getOldStream, getStream } from './stream.ts'
import { activityWidget } from './widget.ts'

export const app = defineApp('activity', {
  data: [richObjects],
  endpoints: [listFilters, receiveActivity, getStream, getFilteredStream, getDownloadCount, getOldStream],
  routes: [personalSettings, defaultSettings],
  capabilities: [capabilities],
  reactions: [activityReactions],
  seed: [seededActivities],
  activityProviders: [seedActivityProvider],
  widgets: [activityWidget],
  activityFilters: ownFilters,
  commands: activityCommands,
})
