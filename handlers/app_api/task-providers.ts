import { defineEndpoint, p, s } from '#app/index.ts'
import { membersOf } from '#lib/json.ts'
import { jsonEncode } from '#lib/php.ts'
import * as registrations from '#world/exapps/registrations.ts'
import * as providers from '#world/exapps/task-providers.ts'

const route = {
  app: 'app_api',
  path: '/apps/app_api/api/v1/ai_provider/task_processing',
  access: 'app-api',
  csrf: false,
} as const

/** What is wrong with a provider is not said; the real server writes it into its log. */
export const registerProvider = defineEndpoint({
  ...route,
  id: 'app_api-task_processing-register-provider',
  method: 'POST',
  summary: 'Offer to do tasks of a kind, which may be one of its own; the same id again replaces the provider',
  input: {
    provider: p.array().describe('id, name, task_type, expected_runtime in seconds, shapes, enum values and defaults'),
    customTaskType: p.array().orNull().describe('id, name, description, input_shape, output_shape'),
  },
  output: s.empty(),
  responses: { 400: s.empty() },
  handle: ({ input, world, actor, ok, respond }) => {
    const provider = membersOf(input.provider)
    const custom = input.customTaskType && membersOf(input.customTaskType)
    if (custom && custom.id !== provider.task_type) return respond(400)
    if (!providers.isProvider(provider)) return respond(400)
    providers.register(world, actor.exApp!, {
      app_id: actor.exApp!,
      name: String(provider.id),
      display_name: String(provider.name),
      task_type: String(provider.task_type),
      provider: jsonEncode(provider),
      custom_task_type: jsonEncode(custom),
    })
    return ok()
  },
})

export const unregisterProvider = defineEndpoint({
  ...route,
  id: 'app_api-task_processing-unregister-provider',
  method: 'DELETE',
  summary: 'Offer the tasks of a provider no more',
  input: { name: p.string().describe('The id of the provider') },
  output: s.empty(),
  responses: { 404: s.empty() },
  handle: ({ input, world, actor, ok, respond }) =>
    providers.unregister(world, actor.exApp!, input.name) ? ok() : respond(404),
})

export const getProvider = defineEndpoint({
  ...route,
  id: 'app_api-task_processing-get-provider',
  method: 'GET',
  summary: 'A provider that the ExApp registered, as JSON in texts',
  input: { name: p.string().describe('The id of the provider') },
  output: s.object({
    id: s.int(),
    app_id: s.string(),
    name: s.string(),
    display_name: s.string(),
    task_type: s.string(),
    provider: s.string(),
    custom_task_type: s.string(),
  }),
  responses: { 404: s.empty() },
  handle: ({ input, world, actor, ok, respond }) => {
    const found = registrations.get(world, 'task-provider', actor.exApp!, [input.name])
    return found ? ok({ id: found.id, ...found.data }) : respond(404)
  },
})
