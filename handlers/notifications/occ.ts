import type { CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import { fail } from '#console/fail.ts'
import { type Json, parseJson } from '#lib/json.ts'
import { isPhpArray, toInt } from '#lib/php.ts'
import * as users from '#world/accounts/users.ts'
import * as notifications from '#world/notices/notifications.ts'
import { getSystemBool } from '#world/settings/config.ts'

const MAX_SHORT = 255
const MAX_LONG = 4000

const bytesOf = (text: string) => new TextEncoder().encode(text).length

const generate: CommandHandler = ({ input, world, output }) => {
  const user = users.find(world, input.text('user-id'))
  const [short, long] = [input.text('short-message'), input.value('long-message') ?? '']
  const subject = parameters(short, input.value('short-parameters') ?? '', 'subject')
  const message = parameters(long, input.value('long-parameters') ?? '', 'message')
  const problem = !user
    ? 'Unknown user'
    : short === '' || bytesOf(short) > MAX_SHORT
      ? 'Too long or empty short-message'
      : bytesOf(long) > MAX_LONG
        ? 'Too long long-message'
        : subject === null
          ? 'Short message parameters is not a valid json array'
          : message === null
            ? 'Long message parameters is not a valid json array'
            : null
  if (problem !== null) {
    output.writeln(problem)
    return 1
  }
  const object = about(input.value('object-type'), input.value('object-id'))
  if (object) {
    notifications.markProcessed(world, { app: 'admin_notifications', userId: user!.id, ...object })
    const { objectType, objectId } = object
    if (!input.flag('output-id-only')) {
      output.writeln(`<comment>Previous notification for ${objectType}/${objectId} marked as processed</comment>`)
    }
  }
  const { id } = notifications.notify(world, {
    app: 'admin_notifications',
    userId: user!.id,
    ...(object ?? { objectType: 'admin_notifications', objectId: world.clock.seconds().toString(16) }),
    subject: 'cli',
    subjectParameters: subject!,
    ...(long === '' ? {} : { message: 'cli', messageParameters: message! }),
  })
  output.writeln(input.flag('output-id-only') ? String(id) : `<info>Notification with ID ${id}</info>`)
  return 0
}

/** What a notification is about; a new one takes the place of those about the same. */
const about = (objectType: string | null, objectId: string | null) =>
  objectType !== null && objectId !== null ? { objectType, objectId } : null

/** A plain text, or a rich one with its parameters; `null` where they are no JSON container. */
function parameters(text: string, json: string, name: string): Json | null {
  if (json === '') return [text]
  const value = parseJson(json)
  return isPhpArray(value) ? { [name]: text, parameters: value } : null
}

const remove: CommandHandler = ({ input, world, output }) => {
  const [userId, id] = [input.text('user-id'), toInt(input.text('notification-id'))]
  const found = notifications.find(world, userId, id)
  if (!found) {
    output.writeln('<error>Notification not found for user</error>')
    return 1
  }
  const { app, objectType, objectId } = found
  notifications.markProcessed(world, { app, userId, objectType, objectId })
  output.writeln('<info>Notification deleted successfully</info>')
  return 0
}

const NO_INTERNET = 'Internet connectivity is disabled in configuration file - no push notifications will be sent'

/** Devices of a fake's accounts are told by its own push service, which says nothing here. */
const testPush: CommandHandler = (context) => {
  const { input, output, world } = context
  const user = users.find(world, input.text('user-id'))
  if (!user) return fail(context, 'Unknown user')
  const [talk, files] = [input.flag('talk'), input.flag('files')]
  for (const [isWanted, app, title] of [
    [talk || !files, 'admin_notification_talk', 'Testing Talk clients:'],
    [files || !talk, 'admin_notifications', 'Testing other clients: Files, Notes, …'],
  ] as const) {
    if (!isWanted) continue
    output.writeln(['', title])
    if (!getSystemBool(world, 'has_internet_connection', true)) output.writeln(NO_INTERNET)
    const subjectParameters = ['Testing push notifications']
    const objectId = world.clock.seconds().toString(16)
    const about = { objectType: 'admin_notifications', objectId, subject: 'cli', subjectParameters }
    notifications.notify(world, { app, userId: user.id, ...about })
  }
  return 0
}

export const notificationCommands = defineReleaseCommands({
  'notification:generate': generate,
  'notification:delete': remove,
  'notification:test-push': testPush,
})
