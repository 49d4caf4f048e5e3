import { defineEndpoint, p, s } from '../../src/endpoint.ts'
import type { PhpArray } from '../../src/php.ts'
import * as apps from '../../src/world/apps.ts'
import * as users from '../../src/world/users.ts'
import type { World } from '../../src/world/world.ts'

/** Providers by the app that brings them. None of them can be switched on by an administrator. */
const PROVIDERS: Readonly<Record<string, string>> = {
  twofactor_totp: 'totp',
  twofactor_backupcodes: 'backup_codes',
  twofactor_nextcloud_notification: 'twofactor_nextcloud_notification',
}

function statesOf(world: World): PhpArray {
  const there = Object.entries(PROVIDERS).filter(([app]) => apps.isEnabled(world, app))
  return Object.fromEntries(there.map(([, provider]) => [provider, false]))
}

const states = s.record(s.bool())
const responses = { 404: s.null() } as const

export const twoFactorState = defineEndpoint({
  id: 'core-two_factor_api-state',
  app: 'core',
  method: 'GET',
  path: '/twofactor/state',
  access: 'admin',
  summary: 'Which second factors of an account are on',
  input: { user: p.string() },
  output: states,
  responses,
  probe: { user: '$me' },
  handle: ({ input, world, ok, respond }) => (users.find(world, input.user) ? ok(statesOf(world)) : respond(404, null)),
})

export const enableTwoFactor = defineEndpoint({
  id: 'core-two_factor_api-enable',
  app: 'core',
  method: 'POST',
  path: '/twofactor/enable',
  access: 'admin',
  passwordConfirmation: true,
  summary: 'Switch on those second factors of an account that an administrator can',
  input: { user: p.string(), providers: p.array().default([]) },
  output: states,
  responses,
  handle: ({ input, world, ok, respond }) => (users.find(world, input.user) ? ok(statesOf(world)) : respond(404, null)),
})

export const disableTwoFactor = defineEndpoint({
  id: 'core-two_factor_api-disable',
  app: 'core',
  method: 'POST',
  path: '/twofactor/disable',
  access: 'admin',
  passwordConfirmation: 'strict',
  summary: 'Switch off those second factors of an account that an administrator can',
  input: { user: p.string(), providers: p.array().default([]) },
  output: states,
  responses,
  handle: ({ input, world, ok, respond }) => (users.find(world, input.user) ? ok(statesOf(world)) : respond(404, null)),
})
