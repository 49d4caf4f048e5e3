import { defineEndpoint, p, s } from '#app/index.ts'
import * as registrations from '#world/exapps/registrations.ts'
import { page, pageMembers, route } from './ui-page.ts'

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
