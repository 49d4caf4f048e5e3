import { FOLDER_WITH_FILE, NO_FOLDER, propfind } from '#app/file-steps.ts'
import { by, defineStories } from '#app/story.ts'

const alice = by('alice')
const bob = by('bob')

const REMINDER = '/apps/files_reminders/api/v1/{file}'

export const reminderStories = defineStories([
  {
    name: 'a reminder of a file',
    apps: ['files_reminders', 'files', 'dav'],
    steps: [
      ...FOLDER_WITH_FILE,
      propfind('alice', '/files/{alice}/{own}folder/report.txt', { file: 'element oc:fileid' }),
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
])
