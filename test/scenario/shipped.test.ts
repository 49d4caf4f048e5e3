import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { shippedScenarios } from '#scenario/shipped.ts'
import * as users from '#world/accounts/users.ts'
import type { ShippedScenarioName } from '../../scenarios/names.ts'
import { HandTimers } from '../support/hand-timers.ts'
import { directly, everyTransport, type PlainWay } from '../support/ways.ts'

const FOLDER = new URL('../../scenarios/', import.meta.url).pathname

describe('the shipped scenarios', () => {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.yaml'))

  it('are those of the folder, each with its schema in the first line and its description in the next', () => {
    expect(files.map((file) => file.slice(0, -'.yaml'.length))).toEqual(Object.keys(shippedScenarios()))
    for (const file of files) {
      const [first, second] = readFileSync(FOLDER + file, 'utf8').split('\n')
      expect(first).toBe('# yaml-language-server: $schema=./schema.json')
      expect(second).toBe(`description: ${shippedScenarios()[file.slice(0, -'.yaml'.length)]!.description}`)
    }
  })
})

/** What a client does in a scenario. */
class Client {
  readonly #way: PlainWay
  readonly #login: string
  constructor(way: PlainWay, login: string) {
    this.#way = way
    this.#login = login
  }

  send(method: string, path: string, body?: string | URLSearchParams): Promise<Response> {
    const headers = { Authorization: `Basic ${btoa(this.#login)}`, 'OCS-APIRequest': 'true' }
    return this.#way.fetch(path, { method, headers, ...(body === undefined ? {} : { body }) })
  }

  async status(method: string, path: string, body?: string): Promise<number> {
    return (await this.send(method, path, body)).status
  }

  async ocs(method: string, path: string, form?: Record<string, string>) {
    const query = path.includes('?') ? '&' : '?'
    const answer = await this.send(method, `/ocs/v2.php${path}${query}format=json`, form && new URLSearchParams(form))
    return (await answer.json()).ocs
  }
}

const played = (scenario: ShippedScenarioName, body: (way: PlainWay) => void) =>
  directly(scenario, {}, body, { scenario })

const DAV = '/remote.php/dav/files/alice'

played('enabling-and-disabling-apps', (way) => {
  it('takes the routes and capabilities of the app along', async () => {
    const admin = new Client(way, 'admin:admin')
    const status = async () => (await admin.ocs('GET', '/apps/user_status/api/v1/predefined_statuses')).meta.statuscode
    const capabilities = async () => Object.keys((await admin.ocs('GET', '/cloud/capabilities')).data.capabilities)
    expect([await status(), await capabilities()]).toEqual([200, expect.arrayContaining(['user_status'])])
    await way.ocs.scenario.advance('the app goes')
    expect([await status(), await capabilities()]).toEqual([998, expect.not.arrayContaining(['user_status'])])
    way.ocs.world.clock.advance('1h')
    expect(await status()).toBe(200)
  })
})

played('expired-direct-link', (way) => {
  it('serves the file once, and then no more', async () => {
    const alice = new Client(way, 'alice:alice')
    const listed = await (await alice.send('PROPFIND', `${DAV}/Photos/beach.txt`, FILE_ID)).text()
    const fileId = /<oc:fileid>(\d+)</.exec(listed)?.[1] ?? ''
    const { url } = (await alice.ocs('POST', '/apps/dav/api/v1/direct', { fileId })).data
    const { pathname } = new URL(url)
    const first = await way.fetch(pathname)
    expect([first.status, await first.text()]).toEqual([200, 'The beach.'])
    expect((await way.fetch(pathname)).status).toBe(404)
  })
})
const FILE_ID =
  '<d:propfind xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns"><d:prop><oc:fileid/></d:prop></d:propfind>'

played('expired-share', (way) => {
  it('gives nothing any more when its day is over', async () => {
    const bob = new Client(way, 'bob:bob')
    const received = async () =>
      (await bob.ocs('GET', '/apps/files_sharing/api/v1/shares?shared_with_me=true')).data.length
    const open = async (token: string) => (await way.fetch(`/index.php/s/${token}`)).status
    expect([await received(), await open('summerplans')]).toEqual([1, 200])
    await way.ocs.scenario.advance('the day is over')
    expect([await received(), await open('summerplans')]).toEqual([0, 404])
    await way.ocs.scenario.advance()
    expect(await open('secondtry')).toBe(404)
  })
})

played('quota-exceeded', (way) => {
  it('refuses uploads until the administrator helps', async () => {
    const alice = new Client(way, 'alice:alice')
    const put = (name: string) => alice.status('PUT', `${DAV}/${name}`, 'text')
    expect([await put('a.txt'), await put('b.txt')]).toEqual([201, 507])
    expect((await alice.ocs('GET', '/cloud/user')).data.quota.free).toBe(0)
    await way.ocs.scenario.advance('the administrator helps')
    expect(await put('b.txt')).toBe(201)
  })
})

played('maintenance-during-sync', (way) => {
  const put = (name: string) => new Client(way, 'alice:alice').status('PUT', `${DAV}/${name}`, 'text')

  it('stops a sync at its third upload for ten minutes', async () => {
    expect([await put('1'), await put('2'), await put('3'), await put('3')]).toEqual([201, 201, 503, 503])
    expect(await (await way.fetch('/status.php')).json()).toMatchObject({ maintenance: true })
    way.ocs.world.clock.advance('10m')
    expect(await put('3')).toBe(201)
    await expect(way.ocs.scenario.finish()).resolves.toBeUndefined()
  })

  it('expects that the client tries again', async () => {
    expect([await put('1'), await put('2'), await put('3')]).toEqual([201, 201, 503])
    await expect(way.ocs.scenario.finish()).rejects.toThrow('status: expected 201, found 503')
  })
})

played('revoked-app-password', (way) => {
  it('lets the phone in, and then no more', async () => {
    const phone = new Client(way, 'alice:lost-phone-lost-phone-lost-phone')
    const told = async () => (await phone.ocs('GET', '/apps/notifications/api/v2/notifications')).data
    expect(await told()).toMatchObject([{ subject: 'Your phone was connected' }])
    await way.ocs.scenario.advance('the password is revoked')
    const refused = await phone.ocs('GET', '/cloud/user')
    expect(refused.meta.statuscode).toBe(997)
    expect((await new Client(way, 'alice:alice').ocs('GET', '/cloud/user')).meta.statuscode).toBe(200)
  })
})

played('rate-limiting', (way) => {
  it('answers five requests a minute', async () => {
    const alice = new Client(way, 'alice:alice')
    const ask = () => alice.send('GET', '/ocs/v2.php/apps/files_sharing/api/v1/shares')
    const statuses: number[] = []
    for (let i = 0; i < 6; i++) statuses.push((await ask()).status)
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429])
    expect((await ask()).headers.get('retry-after')).toBe('60')
    expect(await alice.status('GET', '/ocs/v2.php/cloud/user')).toBe(200)
    way.ocs.world.clock.advance('60s')
    expect((await ask()).status).toBe(200)
  })
})

const timers = new HandTimers()
everyTransport('flaky-network', { scenario: 'flaky-network', timers }, (way) => {
  it('loses, delays and scrambles, and is good again', async () => {
    timers.slept.length = 0
    const outcomes = { good: 0, lost: 0, broken: 0, proxy: 0 }
    for (let i = 0; i < 60; i++) {
      try {
        const answer = await way.fetch('/status.php')
        if (answer.status === 502) outcomes.proxy++
        else if (isJson(await answer.text())) outcomes.good++
        else outcomes.broken++
      } catch {
        outcomes.lost++
      }
    }
    for (const count of Object.values(outcomes)) expect(count).toBeGreaterThan(2)
    expect(timers.slept).toHaveLength(60)
    await way.ocs.scenario.advance('the network is good')
    expect((await way.fetch('/status.php')).status).toBe(200)
    expect(timers.slept).toHaveLength(60)
  })
})

function isJson(text: string): boolean {
  try {
    return Boolean(JSON.parse(text))
  } catch {
    return false
  }
}

played('exapp-life', (way) => {
  it('lets the ExApp speak for accounts as long as it is enabled', async () => {
    const speak = async () => {
      const headers = {
        'EX-APP-ID': 'translator',
        'EX-APP-VERSION': '1.0.0',
        'AA-VERSION': '34.0.0',
        'AUTHORIZATION-APP-API': btoa('alice:translator-secret'),
        'OCS-APIRequest': 'true',
      }
      return (await way.fetch('/ocs/v2.php/cloud/user', { headers })).status
    }
    const heard: number[] = [await speak()]
    for (const step of ['registered', 'disabled', 'enabled', 'removed']) {
      await way.ocs.scenario.advance(step)
      heard.push(await speak())
    }
    expect(heard).toEqual([401, 200, 401, 200, 401])
  })
})

played('fresh-installation', (way) => {
  it('is set up by its administrator', async () => {
    const admin = new Client(way, 'admin:admin')
    expect((await admin.ocs('GET', '/cloud/users')).data.users).toEqual(['admin'])
    await way.ocs.scenario.advance('the first settings')
    expect((await admin.ocs('GET', '/cloud/groups/staff/users')).data.users).toEqual(['alice'])
    const alice = new Client(way, 'alice:correct horse battery')
    expect((await alice.ocs('GET', '/cloud/capabilities')).data.capabilities.theming.name).toBe('Example Cloud')
  })
})

played('large-installation', (way) => {
  it('has ten thousand accounts in a hundred groups, the same each time', async () => {
    const admin = new Client(way, 'admin:admin')
    const { data } = await admin.ocs('GET', '/cloud/users?limit=2&offset=5000')
    expect(data.users).toHaveLength(2)
    expect(way.ocs.world.table(users.usersTable).size).toBe(10_001)
    const { data: groups } = await admin.ocs('GET', '/cloud/groups')
    expect(groups.groups).toHaveLength(101)
    const [id] = data.users
    const { data: person } = await admin.ocs('GET', `/cloud/users/${id}`)
    expect(person).toMatchObject({ id, email: `${id}@example.com` })
    expect(id).toMatchInlineSnapshot(`"jett.wehner"`)
  }, 120_000)
})

played('upgrade', (way) => {
  it('lets clients wait, and goes on with other abilities', async () => {
    const alice = new Client(way, 'alice:alice')
    const seen = async () => {
      const { maintenance, needsDbUpgrade } = await (await way.fetch('/status.php')).json()
      return [maintenance, needsDbUpgrade, await alice.status('GET', '/ocs/v1.php/cloud/capabilities')]
    }
    expect(await seen()).toEqual([false, false, 200])
    await way.ocs.scenario.advance('the files are replaced')
    expect(await seen()).toEqual([false, true, 503])
    expect(await alice.status('PROPFIND', DAV)).toBe(503)
    way.ocs.world.clock.advance('5m')
    expect(await seen()).toEqual([true, true, 503])
    way.ocs.world.clock.advance('10m')
    expect(await seen()).toEqual([false, false, 200])
    const { capabilities } = (await alice.ocs('GET', '/cloud/capabilities')).data
    expect([capabilities.files.bigfilechunking, capabilities.weather_status]).toEqual([false, undefined])
  })
})
