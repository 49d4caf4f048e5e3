/** What `ocs-mock/playwright` gives to tests of Playwright, in a real browser. */
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { LAUNCH_ARGUMENTS } from '../../scripts/ensure-browser.ts'
import { type ServedPage, servePage } from './support/page.ts'
import { Sandbox } from './support/sandbox.ts'

/** Shows who asks, and the page's and the server's time. */
const PAGE = `
const ask = async (path) => (await fetch(path, { headers: { 'OCS-APIRequest': 'true', Accept: 'application/json' } })).json()
window.refresh = async () => {
  const { ocs } = await ask('/ocs/v2.php/cloud/user')
  document.body.dataset.time = new Date().toISOString().slice(0, 13)
  document.body.textContent = ocs.data.displayname ?? ocs.meta.message
}
await window.refresh()
`

const HEAD = `
import { expect, test as base } from '@playwright/test'
import { type OcsFixtures, type OcsServerFixtures, ocsMock, ocsMockServer } from 'ocs-mock/playwright'
`

const OWN = `${HEAD}
const test = base.extend<OcsFixtures>(ocsMock({ signedInAs: 'alice', seed: { users: [{ id: 'alice' }] } }))

test('overrides one operation', async ({ page, ocs }) => {
  ocs.answer('provisioning_api-users-get-current-user', { displayname: 'Somebody else' })
  await page.goto('/')
  await expect(page.getByText('Somebody else')).toBeVisible()
})
test('and the next test knows nothing of it', async ({ page }) => {
  await page.goto('/')
  await expect(page.getByText('alice')).toBeVisible()
})
test('moves both clocks', async ({ page, ocs }) => {
  await page.clock.install({ time: '2030-01-01T08:00:00Z' })
  await page.goto('/')
  await page.clock.pauseAt('2030-01-01T10:00:00Z')
  await page.clock.fastForward('02:00:00')
  await page.evaluate('refresh()')
  expect(await page.evaluate('document.body.dataset.time')).toBe('2030-01-01T12')
  expect(new Date(ocs.world.clock.now()).toISOString()).toBe('2030-01-01T12:00:00.000Z')
  expect(ocs.journal.entries.at(-1)!.at).toBe(Date.parse('2030-01-01T12:00:00Z'))
  await page.clock.runFor(60_000)
  await page.clock.setSystemTime('2031-01-01')
  await page.clock.resume()
  expect(new Date(ocs.world.clock.now()).getUTCFullYear()).toBe(2031)
  await page.clock.setFixedTime('2032-01-01')
  expect(ocs.world.clock.now()).toBe(Date.parse('2032-01-01'))
})
test('reaches the fake by request, and the front end by it too', async ({ request, ocs }) => {
  const headers = { 'OCS-APIRequest': 'true', Accept: 'application/json' }
  const me = await request.get('/ocs/v2.php/cloud/user', { headers })
  expect((await me.json()).ocs.data.id).toBe('alice')
  const made = await request.post('/ocs/v2.php/cloud/users', {
    headers: { ...headers, Authorization: 'Basic ' + btoa('admin:admin') }, form: { userid: 'bob', password: 'correct horse 1' },
  })
  expect(made.status()).toBe(200)
  expect((await ocs.occ('user:info bob')).exitCode).toBe(0)
  expect(ocs.journal.entries).toHaveLength(2)
  expect(await (await request.get('/page.js')).text()).toContain('refresh')
})
`

const UNANSWERED = `${HEAD}
const test = base.extend<OcsFixtures>(ocsMock({ failOnUnanswered: true, signedInAs: 'admin' }))
test('asks what is answered', async ({ page }) => {
  await page.goto('/')
})
test('asks for a route that there is not', async ({ request }) => {
  await request.get('/ocs/v2.php/apps/nonsense/here', { headers: { 'OCS-APIRequest': 'true' } })
})
`

const SERVED = `${HEAD}
const test = base.extend<Pick<OcsFixtures, 'ocs'>, OcsServerFixtures>(
  ocsMockServer({ pages: { hello: { script: process.env.FRONT + 'page.js' } }, seed: { groups: ['staff'] } }),
)
test('serves a page of an app', async ({ page, ocs }) => {
  ocs.signIn('admin')
  await page.goto('/index.php/apps/hello/')
  await expect(page.getByText('admin')).toBeVisible()
  await ocs.occ('group:delete staff')
})
test('is reached by other clients, and is fresh', async ({ request, ocsServer, ocs }) => {
  const answer = await request.get('/ocs/v2.php/cloud/groups?format=json', {
    headers: { 'OCS-APIRequest': 'true', Authorization: 'Basic ' + btoa('admin:admin') },
  })
  expect((await answer.json()).ocs.data.groups).toEqual(['admin', 'staff'])
  expect((await fetch(ocsServer.url + '/status.php')).status).toBe(200)
  expect(ocs.journal.entries.length).toBe(2)
})
`

/** A browser of its own for each file takes its time on a machine that does more than this. */
const MILLISECONDS = 240_000

describe('the fixtures for Playwright', () => {
  const sandbox = new Sandbox()
  let page: ServedPage

  beforeAll(async () => {
    page = await servePage(PAGE)
    const launchOptions = { executablePath: inject('browser'), args: LAUNCH_ARGUMENTS }
    const config = { testMatch: '*.spec.ts', workers: 1, use: { baseURL: page.url, launchOptions } }
    sandbox.write('playwright.config.ts', `process.env.FRONT = '${page.url}'\nexport default ${JSON.stringify(config)}`)
  })
  afterAll(async () => {
    await page.close()
    sandbox.remove()
  })

  async function run(file: string, text: string, reporters = 'list') {
    sandbox.write(file, text)
    return sandbox.run('@playwright/test/cli.js', ['test', file, `--reporter=${reporters}`])
  }

  it('override operations, move clocks together, and let request reach the fake', {
    timeout: MILLISECONDS,
  }, async () => {
    const { code, text } = await run('own.spec.ts', OWN)
    expect(text).toContain('4 passed')
    expect(code).toBe(0)
  })

  it('fail a test that asks what nothing answers, where that is wanted', { timeout: MILLISECONDS }, async () => {
    const { code, text } = await run('unanswered.spec.ts', UNANSWERED, 'list,json')
    expect(text).toContain('The test asked what nothing answers:')
    expect(text).toContain('GET /ocs/v2.php/apps/nonsense/here')
    // Only the report in JSON names what is attached.
    expect(text).toContain('"name": "ocs-mock: requests"')
    expect(text).toMatch(/1 failed\n[\s\S]*asks for a route[\s\S]*1 passed/)
    expect(code).toBe(1)
  })

  it('serve a fake for each worker, as it began for each test', { timeout: MILLISECONDS }, async () => {
    const { code, text } = await run('served.spec.ts', SERVED)
    expect(text).toContain('2 passed')
    expect(code).toBe(0)
  })
})
