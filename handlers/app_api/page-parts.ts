import { defineEndpoint, p, s } from '#app/index.ts'
import * as registrations from '#world/exapps/registrations.ts'

/** What the page of an entry in a menu loads: `type` and `name` say whose page, `top_menu` and the entry's name. */
const page = { type: p.string(), name: p.string() }
const pageMembers = { id: s.int(), appid: s.string(), type: s.string(), name: s.string() }

const route = (part: string) =>
  ({ app: 'app_api', path: `/apps/app_api/api/v1/ui/${part}`, access: 'app-api', csrf: false }) as const

const withoutSlashes = (path: string) => path.replace(/^\/+/, '')

const NO_STATE = { 404: 'No such InitialState' } as const
const stateKey = ({ type, name, key }: { type: string; name: string; key: string }) => [type, name, key]

export const setInitialState = defineEndpoint({
  ...route('initial-state'),
  id: 'app_api-ocs_ui-set-ex-app-initial-state',
  method: 'POST',
  summary: 'Give the page a value to start with',
  input: { ...page, key: p.string(), value: p.array() },
  output: s.empty(),
  handle: ({ input, world, actor, ok }) => {
    const { type, name, key, value } = input
    registrations.put(world, 'initial-state', actor.exApp!, stateKey(input), { type, name, key, value })
    return ok()
  },
})

export const deleteInitialState = defineEndpoint({
  ...route('initial-state'),
  id: 'app_api-ocs_ui-delete-ex-app-initial-state',
  method: 'DELETE',
  summary: 'Take away a value that the page starts with',
  input: { ...page, key: p.string() },
  output: s.empty(),
  failures: NO_STATE,
  handle: ({ input, world, actor, ok, fail }) =>
    registrations.remove(world, 'initial-state', actor.exApp!, stateKey(input)) ? ok() : fail(404),
})

export const getInitialState = defineEndpoint({
  ...route('initial-state'),
  id: 'app_api-ocs_ui-get-ex-app-initial-state',
  method: 'GET',
  summary: 'A value that the page starts with',
  input: { ...page, key: p.string() },
  output: s.object({ ...pageMembers, key: s.string(), value: s.any() }),
  failures: NO_STATE,
  handle: ({ input, world, actor, ok, fail }) => {
    const found = registrations.get(world, 'initial-state', actor.exApp!, stateKey(input))
    return found ? ok(registrations.row(found)) : fail(404)
  },
})

const NO_SCRIPT = { 404: 'No such Script' } as const
const fileKey = ({ type, name, path }: { type: string; name: string; path: string }) => [
  type,
  name,
  withoutSlashes(path),
]

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
