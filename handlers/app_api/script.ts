import { defineEndpoint, p, s } from '#app/index.ts'
import * as registrations from '#world/exapps/registrations.ts'
import { fileKey, page, pageMembers, route, withoutSlashes } from './ui-page.ts'

const NO_SCRIPT = { 404: 'No such Script' } as const

export const setScript = defineEndpoint({
  ...route('script'),
  id: 'app_api-ocs_ui-set-ex-app-script',
  method: 'POST',
  summary: 'Let the page load a script of the ExApp',
  input: { ...page, path: p.string(), afterAppId: p.string().default('') },
  output: s.empty(),
  handle: ({ input, world, actor, ok }) => {
    const { type, name, path, afterAppId } = input
    const data = { type, name, path: withoutSlashes(path), after_app_id: afterAppId }
    registrations.put(world, 'script', actor.exApp!, fileKey(input), data)
    return ok()
  },
})

export const deleteScript = defineEndpoint({
  ...route('script'),
  id: 'app_api-ocs_ui-delete-ex-app-script',
  method: 'DELETE',
  summary: 'Let the page load a script no more',
  input: { ...page, path: p.string() },
  output: s.empty(),
  failures: NO_SCRIPT,
  handle: ({ input, world, actor, ok, fail }) =>
    registrations.remove(world, 'script', actor.exApp!, fileKey(input)) ? ok() : fail(404),
})

export const getScript = defineEndpoint({
  ...route('script'),
  id: 'app_api-ocs_ui-get-ex-app-script',
  method: 'GET',
  summary: 'A script that the page loads',
  input: { ...page, path: p.string() },
  output: s.object({ ...pageMembers, path: s.string(), after_app_id: s.string() }),
  failures: NO_SCRIPT,
  handle: ({ input, world, actor, ok, fail }) => {
    const found = registrations.get(world, 'script', actor.exApp!, fileKey(input))
    return found ? ok(registrations.row(found)) : fail(404)
  },
})
