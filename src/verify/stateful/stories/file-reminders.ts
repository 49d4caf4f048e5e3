import { by, type Story } from '../story.ts'
import { FOLDER_WITH_FILE, NO_FOLDER, propfind } from './files.ts'

const alice = by('alice')
const bob = by('bob')

const REMINDER = '/apps/files_reminders/api/v1/{file}'

export const REMINDER_STORIES: readonly Story[] = [
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
]
