import { defineEndpoint, type InferParams, p, s } from '#app/index.ts'
import type { PhpArray } from '#lib/php.ts'
import { isAdmin } from '#line/identify.ts'
import { webhookEvents } from './data.ts'
import * as webhooks from './state.ts'

const listener = s.object({
  id: s.int(),
  appId: s.nullable(s.string()),
  userId: s.nullable(s.string()),
  httpMethod: s.string(),
  uri: s.string(),
  event: s.string(),
  eventFilter: s.record(s.any()),
  userIdFilter: s.nullable(s.string()),
  headers: s.nullable(s.secret(s.record(s.any()))),
  authMethod: s.literal('none', 'header'),
  authData: s.nullable(s.secret()),
  tokenNeeded: s.record(s.any()),
})

const print = (hook: webhooks.Webhook): PhpArray => ({
  id: hook.id,
  appId: hook.appId,
  userId: hook.userId,
  httpMethod: hook.httpMethod,
  uri: hook.uri,
  event: hook.event,
  eventFilter: hook.eventFilter,
  userIdFilter: hook.userIdFilter,
  headers: hook.headers,
  authMethod: hook.authMethod,
  authData: hook.authData,
  tokenNeeded: hook.tokenNeeded,
})

/** The real server shows its database query. */
const NOT_FOUND =
  'Did expect one result but found none when executing: query "SELECT * FROM `*PREFIX*webhook_listeners` WHERE `id` = :dcValue1"; '

export const listWebhooks = defineEndpoint({
  id: 'webhook_listeners-webhooks-index',
  app: 'webhook_listeners',
  method: 'GET',
  path: '/apps/webhook_listeners/api/v1/webhooks',
  access: 'delegated',
  exAppsForNobody: true,
  summary: 'The registered webhooks, or those that are sent to one URI',
  input: { uri: p.string().orNull() },
  output: s.list(listener),
  handle: ({ input, world, ok }) => ok(webhooks.list(world, input.uri).map(print)),
})

export const showWebhook = defineEndpoint({
  id: 'webhook_listeners-webhooks-show',
  app: 'webhook_listeners',
  method: 'GET',
  path: '/apps/webhook_listeners/api/v1/webhooks/{id}',
  access: 'delegated',
  exAppsForNobody: true,
  summary: 'One registered webhook',
  input: { id: p.int() },
  output: listener,
  failures: { 404: NOT_FOUND },
  probe: { id: '1' },
  handle: ({ input, world, ok, fail }) => {
    const found = webhooks.find(world, input.id)
    return found ? ok(print(found)) : fail(404)
  },
})

const INPUT = {
  httpMethod: p.string().oneOf('GET', 'POST', 'PUT', 'DELETE').describe('How the call is sent'),
  uri: p.string().describe('Where the call is sent'),
  event: p.string().describe('Class of the event to listen to'),
  eventFilter: p.array().orNull().describe('Conditions on what would be sent'),
  userIdFilter: p.string().orNull().describe('Only what this account does'),
  headers: p.array().secret().orNull().describe('Headers to send along'),
  authMethod: p.string().orNull().oneOf('none', 'header'),
  authData: p.array().secret().orNull().describe('Headers for authentication'),
  tokenNeeded: p.array().orNull().describe('Accounts and roles for which tokens are sent along'),
}

const FAILURES = {
  400: [
    'This auth method does not exist',
    'Header auth method needs an associative array of headers as auth data',
    'The class is not an event class compatible with webhooks',
  ],
} as const

type Input = InferParams<typeof INPUT>

/** What would be registered, or why it cannot be. */
function readWebhook(input: Input, events: readonly string[], by: Pick<webhooks.Webhook, 'appId' | 'userId'>) {
  const method = input.authMethod ?? 'none'
  if (method !== 'none' && method !== 'header') return FAILURES[400][0]
  // A leading backslash is not part of a class's name.
  const event = input.event.replace(/^\\+/, '')
  if (!events.includes(event)) return `${event} is not an event class compatible with webhooks`
  if (method === 'header' && input.authData === null) return FAILURES[400][1]
  const made: webhooks.NewWebhook = {
    ...by,
    httpMethod: input.httpMethod,
    uri: input.uri,
    event,
    eventFilter: input.eventFilter ?? [],
    userIdFilter: input.userIdFilter ?? '',
    headers: input.headers,
    authMethod: method,
    auth: input.authData,
    tokenNeeded: input.tokenNeeded ?? [],
  }
  return made
}

export const createWebhook = defineEndpoint({
  id: 'webhook_listeners-webhooks-create',
  app: 'webhook_listeners',
  method: 'POST',
  path: '/apps/webhook_listeners/api/v1/webhooks',
  access: 'delegated',
  exAppsForNobody: true,
  summary: 'Register a webhook',
  input: INPUT,
  output: listener,
  failures: FAILURES,
  handle: ({ input, actor, world, profile, ok, fail }) => {
    const by = { appId: actor.exApp ?? null, userId: actor.userId }
    const tokens = isAdmin(world, actor) ? input.tokenNeeded : null
    const made = readWebhook({ ...input, tokenNeeded: tokens }, webhookEvents.of(profile), by)
    return typeof made === 'string' ? fail(400, made) : ok(print(webhooks.register(world, made)))
  },
})

export const updateWebhook = defineEndpoint({
  id: 'webhook_listeners-webhooks-update',
  app: 'webhook_listeners',
  method: 'POST',
  path: '/apps/webhook_listeners/api/v1/webhooks/{id}',
  access: 'delegated',
  exAppsForNobody: true,
  summary: 'Replace a webhook',
  input: { id: p.int(), ...INPUT },
  output: listener,
  failures: FAILURES,
  handle: ({ input, actor, world, profile, ok, fail }) => {
    const by = { appId: actor.exApp ?? null, userId: actor.userId }
    const made = readWebhook(input, webhookEvents.of(profile), by)
    return typeof made === 'string' ? fail(400, made) : ok(print(webhooks.replace(world, input.id, made)))
  },
})

export const deleteWebhook = defineEndpoint({
  id: 'webhook_listeners-webhooks-destroy',
  app: 'webhook_listeners',
  method: 'DELETE',
  path: '/apps/webhook_listeners/api/v1/webhooks/{id}',
  access: 'delegated',
  exAppsForNobody: true,
  summary: 'Remove a webhook and say whether it was there',
  input: { id: p.int() },
  output: s.bool(),
  handle: ({ input, world, ok }) => ok(webhooks.remove(world, input.id)),
})

export const deleteWebhooksOfApp = defineEndpoint({
  id: 'webhook_listeners-webhooks-delete-by-app-id',
  app: 'webhook_listeners',
  method: 'DELETE',
  path: '/apps/webhook_listeners/api/v1/webhooks/byappid/{appid}',
  access: 'delegated',
  exAppsForNobody: true,
  summary: 'Remove the webhooks of an ExApp and say how many there were',
  output: s.int(),
  handle: ({ input, world, ok }) => ok(webhooks.removeOfApp(world, input.appid)),
})
