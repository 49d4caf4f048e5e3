import { defineEndpoint, p, s } from '#app/index.ts'
import { membersOf } from '#lib/json.ts'
import * as registrations from '#world/exapps/registrations.ts'

const route = { app: 'app_api', path: '/apps/app_api/api/v1/ui/settings', access: 'app-api', csrf: false } as const

/** Only the id is looked at: a form that cannot be shows when somebody lists the forms. */
export const registerForm = defineEndpoint({
  ...route,
  id: 'app_api-ocs_settings-register-form',
  method: 'POST',
  summary: 'Describe a form of settings; the same id again replaces it',
  input: { formScheme: p.array().describe('As declarative settings have it: id, section_type, section_id, fields …') },
  output: s.empty(),
  handle: ({ input, world, actor, ok, crash }) => {
    const scheme = membersOf(input.formScheme)
    if (typeof scheme.id !== 'string') return crash()
    registrations.put(world, 'settings-form', actor.exApp!, [scheme.id], { ...scheme, storage_type: 'external' })
    return ok()
  },
})

export const unregisterForm = defineEndpoint({
  ...route,
  id: 'app_api-ocs_settings-unregister-form',
  method: 'DELETE',
  summary: 'Take a form of settings away',
  input: { formId: p.string() },
  output: s.empty(),
  responses: { 404: s.empty() },
  handle: ({ input, world, actor, ok, respond }) =>
    registrations.remove(world, 'settings-form', actor.exApp!, [input.formId]) ? ok() : respond(404),
})

export const getForm = defineEndpoint({
  ...route,
  id: 'app_api-ocs_settings-get-form',
  method: 'GET',
  summary: 'A form of settings as the ExApp described it',
  input: { formId: p.string() },
  output: s.object({ id: s.string(), storage_type: s.literal('external') }, 'allow'),
  responses: { 404: s.empty() },
  handle: ({ input, world, actor, ok, respond }) => {
    const found = registrations.get(world, 'settings-form', actor.exApp!, [input.formId])
    return found ? ok(found.data) : respond(404)
  },
})
