import { defineEndpoint, p, s } from '#app/index.ts'
import * as registrations from '#world/exapps/registrations.ts'
import { fileKey, page, pageMembers, route, withoutSlashes } from './ui-page.ts'

const NO_STYLE = { 404: 'No such Style' } as const

export const setStyle = defineEndpoint({
  ...route('style'),
  id: 'app_api-ocs_ui-set-ex-app-style',
  method: 'POST',
  summary: 'Let the page load a style sheet of the ExApp',
  input: { ...page, path: p.string() },
  output: s.empty(),
  handle: ({ input, world, actor, ok }) => {
    const { type, name, path } = input
    registrations.put(world, 'style', actor.exApp!, fileKey(input), { type, name, path: withoutSlashes(path) })
    return ok()
  },
})

export const deleteStyle = defineEndpoint({
  ...route('style'),
  id: 'app_api-ocs_ui-delete-ex-app-style',
  method: 'DELETE',
  summary: 'Let the page load a style sheet no more',
  input: { ...page, path: p.string() },
  output: s.empty(),
  failures: NO_STYLE,
  handle: ({ input, world, actor, ok, fail }) =>
    registrations.remove(world, 'style', actor.exApp!, fileKey(input)) ? ok() : fail(404),
})

export const getStyle = defineEndpoint({
  ...route('style'),
  id: 'app_api-ocs_ui-get-ex-app-style',
  method: 'GET',
  summary: 'A style sheet that the page loads',
  input: { ...page, path: p.string() },
  output: s.object({ ...pageMembers, path: s.string() }),
  failures: NO_STYLE,
  handle: ({ input, world, actor, ok, fail }) => {
    const found = registrations.get(world, 'style', actor.exApp!, fileKey(input))
    return found ? ok(registrations.row(found)) : fail(404)
  },
})
