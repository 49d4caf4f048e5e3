import type { CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'

/** Mails are not sent. */
const sendMails: CommandHandler = () => 0

export const activityCommands = defineReleaseCommands({ 'activity:send-mails': sendMails })
