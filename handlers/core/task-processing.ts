import { defineEndpoint, p, s } from '#app/index.ts'
import { clientFor } from '#app-api/client.ts'
import { triggerProvider } from '#app-api/trigger.ts'
import { membersOf } from '#lib/json.ts'
import { regions } from '#profiles/keys.ts'
import { learn } from '#world/accounts/languages.ts'
import * as processing from '#world/processing/tasks.ts'
import { settle } from './fake-task-results.ts'
import { readTaskFile } from './task-files.ts'
import { messageSchema, printTask, taskSchema } from './task-format.ts'
import { availableTypes, taskKinds, typeOf, typesSchema } from './task-types.ts'

const NOT_AVAILABLE = 'The given provider is not available'
const TASK_NOT_FOUND = 'Task not found'
const NOT_FOUND = 'Not found'

const task = s.object({ task: taskSchema })
const tasks = s.object({ tasks: s.list(taskSchema) })

export const taskTypes = defineEndpoint({
  id: 'core-task_processing_api-task-types',
  app: 'core',
  method: 'GET',
  path: '/taskprocessing/tasktypes',
  since: 30,
  access: 'user',
  summary: 'Kinds of tasks that someone provides, with the shapes of their input and output',
  output: typesSchema,
  data: [taskKinds, regions],
  handle: ({ world, me, profile, request, ok }) => {
    // Who asks for them speaks the language that the request accepts from now on (Nextcloud 34.0.1, asked).
    learn(world, me, request.header('accept-language'), regions.of(profile))
    return ok({ types: availableTypes(world, profile) })
  },
})

/** What scheduling reads; members of the input that the kind of task does not have are dropped. */
export const SCHEDULE_INPUT = {
  input: p.array(),
  type: p.string(),
  appId: p.string(),
  customId: p.string().default(''),
  webhookUri: p.string().orNull(),
  webhookMethod: p.string().orNull(),
  includeWatermark: p.bool().default(true),
}

export const schedule = defineEndpoint({
  id: 'core-task_processing_api-schedule',
  app: 'core',
  method: 'POST',
  path: '/taskprocessing/schedule',
  since: 30,
  access: 'user',
  summary: 'Schedule a task for whoever provides its kind',
  input: SCHEDULE_INPUT,
  output: task,
  responses: { 400: messageSchema, 412: messageSchema },
  notImplemented: ['webhookUri', 'webhookMethod'],
  data: [taskKinds],
  handle: async (args) => {
    const { input, me, world, profile, ok, respond } = args
    const made = processing.schedule(world, typeOf(world, profile, input.type), {
      userId: me,
      appId: input.appId,
      customId: input.customId,
      input: membersOf(input.input),
      includeWatermark: input.includeWatermark,
    })
    if (made === 'no-provider') return respond(412, { message: NOT_AVAILABLE })
    if ('invalid' in made) return respond(400, { message: made.invalid })
    await triggerProvider(clientFor(args), made)
    return ok({ task: { ...printTask(made), progress: null } })
  },
})

export const getTask = defineEndpoint({
  id: 'core-task_processing_api-get-task',
  app: 'core',
  method: 'GET',
  path: '/taskprocessing/task/{id}',
  since: 30,
  access: 'user',
  summary: "One of the caller's tasks",
  input: { id: p.int() },
  output: task,
  responses: { 404: messageSchema },
  probe: { id: '1' },
  data: [taskKinds],
  handle: async ({ input, me, world, profile, ok, respond }) => {
    settle(world, profile)
    const found = processing.findOwn(world, input.id, me)
    return found ? ok({ task: printTask(found) }) : respond(404, { message: TASK_NOT_FOUND })
  },
})

/** Deleting a task that is not there succeeds. */
export const deleteTask = defineEndpoint({
  id: 'core-task_processing_api-delete-task',
  app: 'core',
  method: 'DELETE',
  path: '/taskprocessing/task/{id}',
  since: 30,
  access: 'user',
  summary: "Delete one of the caller's tasks",
  input: { id: p.int() },
  output: s.null(),
  probe: { id: '1' },
  handle: ({ input, me, world, ok }) => {
    const found = processing.findOwn(world, input.id, me)
    if (found) processing.remove(world, found)
    return ok(null)
  },
})

export const listTasksByApp = defineEndpoint({
  id: 'core-task_processing_api-list-tasks-by-app',
  app: 'core',
  method: 'GET',
  path: '/taskprocessing/tasks/app/{appId}',
  since: 30,
  access: 'user',
  summary: "The caller's tasks of one app",
  input: { appId: p.string(), customId: p.string().orNull() },
  output: tasks,
  probe: { appId: 'files' },
  data: [taskKinds],
  handle: async ({ input, me, world, profile, ok }) => {
    settle(world, profile)
    const custom = input.customId === null ? {} : { customId: input.customId }
    return ok({ tasks: processing.listOwn(world, me, { appId: input.appId, ...custom }).map(printTask) })
  },
})

export const listTasks = defineEndpoint({
  id: 'core-task_processing_api-list-tasks',
  app: 'core',
  method: 'GET',
  path: '/taskprocessing/tasks',
  since: 30,
  access: 'user',
  summary: "The caller's tasks, of one kind or of all",
  input: { taskType: p.string().orNull(), customId: p.string().orNull() },
  output: tasks,
  data: [taskKinds],
  handle: async ({ input, me, world, profile, ok }) => {
    settle(world, profile)
    const type = input.taskType === null ? {} : { type: input.taskType }
    const custom = input.customId === null ? {} : { customId: input.customId }
    return ok({ tasks: processing.listOwn(world, me, { ...type, ...custom }).map(printTask) })
  },
})

export const queueStats = defineEndpoint({
  id: 'core-task_processing_api-queue-stats',
  app: 'core',
  method: 'GET',
  path: '/taskprocessing/queue_stats',
  since: 34,
  access: 'admin',
  csrf: false,
  summary: 'How many tasks wait and how many run',
  input: { taskTypeIds: p.array().default([]) },
  output: s.object({ scheduled_count: s.int(), running_count: s.int() }),
  handle: ({ input, world, ok }) => {
    const types = Object.values(input.taskTypeIds).map(String)
    return ok({
      scheduled_count: processing.count(world, 'SCHEDULED', types),
      running_count: processing.count(world, 'RUNNING', types),
    })
  },
})

export const getFileContents = defineEndpoint({
  id: 'core-task_processing_api-get-file-contents',
  app: 'core',
  method: 'GET',
  path: '/taskprocessing/tasks/{taskId}/file/{fileId}',
  since: 30,
  access: 'user',
  csrf: false,
  summary: "The content of a file that one of the caller's tasks refers to",
  input: { taskId: p.int(), fileId: p.int() },
  output: s.any(),
  responses: { 404: messageSchema },
  probe: { taskId: '1', fileId: '1' },
  data: [taskKinds],
  handle: ({ input, me, world, profile, respond, abort }) => {
    const found = processing.findOwn(world, input.taskId, me)
    const file = found && readTaskFile(world, profile, found, input.fileId)
    return file ? abort(file) : respond(404, { message: NOT_FOUND })
  },
})

export const cancelTask = defineEndpoint({
  id: 'core-task_processing_api-cancel-task',
  app: 'core',
  method: 'POST',
  path: '/taskprocessing/tasks/{taskId}/cancel',
  since: 30,
  access: 'user',
  summary: "Stop one of the caller's tasks",
  input: { taskId: p.int() },
  output: task,
  responses: { 404: messageSchema },
  handle: ({ input, me, world, ok, respond }) => {
    const found = processing.findOwn(world, input.taskId, me)
    return found ? ok({ task: printTask(processing.cancel(world, found)) }) : respond(404, { message: NOT_FOUND })
  },
})
