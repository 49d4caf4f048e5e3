import { defineEndpoint, p, s } from '#app/index.ts'
import { phpKey } from '#lib/php.ts'
import * as preferences from './state.ts'

const NAMES = 'Names and values; all of them are refused where one is'

export const setPreference = defineEndpoint({
  id: 'provisioning_api-preferences-set-preference',
  app: 'provisioning_api',
  method: 'POST',
  path: '/apps/provisioning_api/api/v1/config/users/{appId}/{configKey}',
  access: 'user',
  summary: 'Set one of your preferences, where its app lets you',
  input: { configValue: p.string().describe('The new value') },
  output: s.empty(),
  responses: { 400: s.empty() },
  handle: ({ input, me, world, ok, respond, crash }) => {
    switch (preferences.set(world, me, input.appId, { [input.configKey]: input.configValue })) {
      case 'set':
        return ok()
      case 'refused':
        return respond(400)
      case 'broken':
        return crash()
    }
  },
})

export const setMultiplePreferences = defineEndpoint({
  id: 'provisioning_api-preferences-set-multiple-preferences',
  app: 'provisioning_api',
  method: 'POST',
  path: '/apps/provisioning_api/api/v1/config/users/{appId}',
  access: 'user',
  summary: 'Set several of your preferences of one app',
  input: { configs: p.array().describe(NAMES) },
  output: s.empty(),
  responses: { 400: s.empty() },
  handle: ({ input, me, world, ok, respond, crash }) => {
    const values = new Map<string, string>()
    for (const [key, value] of Object.entries(input.configs)) {
      // Upstream a preference's name and value are typed as strings; a list has numbers for names.
      if (typeof value !== 'string' || typeof phpKey(key) === 'number') return crash()
      values.set(key, value)
    }
    switch (preferences.set(world, me, input.appId, Object.fromEntries(values))) {
      case 'set':
        return ok()
      case 'refused':
        return respond(400)
      case 'broken':
        return crash()
    }
  },
})

export const deletePreference = defineEndpoint({
  id: 'provisioning_api-preferences-delete-preference',
  app: 'provisioning_api',
  method: 'DELETE',
  path: '/apps/provisioning_api/api/v1/config/users/{appId}/{configKey}',
  access: 'user',
  summary: 'Delete one of your preferences, where its app lets you',
  output: s.empty(),
  responses: { 400: s.empty() },
  handle: ({ input, me, world, ok, respond }) =>
    preferences.remove(world, me, input.appId, [input.configKey]) === 'removed' ? ok() : respond(400),
})

export const deleteMultiplePreference = defineEndpoint({
  id: 'provisioning_api-preferences-delete-multiple-preference',
  app: 'provisioning_api',
  method: 'DELETE',
  path: '/apps/provisioning_api/api/v1/config/users/{appId}',
  access: 'user',
  summary: 'Delete several of your preferences of one app',
  input: { configKeys: p.array().describe('Names') },
  output: s.empty(),
  responses: { 400: s.empty() },
  handle: ({ input, me, world, ok, respond, crash }) => {
    const names = Object.values(input.configKeys)
    if (!names.every((name) => typeof name === 'string')) return crash()
    return preferences.remove(world, me, input.appId, names) === 'removed' ? ok() : respond(400)
  },
})
