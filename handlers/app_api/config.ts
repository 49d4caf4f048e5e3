import { defineEndpoint, p, s } from '#app/index.ts'
import type { PhpArray } from '#lib/php.ts'
import { keep } from '#world/exapps/config.ts'
import * as registrations from '#world/exapps/registrations.ts'

/** What an ExApp keeps on the server; secrets are told like anything else. */
const stored = ({ id, exApp, data }: registrations.Registration) => ({
  id,
  appid: exApp,
  configkey: String(data.key),
  configvalue: String(data.value),
  sensitive: Number(data.sensitive),
})

const valuesSchema = s.list(s.object({ configkey: s.string(), configvalue: s.string() }))

/** The wanted ones of some kept values, by their keys: the real server reads them through an index (SQLite, asked). */
export function pick(all: readonly registrations.Registration[], keys: readonly unknown[]): PhpArray[] {
  const wanted = new Set(keys.map(String))
  return all
    .filter(({ data }) => wanted.has(String(data.key)))
    .sort((a, b) => (String(a.data.key) < String(b.data.key) ? -1 : 1))
    .map(({ data }) => ({ configkey: String(data.key), configvalue: String(data.value) }))
}

export const setAppConfigValue = defineEndpoint({
  id: 'app_api-app_config-set-app-config-value',
  app: 'app_api',
  method: 'POST',
  path: '/apps/app_api/api/v1/ex-app/config',
  access: 'app-api',
  csrf: false,
  summary: 'Keep a setting of the ExApp',
  input: { configKey: p.string(), configValue: p.mixed(), sensitive: p.int().orNull() },
  output: s.object({
    id: s.int(),
    appid: s.string(),
    configkey: s.string(),
    configvalue: s.string(),
    sensitive: s.int(),
  }),
  failures: { 400: 'Config key cannot be empty' },
  handle: ({ input, world, actor, ok, fail }) =>
    input.configKey === '' ? fail(400) : ok(stored(keep(world, 'config', actor.exApp!, [], input))),
})

export const getAppConfigValues = defineEndpoint({
  id: 'app_api-app_config-get-app-config-values',
  app: 'app_api',
  method: 'POST',
  path: '/apps/app_api/api/v1/ex-app/config/get-values',
  access: 'app-api',
  csrf: false,
  summary: 'Settings of the ExApp by their keys; those that are not there are left out',
  input: { configKeys: p.array() },
  output: valuesSchema,
  handle: ({ input, world, actor, ok }) =>
    ok(pick(registrations.ofExApp(world, 'config', actor.exApp!), Object.values(input.configKeys))),
})

export const deleteAppConfigValues = defineEndpoint({
  id: 'app_api-app_config-delete-app-config-values',
  app: 'app_api',
  method: 'DELETE',
  path: '/apps/app_api/api/v1/ex-app/config',
  access: 'app-api',
  csrf: false,
  summary: 'Forget settings of the ExApp; the answer is how many there were',
  input: { configKeys: p.array() },
  output: s.int(),
  failures: { 404: 'No appconfig_ex values deleted' },
  handle: ({ input, world, actor, ok, fail }) => {
    const keys = Object.values(input.configKeys).map(String)
    const gone = keys.filter((key) => registrations.remove(world, 'config', actor.exApp!, [key]))
    return gone.length === 0 ? fail(404) : ok(gone.length)
  },
})
