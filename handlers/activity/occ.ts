import type { CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import { notNumber } from '#console/uncaught-error.ts'
import { isNumeric } from '#lib/php.ts'

/** Mails are not sent. */
const sendMails: CommandHandler = ({ input, world }) => {
  const limit = input.value('limit')
  if (limit === 'unlimited' || isNumeric(limit)) return 0
  throw notNumber(world, {
    call: 'OCA\\Activity\\MailQueueHandler->sendEmails()',
    argument: '#1 ($limit)',
    caller: ['apps/activity/lib/Command/SendEmails.php', 90],
    definedAt: 'apps/activity/lib/MailQueueHandler.php:74',
    command: 'OCA\\Activity\\Command\\SendEmails',
    isBase: true,
  })
}

export const activityCommands = defineReleaseCommands({ 'activity:send-mails': sendMails })
