import type { CommandContext, CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import { thrownAt } from '#console/errors.ts'
import { writeArray } from '#console/write-in-format.ts'
import { type Json, parseJson } from '#lib/json.ts'
import { isPhpArray, type PhpArray, toBool, toInt } from '#lib/php.ts'
import * as processing from '#world/processing/tasks.ts'
import { getApp, setApp } from '#world/settings/config.ts'
import { printTask } from './task-format.ts'

const shown = (task: processing.ProcessingTask): PhpArray => ({ ...printTask(task), error_message: null })

/** Numbers of the statuses that tasks are filtered by. */
const STATUSES: Readonly<Record<processing.TaskStatus, number>> = {
  CANCELLED: 5,
  FAILED: 4,
  SUCCESSFUL: 3,
  RUNNING: 2,
  SCHEDULED: 1,
}

/** The tasks that the options ask for. */
function tasks({ input, world }: CommandContext): processing.ProcessingTask[] {
  const text = (option: string) => input.value(option)
  const number = (option: string) => (text(option) === null ? null : toInt(text(option)))
  const [userId, type, appId, customId] = [text('userIdFilter'), text('type'), text('appId'), text('customId')]
  const [status, after, before] = [number('status'), number('scheduledAfter'), number('endedBefore')]
  return [...world.table(processing.tasksTable).values()].filter(
    (task) =>
      // Without an account, all of them; an empty one is nobody.
      (userId === null || task.userId === (userId === '' ? null : userId)) &&
      (type === null || task.type === type) &&
      (appId === null || task.appId === appId) &&
      (customId === null || task.customId === customId) &&
      (status === null || STATUSES[task.status] === status) &&
      (!after || task.scheduledAt > after) &&
      (before === null || (task.endedAt !== null && task.endedAt < before)),
  )
}

const list: CommandHandler = (context) => {
  writeArray(context, tasks(context).map(shown))
  return 0
}

const get: CommandHandler = (context) => {
  const id = toInt(context.input.text('task-id'))
  const task = processing.find(context.world, id)
  if (!task) throw noTask(id)
  writeArray(context, shown(task))
  return 0
}

/** What the database of a real server says where nothing has the number. */
const QUERY =
  'SELECT `id`, `last_updated`, `type`, `input`, `output`, `status`, `user_id`, `app_id`, `custom_id`, `completion_expected_at`, `error_message`, `progress`, `webhook_uri`, `webhook_method`, `scheduled_at`, `started_at`, `ended_at`, `allow_cleanup`, `user_facing_error_message`, `include_watermark` FROM `*PREFIX*taskprocessing_tasks` WHERE `id` = ?'

function noTask(id: number) {
  const message = `Did expect one result but found none when executing: query "${QUERY}";`
  const previous = thrownAt('QBMapper', 284, message, 'OCP\\AppFramework\\Db\\DoesNotExistException')
  const phpClass = 'OCP\\TaskProcessing\\Exception\\NotFoundException'
  return thrownAt('Manager', 1178, `Couldn't find task with id ${id}`, phpClass, previous)
}

const bytesOf = (value: Json) => new TextEncoder().encode(JSON.stringify(value)).length

/** The largest of some numbers, their mean and how many they are; nothing of none. */
function summary(values: readonly number[], [most, mean, count]: readonly [string, string, string]): PhpArray {
  if (values.length === 0) return {}
  const sum = values.reduce((all, value) => all + value, 0)
  return { [most]: Math.max(0, ...values), [mean]: Math.trunc(sum / values.length), [count]: values.length }
}

const between = (from: number | null, to: number | null) => (from === null || to === null ? [] : [to - from])

const stats: CommandHandler = (context) => {
  const found = tasks(context)
  const times = (name: string) => [`Max ${name} time`, `Average ${name} time`] as const
  const counted = (name: string) => `${name[0]!.toUpperCase()}${name.slice(1)} time count`
  const sizes = (name: string) =>
    [`Max ${name} size (bytes)`, `Average ${name} size (bytes)`, `Number of tasks with ${name}`] as const
  const running = found.flatMap((task) => between(task.startedAt, task.endedAt))
  const queuing = found.flatMap((task) => between(task.scheduledAt, task.startedAt))
  const waiting = found.flatMap((task) => between(task.scheduledAt, task.endedAt))
  const outputs = found.filter(({ status }) => status === 'SUCCESSFUL').map((task) => bytesOf(task.output))
  writeArray(context, {
    'Number of tasks': found.length,
    ...summary(running, [...times('running'), counted('running')]),
    ...summary(queuing, [...times('queuing'), counted('queuing')]),
    ...summary(waiting, [...times('user waiting'), counted('user waiting')]),
    ...summary(outputs, sizes('output')),
    ...summary(
      found.map((task) => bytesOf(task.input)),
      sizes('input'),
    ),
  })
  return 0
}

/** Six months of 31 days, in seconds. */
const MAX_AGE = 6 * 31 * 86_400

const cleanUp: CommandHandler = ({ input, output, world }) => {
  const given = input.argument('maxAgeSeconds')
  const age = given === null ? MAX_AGE : toInt(String(given))
  const what = `Cleanup up tasks older than ${age} seconds and the related output files`
  output.writeln(`<comment>${what}</comment>`)
  const oldest = world.clock.seconds() - age
  const old = [...world.table(processing.tasksTable).values()].filter(({ lastUpdated }) => lastUpdated < oldest)
  for (const task of old) processing.remove(world, task)
  output.writeln(`<comment>\t - Deleted ${old.length} tasks from the database</comment>`)
  return 0
}

const PREFERENCES = 'ai.taskprocessing_type_preferences'

const setEnabled: CommandHandler = (context) => {
  const { input, world } = context
  const stored = parseJson(getApp(world, 'core', PREFERENCES, '{}'))
  const on = toBool(input.text('enabled'))
  const preferences = { ...(isPhpArray(stored) ? stored : {}), [input.text('task-type-id')]: on }
  setApp(world, 'core', PREFERENCES, JSON.stringify(preferences), { type: 'string', lazy: true })
  writeArray(context, preferences)
  return 0
}

/** Tasks of a fake's own providers are done as soon as they are asked for: nothing waits for a worker. */
const work: CommandHandler = ({ input, output }) => {
  const timeout = toInt(input.value('timeout'))
  if (timeout > 0) output.writeln(`<info>Task processing worker will stop after ${timeout} seconds</info>`)
  return 0
}

export const taskCommands = defineReleaseCommands({
  'taskprocessing:task:list': list,
  'taskprocessing:task:get': get,
  'taskprocessing:task:stats': stats,
  'taskprocessing:task:cleanup': cleanUp,
  'taskprocessing:task-type:set-enabled': setEnabled,
  'taskprocessing:worker': work,
})
