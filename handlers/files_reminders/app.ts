import { defineApp } from '#app/index.ts'
import { dueReminderJob, fileReminderReactions } from '#world/files/reminders.ts'
import { reminderCommands } from './occ.ts'
import { reminderNotifier } from './reminder-notifier.ts'
import { get, remove, set } from './reminders.ts'
import { reminderStories } from './stories.ts'

export const app = defineApp('files_reminders', {
  endpoints: [get, set, remove],
  reactions: [fileReminderReactions],
  backgroundJobs: [dueReminderJob],
  notifiers: [reminderNotifier],
  stories: reminderStories,
  commands: reminderCommands,
})
