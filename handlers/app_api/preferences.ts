import { defineEndpoint, p, s } from '#app/index.ts'
import { keep } from '#world/exapps/config.ts'
import * as registrations from '#world/exapps/registrations.ts'
import { pick } from './config.ts'

/** An ExApp that speaks for nobody has no preferences; the real server fails over it. */

export const setUserConfigValue = defineEndpoint({
  id: 'app_api-preferences-set-user-config-value',
  app: 'app_api',
  method: 'POST',
  path: '/apps/app_api/api/v1/ex-app/preference',
  access: 'app-api',
  csrf: false,
  summary: 'Keep a preference of the account that the ExApp speaks for',
  input: { configKey: p.string(), configValue: p.mixed(), sensitive: p.int().orNull() },
  output: s.object({
    id: s.int(),
    user_id: s.string(),
    appid: s.string(),
    configkey: s.string(),
    configvalue: s.string(),
    sensitive: s.int(),
  }),
  failures: { 400: 'Config key cannot be empty' },
  handle: ({ input, world, actor, ok, fail, crash }) => {
    if (input.configKey === '') return fail(400)
    if (actor.userId === null) return crash()
    const { id, exApp, data } = keep(world, 'preference', actor.exApp!, [actor.userId], input)
    return ok({
      id,
      user_id: actor.userId,
      appid: exApp,
      configkey: String(data.key),
      configvalue: String(data.value),
      sensitive: Number(data.sensitive),
    })
  },
})

export const getUserConfigValues = defineEndpoint({
  id: 'app_api-preferences-get-user-config-values',
  app: 'app_api',
  method: 'POST',
  path: '/apps/app_api/api/v1/ex-app/preference/get-values',
  access: 'app-api',
  csrf: false,
  summary: 'Preferences of the account by their keys; those that are not there are left out',
  input: { configKeys: p.array() },
  output: s.list(s.object({ configkey: s.string(), configvalue: s.string() })),
  handle: ({ input, world, actor, ok, crash }) => {
    if (actor.userId === null) return crash()
    const all = registrations.ofExApp(world, 'preference', actor.exApp!, [actor.userId])
    return ok(pick(all, Object.values(input.configKeys)))
  },
})

export const deleteUserConfigValues = defineEndpoint({
  id: 'app_api-preferences-delete-user-config-values',
  app: 'app_api',
  method: 'DELETE',
  path: '/apps/app_api/api/v1/ex-app/preference',
  access: 'app-api',
  csrf: false,
  summary: 'Forget preferences of the account; the answer is how many there were',
  input: { configKeys: p.array() },
  output: s.int(),
  failures: { 404: 'No preferences_ex values deleted' },
  handle: ({ input, world, actor, ok, fail, crash }) => {
    const { userId } = actor
    if (userId === null) return crash()
    const keys = Object.values(input.configKeys).map(String)
    const gone = keys.filter((key) => registrations.remove(world, 'preference', actor.exApp!, [userId, key]))
    return gone.length === 0 ? fail(404) : ok(gone.length)
  },
})
