import { defineEndpoint, p, s } from '#app/index.ts'

/**
 * Bots are Talk's, and the release does not ship Talk: the real server, too, can only refuse. What it does with Talk
 * is not imitated.
 */
const route = { app: 'app_api', path: '/apps/app_api/api/v1/talk_bot', access: 'app-api', csrf: false } as const
const notImplemented = ['servers on which Talk is installed']

export const registerTalkBot = defineEndpoint({
  ...route,
  id: 'app_api-talk_bot-register-ex-app-talk-bot',
  method: 'POST',
  summary: 'Register a bot of Talk, whose messages the server passes on to a route of the ExApp',
  input: { name: p.string(), route: p.string(), description: p.string() },
  output: s.object({ id: s.string(), secret: s.secret() }),
  failures: { 400: 'Talk bots could not be registered' },
  notImplemented,
  handle: ({ fail }) => fail(400),
})

export const unregisterTalkBot = defineEndpoint({
  ...route,
  id: 'app_api-talk_bot-unregister-ex-app-talk-bot',
  method: 'DELETE',
  summary: 'Unregister a bot of Talk',
  input: { route: p.string() },
  output: s.bool(),
  failures: { 404: 'Talk bots could not be unregistered' },
  notImplemented,
  handle: ({ fail }) => fail(404),
})

export const proxyTalkMessage = defineEndpoint({
  id: 'app_api-talk_bot-proxy-talk-message',
  app: 'app_api',
  method: 'POST',
  path: '/apps/app_api/api/v1/talk_proxy/{appId}/{route:.+}',
  access: 'public',
  csrf: false,
  summary: 'Pass a message of Talk on to the bot of an ExApp, if its signature is right',
  output: s.empty(),
  responses: { 404: s.empty() },
  notImplemented,
  handle: ({ respond }) => respond(404),
})
