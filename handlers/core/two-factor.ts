import { defineEndpoint, p, s } from '#app/index.ts'
import { isPhpArray } from '#lib/php.ts'
import * as twoFactor from '#world/accounts/two-factor.ts'
import * as users from '#world/accounts/users.ts'
import type { World } from '#world/world.ts'

const output = s.record(s.bool())
const responses = { 404: s.null() }
const user = p.string().describe('Whose second factors')
const providers = p.array().default([]).describe('Ids such as `totp` or `backup_codes`')

export const getState = defineEndpoint({
  id: 'core-two_factor_api-state',
  app: 'core',
  method: 'GET',
  path: '/twofactor/state',
  since: 32,
  access: 'admin',
  summary: 'Which second factors an account has, on or off',
  input: { user },
  output,
  responses,
  probe: { user: '$me' },
  handle: ({ input, world, ok, respond }) => {
    const account = users.find(world, input.user)
    return account ? ok(twoFactor.states(world, account)) : respond(404, null)
  },
})

/** Some cannot be switched on for somebody else; asking for them changes nothing. */
export const enable = defineEndpoint({
  id: 'core-two_factor_api-enable',
  app: 'core',
  method: 'POST',
  path: '/twofactor/enable',
  since: 32,
  access: 'admin',
  passwordConfirmation: true,
  summary: 'Switch second factors of an account on',
  input: { user, providers },
  output,
  responses,
  handle: ({ input, world, ok, respond, crash }) => {
    const account = users.find(world, input.user)
    if (!account) return respond(404, null)
    return toggleAll(world, account, input.providers, true) ? ok(twoFactor.states(world, account)) : crash()
  },
})

export const disable = defineEndpoint({
  id: 'core-two_factor_api-disable',
  app: 'core',
  method: 'POST',
  path: '/twofactor/disable',
  since: 32,
  access: 'admin',
  passwordConfirmation: 'strict',
  summary: 'Switch second factors of an account off',
  input: { user, providers },
  output,
  responses,
  handle: ({ input, world, ok, respond, crash }) => {
    const account = users.find(world, input.user)
    if (!account) return respond(404, null)
    return toggleAll(world, account, input.providers, false) ? ok(twoFactor.states(world, account)) : crash()
  },
})

/** Stops at the first that there is not. */
function toggleAll(world: World, account: users.User, ids: unknown, on: boolean): boolean {
  if (!isPhpArray(ids)) return true
  return Object.values(ids).every((id) => twoFactor.toggle(world, account, String(id), on) !== 'unknown')
}
