import { SimpleFaker } from '@faker-js/faker'
import { parseJson } from '#lib/json.ts'
import { fits, s } from '#lib/schema.ts'
import { getApp, getSystemBool } from '#world/settings/config.ts'
import type { World } from '#world/world.ts'

/** A place on the map. */
export interface Place {
  readonly address: string
  readonly lat: number
  readonly lon: number
}

/** What the sky does from one hour on; units as the real service has them (°C, hPa, %, m/s, mm). */
export interface ForecastHour {
  /** Seconds since 1970. */
  readonly at: number
  readonly temperature: number
  readonly pressure: number
  readonly clouds: number
  readonly humidity: number
  readonly windFrom: number
  readonly windSpeed: number
  readonly precipitation: number
  readonly symbol: string
}

const HOUR = 3600
const SYMBOLS = ['clearsky_day', 'fair_day', 'partlycloudy_day', 'cloudy', 'rain', 'lightrain', 'fog', 'snow'] as const
/** Places that can be found; others are made up. App setting, a JSON list of {@link Place}. */
const PLACES = 'ocsmock_places'

/** A server without internet learns nothing from outside. */
const isOnline = (world: World) => getSystemBool(world, 'has_internet_connection', true)

/** Look an address up: one of the settings', or a place that is made up from the address and the world's seed. */
export function findPlace(world: World, address: string): Place | null {
  if (!isOnline(world)) return null
  const known = knownPlaces(world).find((place) => place.address.toLowerCase().includes(address.toLowerCase()))
  if (known) return known
  const { number } = fakerFor(world, address)
  const coordinate = (range: number) => number.float({ min: -range, max: range, fractionDigits: 7 })
  return { address, lat: coordinate(60), lon: coordinate(179) }
}

/** What a point on the map is called, or `null` where nobody can be asked. */
export function nameOf(world: World, lat: number, lon: number): string | null {
  if (!isOnline(world)) return null
  const near = knownPlaces(world).find((place) => Math.abs(place.lat - lat) < 0.01 && Math.abs(place.lon - lon) < 0.01)
  return near?.address ?? `Place at ${lat.toFixed(2)}, ${lon.toFixed(2)}`
}

/** The next ten hours at a place, the same for the same seed, place and hour; `null` without internet. */
export function forecast(world: World, lat: number, lon: number): ForecastHour[] | null {
  if (!isOnline(world)) return null
  const first = Math.ceil(world.clock.seconds() / HOUR) * HOUR
  return Array.from({ length: 10 }, (_, i) => hourAt(world, lat, lon, first + i * HOUR))
}

function hourAt(world: World, lat: number, lon: number, at: number): ForecastHour {
  const { number, helpers } = fakerFor(world, `${lat.toFixed(2)},${lon.toFixed(2)},${at}`)
  const tenth = (min: number, max: number) => number.float({ min, max, fractionDigits: 1 })
  return {
    at,
    temperature: tenth(-5, 30),
    pressure: tenth(980, 1040),
    clouds: tenth(0, 100),
    humidity: tenth(20, 100),
    windFrom: tenth(0, 360),
    windSpeed: tenth(0, 15),
    precipitation: tenth(0, 3),
    symbol: helpers.arrayElement(SYMBOLS),
  }
}

const placesSchema = s.list(s.object({ address: s.string(), lat: s.number(), lon: s.number() }))

function knownPlaces(world: World): readonly Place[] {
  const places = parseJson(getApp(world, 'weather_status', PLACES, '[]'))
  return fits(placesSchema, places) ? places : []
}

function fakerFor(world: World, text: string): SimpleFaker {
  const faker = new SimpleFaker()
  faker.seed([world.random.state.seed, ...text].map((part) => (typeof part === 'string' ? part.charCodeAt(0) : part)))
  return faker
}
