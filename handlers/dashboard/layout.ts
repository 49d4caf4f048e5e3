import { defineEndpoint, p, s } from '#app/index.ts'
import type { Json } from '#lib/json.ts'
import { isPhpArray, phpKey, toBool } from '#lib/php.ts'
import { byRelease } from '#lib/releases.ts'
import { getApp, getUser, setUser } from '#world/settings/config.ts'
import type { World } from '#world/world.ts'

const APP = 'dashboard'
const BASE = '/apps/dashboard/api/v3'

/** The layout as it is stored: the account's own, or what the administrator set for all. */
export const systemLayout = (world: World, userId: string): string =>
  getUser(world, userId, APP, 'layout', getApp(world, APP, 'layout', 'recommendations,spreed,mail,calendar'))

/** What PHP makes of a JSON value in a text. */
function textOf(value: Json): string {
  if (isPhpArray(value)) return 'Array'
  return value === null || value === false ? '' : value === true ? '1' : String(value)
}

/** What PHP makes of a JSON value as a key: numbers lose their fraction, `false` is 0. */
const keyOf = (value: Json) => (value === false ? '0' : textOf(typeof value === 'number' ? Math.trunc(value) : value))

/** Older releases keep what they are given, and show a widget as often as it was given (33.0.0, asked). */
const KEEPS_ONCE = byRelease(false, { 34: true })

/** Each widget once, in their order. */
function tidy<V extends Json>(layout: readonly V[]): V[] {
  const seen = new Set<string>()
  return layout.filter((id) => id !== '' && !seen.has(keyOf(id)) && seen.add(keyOf(id)))
}

/** The widgets on an account's dashboard, each once from 34 on. */
export function layoutOf(world: World, userId: string): string[] {
  const layout = systemLayout(world, userId).split(',')
  return KEEPS_ONCE.at(world.release) ? tidy(layout) : layout.filter((id) => id !== '')
}

export const getLayout = defineEndpoint({
  id: 'dashboard-dashboard_api-get-layout',
  app: APP,
  method: 'GET',
  path: `${BASE}/layout`,
  since: 32,
  access: 'user',
  summary: 'The widgets on the caller’s dashboard, in their order',
  output: s.object({ layout: s.list(s.string()) }),
  handle: ({ world, me, ok }) => ok({ layout: layoutOf(world, me) }),
})

export const updateLayout = defineEndpoint({
  id: 'dashboard-dashboard_api-update-layout',
  app: APP,
  method: 'POST',
  path: `${BASE}/layout`,
  since: 32,
  access: 'user',
  summary: 'Choose the widgets on the caller’s dashboard; ids that no widget has are kept as well',
  input: { layout: p.array() },
  output: s.object({ layout: s.list(s.any()) }),
  handle: ({ input, world, me, ok, crash }) => {
    const given = Object.values(input.layout)
    if (given.some(isPhpArray)) return crash()
    const layout = KEEPS_ONCE.at(world.release) ? tidy(given) : given
    setUser(world, me, APP, 'layout', layout.map(textOf).join(','))
    return ok({ layout })
  },
})

export const getStatuses = defineEndpoint({
  id: 'dashboard-dashboard_api-get-statuses',
  app: APP,
  method: 'GET',
  path: `${BASE}/statuses`,
  since: 32,
  access: 'user',
  summary: 'The statuses on the caller’s dashboard, such as the weather',
  output: s.object({ statuses: s.list(s.union(s.string(), s.int())) }),
  handle: ({ world, me, ok, crash }) => {
    const statuses = statusesOf(world, me)
    return statuses ? ok({ statuses }) : crash()
  },
})

/** The statuses of an account; `null`: what is kept is neither an object nor a list. */
export const statusesOf = (world: World, userId: string) => readStatuses(getUser(world, userId, APP, 'statuses'))

/** Older releases kept an object that says which are on. `null`: JSON that is neither an object nor a list. */
function readStatuses(stored: string): (string | number)[] | null {
  let old: unknown
  try {
    old = JSON.parse(stored)
  } catch {
    return stored.split(',').filter((id) => id !== '')
  }
  if (!isPhpArray(old)) return null
  const entries = Object.entries(old)
  // Whatever cannot be cast to a boolean is an error that nothing catches.
  if (entries.some(([, isOn]) => isOn === null || isPhpArray(isOn))) return null
  return entries.filter(([, isOn]) => toBool(isOn)).map(([id]) => phpKey(id))
}

export const updateStatuses = defineEndpoint({
  id: 'dashboard-dashboard_api-update-statuses',
  app: APP,
  method: 'POST',
  path: `${BASE}/statuses`,
  since: 32,
  access: 'user',
  summary: 'Choose the statuses on the caller’s dashboard',
  input: { statuses: p.array() },
  output: s.object({ statuses: s.union(s.list(s.any()), s.record(s.any())) }),
  handle: ({ input: { statuses }, world, me, ok }) => {
    setUser(world, me, APP, 'statuses', Object.values(statuses).map(textOf).join(','))
    return ok({ statuses })
  },
})
