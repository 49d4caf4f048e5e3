import { defineEndpoint, p, s } from '#app/index.ts'
import * as transfers from './state/transfers.ts'

const notImplemented = ['the job in the background that moves the files after a transfer was accepted']

export const transfer = defineEndpoint({
  id: 'files-transfer_ownership-transfer',
  app: 'files',
  method: 'POST',
  path: '/apps/files/api/v1/transferownership',
  access: 'user',
  anonymous: 'empty-page',
  summary: 'Offer a file or folder of the caller to another account, which is asked by a notification',
  input: { recipient: p.string(), path: p.string() },
  output: s.empty(),
  responses: { 400: s.empty(), 403: s.empty() },
  probe: { recipient: 'no-such-account', path: '/' },
  notImplemented,
  handle: ({ input, me, world, ok, respond }) => {
    const made = transfers.request(world, me, input.recipient, input.path)
    if (made === 'no-recipient' || made === 'not-found') return respond(400)
    return made === 'not-owner' ? respond(403) : ok()
  },
})

const STATUSES = { done: 200, 'not-found': 404, 'not-recipient': 403 } as const

export const accept = defineEndpoint({
  id: 'files-transfer_ownership-accept',
  app: 'files',
  method: 'POST',
  path: '/apps/files/api/v1/transferownership/{id}',
  access: 'user',
  anonymous: 'empty-page',
  summary: 'Agree to own what somebody offers',
  input: { id: p.int() },
  output: s.empty(),
  responses: { 403: s.empty(), 404: s.empty() },
  probe: { id: '0' },
  notImplemented,
  handle: ({ input, me, world, respond }) => respond(STATUSES[transfers.answer(world, me, input.id, true)]),
})

export const reject = defineEndpoint({
  id: 'files-transfer_ownership-reject',
  app: 'files',
  method: 'DELETE',
  path: '/apps/files/api/v1/transferownership/{id}',
  access: 'user',
  anonymous: 'empty-page',
  summary: 'Refuse to own what somebody offers; they are told so',
  input: { id: p.int() },
  output: s.empty(),
  responses: { 403: s.empty(), 404: s.empty() },
  probe: { id: '0' },
  handle: ({ input, me, world, respond }) => respond(STATUSES[transfers.answer(world, me, input.id, false)]),
})
