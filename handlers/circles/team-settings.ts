import { defineEndpoint, p, s } from '#app/index.ts'
import { getApp, getAppBool, setApp } from '#world/settings/config.ts'
import type { World } from '#world/world.ts'

const APP = 'circles'
const FRONTAL = 'federated_teams_frontal'
const ENABLED = 'federated_teams_enabled'

const values = (world: World) => ({
  [FRONTAL]: getApp(world, APP, FRONTAL),
  [ENABLED]: getAppBool(world, APP, ENABLED, false),
})
const common = {
  app: APP,
  since: 33,
  access: 'admin',
  output: s.object({ [FRONTAL]: s.string(), [ENABLED]: s.bool() }),
} as const

export const getSettings = defineEndpoint({
  ...common,
  id: 'circles:GET /apps/circles/settings/',
  method: 'GET',
  path: '/apps/circles/settings/',
  summary: 'Whether teams are federated, and by which address',
  handle: ({ world, ok }) => ok(values(world)),
})

export const setSetting = defineEndpoint({
  ...common,
  id: 'circles:POST /apps/circles/settings/{key}/',
  method: 'POST',
  path: '/apps/circles/settings/{key}/',
  summary: 'Federate teams (`yes`, or else no), or say by which address',
  input: { key: p.string(), value: p.string() },
  responses: { 400: s.object({ data: s.object({ message: s.string() }) }) },
  probe: { key: 'no_such_key', value: '' },
  handle: ({ world, input, ok, respond }) => {
    const refuse = (message: string) => respond(400, { data: { message } })
    if (input.key === ENABLED) setApp(world, APP, ENABLED, input.value === 'yes' ? '1' : '0', { type: 'boolean' })
    else if (input.key !== FRONTAL) return refuse('unsupported key')
    else {
      const address = addressOf(input.value)
      // The server's own words, with their spelling (Nextcloud 34.0.1, asked).
      if (address === null) return refuse('wrongly formated value')
      setApp(world, APP, FRONTAL, address, { type: 'string' })
    }
    return ok(values(world))
  },
})

/** Scheme, host and path, with a slash at the end; `null`: it is none. */
function addressOf(text: string): string | null {
  const [, start, path] = /^([a-z][a-z0-9+.-]*:\/\/[^/?#]+)([^?#]*)/i.exec(text) ?? []
  return start === undefined ? null : `${start}${path!.replace(/\/+$/, '')}/`
}
