import { directly, expect, it } from '../../support/ways.ts'

const alice = 'alice:secret'
const BASE = '/apps/weather_status/api/v1'
const BERLIN = { address: 'Berlin, Germany', lat: 52.5170365, lon: 13.3888599 }
const SEED = {
  users: [{ id: 'alice', password: 'secret' }],
  config: {
    system: { has_internet_connection: true },
    apps: { weather_status: { ocsmock_places: JSON.stringify([BERLIN]) } },
  },
  clock: { now: '2026-03-02T10:20:00Z', frozen: true },
}

directly('weather', SEED, (way) => {
  const put = (path: string, json: object = {}) => way.ask('PUT', `${BASE}/${path}`, { as: alice, json })
  const get = (path: string) => way.ask('GET', `${BASE}/${path}`, { as: alice })

  it('is of no place before one is chosen', async () => {
    ;(await get('location')).expectData({ lat: '', lon: '', address: '', mode: 2 })
    const unknown = await get('forecast')
    expect(unknown.code).toBe(404)
    unknown.expectData({ success: false })
  })

  way.inEveryWay('is of an address that was found', async () => {
    const chosen = await put('location', { address: 'berlin' })
    chosen.expectData({ lat: '52.5170365', lon: '13.3888599', address: BERLIN.address, success: true })
    ;(await get('location')).expectData({ lat: '52.5170365', lon: '13.3888599', address: BERLIN.address, mode: 2 })
    const forecast = await get('forecast')
    expect(forecast.code).toBe(200)
    expect(forecast.text.match(/2026-03-02T\d\d:00:00Z/g)).toHaveLength(10)
    expect(forecast.text).toContain('2026-03-02T11:00:00Z')
    expect((await get('forecast')).text).toBe(forecast.text)
  })

  it('is of a point on the map, which is called by its address', async () => {
    const chosen = await put('location', { lat: BERLIN.lat, lon: BERLIN.lon })
    chosen.expectData({ address: BERLIN.address, success: true })
    ;(await put('location', {})).expectData({ success: false })
  })

  way.inEveryWay('takes the address of the profile', async () => {
    ;(await put('use-personal')).expectData({ success: false })
    const form = { key: 'address', value: 'Berlin' }
    await way.ask('PUT', '/cloud/users/alice', { as: alice, form })
    const taken = await put('use-personal')
    taken.expectData({ lat: '52.5170365', lon: '13.3888599', address: BERLIN.address, success: true })
  })

  way.inEveryWay('keeps the mode and the favourites of an account', async () => {
    ;(await put('mode', { mode: 1 })).expectData({ success: true })
    ;(await get('location')).expectData({ lat: '', lon: '', address: '', mode: 1 })
    ;(await get('favorites')).expectData([])
    ;(await put('favorites', { favorites: ['Berlin', 'Oslo'] })).expectData({ success: true })
    ;(await get('favorites')).expectData(['Berlin', 'Oslo'])
    ;(await way.ask('GET', `${BASE}/favorites`, { as: 'admin:admin' })).expectData([])
  })
})

directly('weather without internet', { ...SEED, config: { system: { has_internet_connection: false } } }, (way) => {
  it('finds no address', async () => {
    const chosen = await way.ask('PUT', `${BASE}/location`, { as: alice, json: { address: 'Berlin' } })
    chosen.expectData({ success: false })
  })

  it('knows a point without its name, and not its weather', async () => {
    const chosen = await way.ask('PUT', `${BASE}/location`, { as: alice, json: { lat: 1.5, lon: 2.5 } })
    chosen.expectData({ address: 'Unknown address', success: true })
    const forecast = await way.ask('GET', `${BASE}/forecast`, { as: alice })
    forecast.expectData({ error: 'Malformed JSON data.' })
  })
})
