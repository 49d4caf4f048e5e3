import { defineNotifier } from '#app/notifier.ts'
import { memberOf } from '#app/rich-text.ts'

/** Tells the owner of a device what became of its wipe. */
export const wipeNotifier = defineNotifier(({ app, subject, subjectParameters }) => {
  const device = memberOf(subjectParameters, 'name')
  if (app !== 'auth') return 'unknown'
  switch (subject) {
    case 'remote_wipe_start':
      return { subject: 'Remote wipe started', message: `A remote wipe was started on device ${device}` }
    case 'remote_wipe_finish':
      return { subject: 'Remote wipe finished', message: `The remote wipe on ${device} has finished` }
    default:
      return 'unknown'
  }
})
