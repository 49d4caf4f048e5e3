import { defineEndpoint, type HandlerArguments, p, s } from '#app/index.ts'
import * as loginAttempts from './state.ts'

const APP = 'twofactor_nextcloud_notification'
const BASE = '/apps/twofactor_nextcloud_notification/api/{apiVersion:(v1)}'
const input = { attemptId: p.int() }
const probe = { apiVersion: 'v1', attemptId: '999999' }
const responses = { 202: s.empty(), 403: s.empty(), 404: s.empty() }
const notImplemented = ['The page of the web login that starts an attempt'] as const

type AttemptArguments = Pick<
  HandlerArguments<'/', typeof input, Record<never, never>>,
  'input' | 'me' | 'world' | 'respond'
>

function decide({ input: { attemptId }, me, world, respond }: AttemptArguments, decision: 'accepted' | 'rejected') {
  const attempt = loginAttempts.find(world, attemptId)
  if (!attempt) return respond(404)
  if (loginAttempts.hasEnded(world, attempt)) loginAttempts.forget(world, attempt)
  else if (attempt.userId === me) {
    loginAttempts.decide(world, attempt, decision)
    return respond(decision === 'accepted' ? 202 : 200)
  }
  return respond(403)
}

export const approve = defineEndpoint({
  id: 'twofactor_nextcloud_notification:POST /apps/twofactor_nextcloud_notification/api/{apiVersion}/attempt/{attemptId}',
  app: APP,
  method: 'POST',
  path: `${BASE}/attempt/{attemptId:\\d+}`,
  access: 'user',
  summary: 'Let in whoever waits for the approval of a login',
  input,
  output: s.empty(),
  responses,
  probe,
  notImplemented,
  handle: (args) => decide(args, 'accepted'),
})

export const disapprove = defineEndpoint({
  id: 'twofactor_nextcloud_notification:DELETE /apps/twofactor_nextcloud_notification/api/{apiVersion}/attempt/{attemptId}',
  app: APP,
  method: 'DELETE',
  path: `${BASE}/attempt/{attemptId:\\d+}`,
  access: 'user',
  summary: 'Keep out whoever waits for the approval of a login',
  input,
  output: s.empty(),
  responses,
  probe,
  notImplemented,
  handle: (args) => decide(args, 'rejected'),
})

export const poll = defineEndpoint({
  id: 'twofactor_nextcloud_notification:GET /apps/twofactor_nextcloud_notification/api/{apiVersion}/poll/{token}',
  app: APP,
  method: 'GET',
  path: `${BASE}/poll/{token}`,
  access: 'public',
  summary: 'What became of an attempt to log in',
  output: s.object({ status: s.literal('pending', 'accepted', 'rejected') }),
  responses: { 403: s.empty(), 404: s.empty() },
  probe: { apiVersion: 'v1', token: 'nosuchtoken' },
  notImplemented,
  handle: ({ input: { token }, world, ok, respond }) => {
    const attempt = loginAttempts.findByToken(world, token)
    if (!attempt) return respond(404)
    if (!loginAttempts.hasEnded(world, attempt)) return ok({ status: attempt.status })
    // The first one who is told so is the last.
    loginAttempts.forget(world, attempt)
    return respond(403)
  },
})
