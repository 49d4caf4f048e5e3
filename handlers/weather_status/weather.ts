import { defineEndpoint, p, s } from '#app/index.ts'
import { parseJson } from '#lib/json.ts'
import { dateZ, type PhpArray, phpFloatText, toFloat, toInt } from '#lib/php.ts'
import { fits } from '#lib/schema.ts'
import * as accounts from '#world/accounts/accounts.ts'
import * as users from '#world/accounts/users.ts'
import { getUser, setUser } from '#world/settings/config.ts'
import type { World } from '#world/world.ts'
import * as weather from './state.ts'

const APP = 'weather_status'
const BASE = '/apps/weather_status/api/v1'
const MANUAL_LOCATION = '2'
const NOT_FOUND = { success: false } as const

const success = s.object({ success: s.bool() })
const located = s.object({
  success: s.bool(),
  lat: s.optional(s.nullable(s.string())),
  lon: s.optional(s.nullable(s.string())),
  address: s.optional(s.nullable(s.string())),
})

const get = (world: World, userId: string, key: string, fallback = '') => getUser(world, userId, APP, key, fallback)
const set = (world: World, userId: string, key: string, value: string) => setUser(world, userId, APP, key, value)
const coordinate = (world: World, userId: string, key: 'lat' | 'lon') => toFloat(get(world, userId, key))

/** Go to an address that can be found. */
function goTo(world: World, userId: string, address: string): PhpArray {
  const place = weather.findPlace(world, address)
  if (!place) return NOT_FOUND
  const [lat, lon] = [phpFloatText(place.lat), phpFloatText(place.lon)]
  set(world, userId, 'address', place.address)
  set(world, userId, 'lat', lat)
  set(world, userId, 'lon', lon)
  set(world, userId, 'mode', MANUAL_LOCATION)
  return { lat, lon, address: place.address, success: true }
}

export const setMode = defineEndpoint({
  id: 'weather_status-set-mode',
  app: APP,
  method: 'PUT',
  path: `${BASE}/mode`,
  access: 'user',
  summary: 'Where the location comes from: 1 the browser, 2 what was written',
  input: { mode: p.int() },
  output: success,
  handle: ({ input: { mode }, me, world, ok }) => {
    set(world, me, 'mode', String(mode))
    return ok({ success: true })
  },
})

export const usePersonalAddress = defineEndpoint({
  id: 'weather_status-use-personal-address',
  app: APP,
  method: 'PUT',
  path: `${BASE}/use-personal`,
  access: 'user',
  summary: "Take the address of the caller's profile",
  output: located,
  handle: ({ me, world, ok }) => {
    const user = users.find(world, me)
    const address = user ? accounts.property(world, user, 'address').value : ''
    return ok(address === '' ? NOT_FOUND : goTo(world, me, address))
  },
})

export const getLocation = defineEndpoint({
  id: 'weather_status-get-location',
  app: APP,
  method: 'GET',
  path: `${BASE}/location`,
  access: 'user',
  summary: 'The place whose weather the caller sees',
  output: s.object({ lat: s.string(), lon: s.string(), address: s.string(), mode: s.int() }),
  handle: ({ me, world, ok }) => {
    const show = (value: number) => (Math.abs(value) < Number.EPSILON ? '' : phpFloatText(value))
    return ok({
      lat: show(coordinate(world, me, 'lat')),
      lon: show(coordinate(world, me, 'lon')),
      address: get(world, me, 'address'),
      mode: toInt(get(world, me, 'mode', MANUAL_LOCATION)),
    })
  },
})

export const setLocation = defineEndpoint({
  id: 'weather_status-set-location',
  app: APP,
  method: 'PUT',
  path: `${BASE}/location`,
  access: 'user',
  summary: 'Choose a place by its coordinates or its address',
  input: { address: p.string().orNull(), lat: p.float().orNull(), lon: p.float().orNull() },
  output: located,
  handle: ({ input: { address, lat, lon }, me, world, ok }) => {
    if (lat === null || lon === null) return ok(address && address !== '0' ? goTo(world, me, address) : NOT_FOUND)
    const name = weather.nameOf(world, lat, lon) ?? 'Unknown address'
    set(world, me, 'lat', phpFloatText(lat))
    set(world, me, 'lon', phpFloatText(lon))
    set(world, me, 'address', name)
    return ok({ address: name, success: true })
  },
})

const rain = s.object({
  summary: s.object({ symbol_code: s.string() }),
  details: s.object({ precipitation_amount: s.optional(s.number()) }, 'allow'),
})

export const getForecast = defineEndpoint({
  id: 'weather_status-get-forecast',
  app: APP,
  method: 'GET',
  path: `${BASE}/forecast`,
  access: 'user',
  summary: 'The weather of the next ten hours at the chosen place',
  output: s.union(
    s.list(
      s.object({
        time: s.string(),
        data: s.object({
          instant: s.object({ details: s.record(s.number()) }),
          next_12_hours: rain,
          next_1_hours: rain,
          next_6_hours: rain,
        }),
      }),
    ),
    s.object({ error: s.string() }),
  ),
  responses: { 404: s.object({ success: s.literal(false) }) },
  handle: ({ me, world, ok, respond }) => {
    const [lat, lon] = [coordinate(world, me, 'lat'), coordinate(world, me, 'lon')]
    if (lat === 0 || lon === 0) return respond(404, NOT_FOUND)
    const hours = weather.forecast(world, lat, lon)
    return ok(hours ? hours.map(showHour) : { error: 'Malformed JSON data.' })
  },
})

function showHour(hour: weather.ForecastHour): PhpArray {
  const rest = { summary: { symbol_code: hour.symbol }, details: { precipitation_amount: hour.precipitation } }
  return {
    time: dateZ(hour.at),
    data: {
      instant: {
        details: {
          air_pressure_at_sea_level: hour.pressure,
          air_temperature: hour.temperature,
          cloud_area_fraction: hour.clouds,
          relative_humidity: hour.humidity,
          wind_from_direction: hour.windFrom,
          wind_speed: hour.windSpeed,
        },
      },
      next_12_hours: rest,
      next_1_hours: rest,
      next_6_hours: rest,
    },
  }
}

export const getFavorites = defineEndpoint({
  id: 'weather_status-get-favorites',
  app: APP,
  method: 'GET',
  path: `${BASE}/favorites`,
  access: 'user',
  summary: 'Addresses that the caller keeps at hand',
  output: s.list(s.string()),
  handle: ({ me, world, ok, crash }) => {
    const favorites = parseJson(get(world, me, 'favorites', '[]'))
    // What the preferences were given by another way may be anything; upstream, the return type refuses it.
    return fits(s.list(s.string()), favorites) ? ok(favorites) : crash()
  },
})

export const setFavorites = defineEndpoint({
  id: 'weather_status-set-favorites',
  app: APP,
  method: 'PUT',
  path: `${BASE}/favorites`,
  access: 'user',
  summary: 'Replace the addresses that the caller keeps at hand',
  input: { favorites: p.array() },
  output: success,
  handle: ({ input: { favorites }, me, world, ok }) => {
    set(world, me, 'favorites', JSON.stringify(favorites))
    return ok({ success: true })
  },
})
