import { defineNotifier } from '#app/notifier.ts'
import { memberOf, toPlainText } from '#app/rich-text.ts'
import * as files from '#world/files/files.ts'

/** Reminds accounts of files that they still see. */
export const reminderNotifier = defineNotifier(({ app, subject, subjectParameters, userId }, { world, baseUrl }) => {
  if (app !== 'files_reminders' || subject !== 'reminder-due') return 'unknown'
  const entry = files.entryOf(world, userId, Number(memberOf(subjectParameters, 'fileId')))
  if (!entry) return 'processed'
  const name = { type: 'highlight', id: String(entry.node.id), name: files.baseName(entry.path) }
  const subjectRich = 'Reminder for {name}'
  const link = `${baseUrl}/index.php/f/${entry.node.id}`
  return {
    subject: toPlainText(subjectRich, { name })!,
    subjectRich,
    subjectRichParameters: { name },
    icon: `${baseUrl}/apps/files/img/folder.svg`,
    link,
    actions: [{ label: files.isFolder(entry) ? 'View folder' : 'View file', link, type: 'WEB', primary: true }],
  }
})
