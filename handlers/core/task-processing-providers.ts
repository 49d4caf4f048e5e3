import { defineEndpoint, p, s } from '#app/index.ts'
import { clientFor } from '#app-api/client.ts'
import { triggerProvider } from '#app-api/trigger.ts'
import { membersOf } from '#lib/json.ts'
import * as processing from '#world/processing/tasks.ts'
import { settle } from './fake-task-results.ts'
import { readTaskFile } from './task-files.ts'
import { messageSchema, printTask, taskSchema } from './task-format.ts'
import { SCHEDULE_INPUT } from './task-processing.ts'
import { availableTypes, taskKinds, typeOf, typesSchema } from './task-types.ts'

const NOT_FOUND = 'Not found'
const task = s.object({ task: taskSchema })

export const taskTypesExApp = defineEndpoint({
  id: 'core-task_processing_api-task-types-ex-app-endpoint',
  app: 'core',
  method: 'GET',
  path: '/taskprocessing/tasks_consumer/tasktypes',
  since: 33,
  access: 'exapp',
  summary: 'Kinds of tasks that someone provides, for ExApps',
  output: typesSchema,
  data: [taskKinds],
  handle: ({ world, profile, ok }) => ok({ types: availableTypes(world, profile) }),
})

export const scheduleExApp = defineEndpoint({
  id: 'core-task_processing_api-schedule-ex-app-endpoint',
  app: 'core',
  method: 'POST',
  path: '/taskprocessing/tasks_consumer/schedule',
  since: 33,
  access: 'exapp',
  summary: 'Schedule a task on behalf of an ExApp',
  input: SCHEDULE_INPUT,
  output: task,
  responses: { 400: messageSchema, 412: messageSchema },
  notImplemented: ['webhookUri', 'webhookMethod'],
  data: [taskKinds],
  handle: async (args) => {
    const { input, actor, world, profile, ok, respond } = args
    const made = processing.schedule(world, typeOf(world, profile, input.type), {
      userId: actor.userId,
      appId: input.appId,
      customId: input.customId,
      input: membersOf(input.input),
      includeWatermark: input.includeWatermark,
    })
    if (made === 'no-provider') return respond(412, { message: 'The given provider is not available' })
    if ('invalid' in made) return respond(400, { message: made.invalid })
    await triggerProvider(clientFor(args), made)
    return ok({ task: printTask(made) })
  },
})

export const getTaskExApp = defineEndpoint({
  id: 'core-task_processing_api-get-task-ex-app-endpoint',
  app: 'core',
  method: 'GET',
  path: '/taskprocessing/tasks_consumer/task/{id}',
  since: 33,
  access: 'exapp',
  summary: 'One task of the account for which an ExApp speaks',
  input: { id: p.int() },
  output: task,
  responses: { 404: messageSchema },
  probe: { id: '1' },
  data: [taskKinds],
  handle: async ({ input, actor, world, profile, ok, respond }) => {
    settle(world, profile)
    const found = processing.findOwn(world, input.id, actor.userId)
    return found ? ok({ task: printTask(found) }) : respond(404, { message: 'Task not found' })
  },
})

export const deleteTaskExApp = defineEndpoint({
  id: 'core-task_processing_api-delete-task-ex-app-endpoint',
  app: 'core',
  method: 'DELETE',
  path: '/taskprocessing/tasks_consumer/task/{id}',
  since: 33,
  access: 'exapp',
  summary: 'Delete one task of the account for which an ExApp speaks',
  input: { id: p.int() },
  output: s.null(),
  probe: { id: '1' },
  handle: ({ input, actor, world, ok }) => {
    const found = processing.findOwn(world, input.id, actor.userId)
    if (found) processing.remove(world, found)
    return ok(null)
  },
})

export const cancelTaskExApp = defineEndpoint({
  id: 'core-task_processing_api-cancel-task-ex-app-endpoint',
  app: 'core',
  method: 'POST',
  path: '/taskprocessing/tasks_consumer/tasks/{taskId}/cancel',
  since: 33,
  access: 'exapp',
  summary: 'Stop one task of the account for which an ExApp speaks',
  input: { taskId: p.int() },
  output: task,
  responses: { 404: messageSchema },
  handle: ({ input, actor, world, ok, respond }) => {
    const found = processing.findOwn(world, input.taskId, actor.userId)
    return found ? ok({ task: printTask(processing.cancel(world, found)) }) : respond(404, { message: NOT_FOUND })
  },
})

export const getFileContentsExApp = defineEndpoint({
  id: 'core-task_processing_api-get-file-contents-ex-app',
  app: 'core',
  method: 'GET',
  path: '/taskprocessing/tasks_provider/{taskId}/file/{fileId}',
  since: 30,
  access: 'exapp',
  summary: 'The content of a file that a task refers to, for its provider',
  input: { taskId: p.int(), fileId: p.int() },
  output: s.any(),
  responses: { 404: messageSchema },
  probe: { taskId: '1', fileId: '1' },
  data: [taskKinds],
  handle: ({ input, world, profile, respond, abort }) => {
    const found = processing.find(world, input.taskId)
    const file = found && readTaskFile(world, profile, found, input.fileId)
    return file ? abort(file) : respond(404, { message: NOT_FOUND })
  },
})

export const setFileContentsExApp = defineEndpoint({
  id: 'core-task_processing_api-set-file-contents-ex-app',
  app: 'core',
  method: 'POST',
  path: '/taskprocessing/tasks_provider/{taskId}/file',
  since: 30,
  access: 'exapp',
  summary: "Upload a file that becomes part of a task's output",
  input: { taskId: p.int() },
  output: s.object({ fileId: s.int() }),
  responses: { 400: messageSchema, 404: messageSchema },
  handle: ({ input, world, uploads, respond }) => {
    if (!processing.find(world, input.taskId)) return respond(404, { message: NOT_FOUND })
    const { file } = uploads
    if (!file) return respond(400, { message: 'Bad request' })
    return respond(201, { fileId: processing.keepFile(world, file.bytes) })
  },
})

export const setProgress = defineEndpoint({
  id: 'core-task_processing_api-set-progress',
  app: 'core',
  method: 'POST',
  path: '/taskprocessing/tasks_provider/{taskId}/progress',
  since: 30,
  access: 'exapp',
  summary: 'Tell how far a task is, from 0 to 1',
  input: { taskId: p.int(), progress: p.float() },
  output: task,
  responses: { 404: messageSchema },
  handle: ({ input, world, ok, respond }) => {
    const found = processing.find(world, input.taskId)
    if (!found) return respond(404, { message: NOT_FOUND })
    return ok({ task: printTask(processing.setProgress(world, found, input.progress)) })
  },
})

export const setResult = defineEndpoint({
  id: 'core-task_processing_api-set-result',
  app: 'core',
  method: 'POST',
  path: '/taskprocessing/tasks_provider/{taskId}/result',
  since: 30,
  access: 'exapp',
  summary: 'End a task with its output or with an error',
  input: {
    taskId: p.int(),
    output: p.array().orNull(),
    errorMessage: p.string().orNull(),
    userFacingErrorMessage: p.string().orNull(),
  },
  output: task,
  responses: { 404: messageSchema },
  data: [taskKinds],
  handle: ({ input, world, profile, ok, respond }) => {
    const found = processing.find(world, input.taskId)
    if (!found) return respond(404, { message: NOT_FOUND })
    const result = {
      output: input.output && membersOf(input.output),
      error: input.errorMessage,
      shown: input.userFacingErrorMessage,
    }
    return ok({ task: printTask(processing.finish(world, found, typeOf(world, profile, found.type), result)) })
  },
})

const PROVIDER_INPUT = { providerIds: p.array(), taskTypeIds: p.array() }
const texts = (list: object) => Object.values(list).map(String)

/** Whoever takes a task gets it as it was before it was taken, but running (Nextcloud 34.0.1, asked). */
const printTaken = (task: processing.ProcessingTask) => ({ ...printTask(task), startedAt: null })

/** Without a task to hand over, the answer is 204. */
export const getNextScheduledTask = defineEndpoint({
  id: 'core-task_processing_api-get-next-scheduled-task',
  app: 'core',
  method: 'GET',
  path: '/taskprocessing/tasks_provider/next',
  since: 30,
  access: 'exapp',
  summary: 'The next task that a provider of an ExApp shall do',
  input: PROVIDER_INPUT,
  output: s.object({ task: taskSchema, provider: s.object({ name: s.string() }) }),
  responses: { 204: s.any() },
  handle: ({ input, world, ok, respond }) => {
    const [next] = processing.take(world, texts(input.providerIds), texts(input.taskTypeIds), 1)
    return next ? ok({ task: printTaken(next.task), provider: { name: next.provider } }) : respond(204, null)
  },
})

export const getNextScheduledTaskBatch = defineEndpoint({
  id: 'core-task_processing_api-get-next-scheduled-task-batch',
  app: 'core',
  method: 'GET',
  path: '/taskprocessing/tasks_provider/next_batch',
  since: 33,
  access: 'exapp',
  summary: 'The next tasks that providers of an ExApp shall do',
  input: { ...PROVIDER_INPUT, numberOfTasks: p.int().default(1) },
  output: s.object({ tasks: s.list(s.object({ task: taskSchema, provider: s.string() })), has_more: s.bool() }),
  handle: ({ input, world, ok }) => {
    const types = texts(input.taskTypeIds)
    const taken = processing.take(world, texts(input.providerIds), types, input.numberOfTasks)
    const tasks = taken.map((each) => ({ task: printTaken(each.task), provider: each.provider }))
    return ok({ tasks, has_more: taken.length > 0 && processing.count(world, 'SCHEDULED', types) > 0 })
  },
})
