import { defineEndpoint, defineProfileData, p, s } from '#app/index.ts'
import type { PhpArray } from '#lib/php.ts'
import type { Profile } from '#profiles/profile.ts'
import * as text from '#world/processing/text-tasks.ts'
import type { World } from '#world/world.ts'
import { fakeText } from './fake-task-results.ts'
import { messageSchema } from './task-format.ts'

const LONGEST_INPUT = 64_000

const taskSchema = s.object({
  id: s.nullable(s.int()),
  type: s.string(),
  status: s.literal(0, 1, 2, 3, 4),
  userId: s.nullable(s.string()),
  appId: s.string(),
  input: s.string(),
  output: s.nullable(s.string()),
  identifier: s.string(),
  completionExpectedAt: s.nullable(s.int()),
})
const task = s.object({ task: taskSchema })

const printTask = (each: text.TextTask): PhpArray => ({ ...each })

/** Names and descriptions of the kinds of text tasks, by their PHP class. */
export const textTaskKinds =
  defineProfileData<readonly { readonly id: string; readonly name: string; readonly description: string }[]>(
    'text-task-types',
  )

const provided = (world: World, profile: Profile) =>
  textTaskKinds.of(profile).filter(({ id }) => text.provides(world, id))

export const textTaskTypes = defineEndpoint({
  id: 'core-text_processing_api-task-types',
  app: 'core',
  method: 'GET',
  path: '/textprocessing/tasktypes',
  access: 'public',
  summary: 'Kinds of text tasks that someone provides',
  output: s.object({ types: s.list(s.object({ id: s.string(), name: s.words(), description: s.words() })) }),
  data: [textTaskKinds],
  handle: ({ world, profile, ok }) => ok({ types: provided(world, profile) }),
})

export const scheduleText = defineEndpoint({
  id: 'core-text_processing_api-schedule',
  app: 'core',
  method: 'POST',
  path: '/textprocessing/schedule',
  access: 'user',
  changes: [{ until: 31, to: { access: 'public' } }],
  summary: 'Have a text worked on',
  input: { input: p.string(), type: p.string(), appId: p.string(), identifier: p.string().default('') },
  output: task,
  responses: { 400: messageSchema, 412: messageSchema },
  handle: async ({ input, actor, world, ok, respond }) => {
    if (input.input.length > LONGEST_INPUT) return respond(400, { message: 'Input text is too long' })
    if (!text.provides(world, input.type)) {
      return respond(412, { message: 'Necessary language model provider is not available' })
    }
    const output = text.answerOf(world, input.type) ?? fakeText(world)
    return ok({ task: printTask(text.run(world, { ...input, userId: actor.userId }, output)) })
  },
})

const NOT_FOUND = 'Task not found'

export const getTextTask = defineEndpoint({
  id: 'core-text_processing_api-get-task',
  app: 'core',
  method: 'GET',
  path: '/textprocessing/task/{id}',
  access: 'user',
  changes: [{ until: 31, to: { access: 'public' } }],
  summary: "One of the caller's text tasks",
  input: { id: p.int() },
  output: task,
  responses: { 404: messageSchema },
  probe: { id: '1' },
  handle: ({ input, actor, world, ok, respond }) => {
    const found = text.findOwn(world, input.id, actor.userId)
    return found ? ok({ task: printTask(found) }) : respond(404, { message: NOT_FOUND })
  },
})

export const deleteTextTask = defineEndpoint({
  id: 'core-text_processing_api-delete-task',
  app: 'core',
  method: 'DELETE',
  path: '/textprocessing/task/{id}',
  access: 'user',
  summary: "Delete one of the caller's text tasks and show it once more",
  input: { id: p.int() },
  output: task,
  responses: { 404: messageSchema },
  probe: { id: '1' },
  handle: ({ input, me, world, ok, respond }) => {
    const found = text.findOwn(world, input.id, me)
    if (!found) return respond(404, { message: NOT_FOUND })
    text.remove(world, input.id)
    return ok({ task: printTask({ ...found, id: null }) })
  },
})

export const listTextTasks = defineEndpoint({
  id: 'core-text_processing_api-list-tasks-by-app',
  app: 'core',
  method: 'GET',
  path: '/textprocessing/tasks/app/{appId}',
  access: 'user',
  summary: "The caller's text tasks of one app",
  input: { appId: p.string(), identifier: p.string().orNull() },
  output: s.object({ tasks: s.list(taskSchema) }),
  probe: { appId: 'files' },
  handle: ({ input, me, world, ok }) =>
    ok({ tasks: text.listOwn(world, me, input.appId, input.identifier).map(printTask) }),
})
