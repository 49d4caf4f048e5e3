import { defineEndpoint, p, s } from '#app/index.ts'
import { parseCloudId } from '#lib/cloud-id.ts'
import { type Json, type JsonObject, membersOf } from '#lib/json.ts'
import * as users from '#world/accounts/users.ts'
import { externalSharesTable } from '#world/sharing/external-shares.ts'
import type { World } from '#world/world.ts'

const TYPES: readonly Json[] = ['Create', 'Move', 'Update', 'Delete']
/** Seconds by which the clocks of two servers may differ. */
const LATE_SECONDS = 600
const W3C = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:?\d\d)$/

type Thing = JsonObject | readonly Json[]

const nameOf = (thing: Thing, type: string): string | null => {
  const { type: given, name } = membersOf(thing)
  return given === type && name !== undefined && name !== null ? String(name) : null
}

const server = (address: string) =>
  address
    .replace(/^https?:\/\//, '')
    .replace(/\/+$/, '')
    .toLowerCase()

interface RemoteActivity {
  readonly token: string
  readonly to: Thing
  readonly actor: Thing
  readonly type: Json
  readonly updated: Json
  readonly object: Thing
  readonly target: Thing
  readonly origin: Thing
}

/** Why what another server tells is not believed, in the order in which the real server looks. */
function problemOf(world: World, ownAddress: string, told: RemoteActivity): 400 | 403 | 404 {
  const at = W3C.test(String(told.updated)) ? Date.parse(String(told.updated)) / 1000 : Number.NaN
  if (!(Math.abs(at - world.clock.seconds()) <= LATE_SECONDS)) return 400
  const to = nameOf(told.to, 'Person')
  if (to === null) return 400
  const user = users.find(world, to)
  if (!user) return 404
  const actor = nameOf(told.actor, 'Person')
  if (actor === null || actor === `${user.id}@${ownAddress}`) return 400
  const { name = '' } = membersOf(told.object)
  const from = parseCloudId(actor)
  if (/(?:^|\/)\.\.(?:\/|$)/.test(String(name)) || !from || !TYPES.includes(told.type)) return 400
  const share = [...world.table(externalSharesTable).values()].find(
    (one) => one.token === told.token && one.userId === user.id && one.owner === from.user,
  )
  if (!share?.accepted) return 404
  if (server(from.remote) !== server(share.remote)) return 403
  const things = told.type === 'Move' ? [told.target, told.origin] : [told.object]
  if (things.some((thing) => nameOf(thing, 'Document') === null)) return 400
  // The files of other servers are not here, so nothing can be told of them.
  return 404
}

export const receiveActivity = defineEndpoint({
  id: 'activity:POST /apps/activity/api/v2/remote/{token}',
  app: 'activity',
  method: 'POST',
  path: '/apps/activity/api/v2/remote/{token}',
  access: 'public',
  csrf: false,
  summary: 'Another server tells what happened to a file that it shares',
  input: {
    token: p.string().secret(),
    to: p.array(),
    actor: p.array(),
    type: p.mixed(),
    updated: p.mixed().describe('When, as ISO 8601 writes it'),
    object: p.array().default([]),
    target: p.array().default([]),
    origin: p.array().default([]),
  },
  output: s.empty(),
  responses: { 400: s.empty(), 403: s.empty(), 404: s.empty() },
  probe: { token: 'nosuchtoken' },
  notImplemented: ['Telling: files of other servers are never here, so the best of tales ends with 404'],
  handle: ({ input, world, request, respond }) => respond(problemOf(world, request.host, input)),
})
