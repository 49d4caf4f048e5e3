import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compileOwnApp } from '../../scripts/support/own-app.ts'
import { launchBrowser } from './support/browser.ts'
import { type Program, startProgram } from './support/program.ts'

let browser: Browser
let context: BrowserContext
let page: Page
let program: Program
const problems: string[] = []
const folder = mkdtempSync(join(tmpdir(), 'ocs-mock-dashboard-'))

beforeAll(async () => {
  compileOwnApp(folder)
  const module = join(folder, 'bookmarks_lite/app.js')
  program = await startProgram(['serve', '--port', '0', '--quiet', '--app-module', module])
  browser = await launchBrowser()
  context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] })
  page = await context.newPage()
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('request', (request) => {
    if (!request.url().startsWith(program.url) && !request.url().startsWith('data:')) problems.push(request.url())
  })
  await page.goto(`${program.url}/__admin/`)
  await page.getByRole('status').filter({ hasText: 'live' }).waitFor()
})
afterAll(async () => {
  await browser?.close()
  await program?.end()
  rmSync(folder, { recursive: true })
})

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true })
const row = (text: string) => page.getByRole('option').filter({ hasText: text })
const dialog = () => page.getByRole('dialog')
const clipboard = () => page.evaluate(() => navigator.clipboard.readText())
const ask = (path: string, headers: Record<string, string> = {}) => fetch(program.url + path, { headers })
const control = async (method: string, path: string, body?: unknown) =>
  (
    await fetch(`${program.url}/__admin${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  ).json()
const ADMIN = { Authorization: `Basic ${btoa('admin:admin')}` }
const goTo = async (hash: string) => {
  await page.goto(`${program.url}/__admin/${hash}`)
  await page.getByRole('status').filter({ hasText: 'live' }).waitFor()
}

describe('requests', () => {
  it('teach what to do while there are none', async () => {
    await page.getByRole('heading', { name: 'No requests yet' }).waitFor()
    expect(await page.locator('.example').textContent()).toContain(`${program.url}/ocs/v2.php/cloud/user`)
  })

  it('come as they are answered, with why they were refused, and are found', async () => {
    await ask('/status.php')
    await ask('/ocs/v2.php/cloud/user', ADMIN)
    await row('/status.php').waitFor()
    expect(await row('/ocs/v2.php/cloud/user').textContent()).toContain(
      'csrf: neither OCS-APIRequest nor a request token',
    )
    await page.keyboard.press('/')
    // A busy browser takes its time to go there.
    await page.locator('input:focus').waitFor()
    await page.keyboard.type('csrf')
    await row('/status.php').waitFor({ state: 'hidden' })
    await page.getByText('1 of 2').waitFor()
    await page.getByLabel('Search requests').fill('')
    await page.getByLabel('Status').selectOption('refused')
    await row('/status.php').waitFor({ state: 'hidden' })
    expect(page.url()).toContain('#/requests?status=refused')
    await page.getByLabel('Status').selectOption('')
    await page.getByLabel('Account').selectOption('admin')
    await row('/status.php').waitFor({ state: 'hidden' })
    await page.getByLabel('Account').selectOption('')
  })

  it('open by a click and by keys, with the reason first', async () => {
    await page.getByRole('listbox').focus()
    await page.keyboard.press('Home')
    await page.keyboard.press('Enter')
    await page.getByText('Why: csrf').waitFor()
    await page.keyboard.press('ArrowDown')
    await page.getByRole('heading', { name: '200 GET /status.php' }).waitFor()
    expect(await page.getByRole('region', { name: 'Body of the answer' }).textContent()).toContain('"installed": true')
    await page.keyboard.press('Escape')
    await page.getByRole('heading', { name: '200 GET /status.php' }).waitFor({ state: 'hidden' })
    await row('/ocs/v2.php/cloud/user').click()
    await page.locator('.why').filter({ hasText: 'neither OCS-APIRequest nor a request token' }).waitFor()
    expect(page.url()).toMatch(/#\/requests\/2$/)
  })

  it('are copied as a command, a test, a step and a fixture', async () => {
    await button('Copy as curl').click()
    expect(await clipboard()).toBe(
      `curl -i -u 'admin:PASSWORD' -H 'accept: */*' '${program.url}/ocs/v2.php/cloud/user'`,
    )
    await button('Copy as Vitest test').click()
    await expect.poll(clipboard).toContain('expect(response.status).toBe(412)')
    await button('Copy as scenario step').click()
    await expect.poll(clipboard).toMatch(/^- name: "GET .*"\n {2}on: \{.*\}\n {2}fault: /)
    await button('Copy as fixture').click()
    await expect.poll(clipboard).toContain('CSRF check failed')
  })

  it('are answered differently from now on, until that is undone', async () => {
    await button('Answer differently …').click()
    await dialog().getByLabel('What it answers').selectOption('fail')
    await dialog().getByLabel('Status', { exact: true }).fill('503')
    await button('Answer so').click()
    await page.getByText('is answered differently').waitFor()
    const path = '/ocs/v2.php/cloud/user'
    expect((await ask(path, { ...ADMIN, 'OCS-APIRequest': 'true' })).status).toBe(503)
    await button('Undo').click()
    await page.getByText('It is as it was.').waitFor()
    expect((await ask(path, { ...ADMIN, 'OCS-APIRequest': 'true' })).status).toBe(200)
  })

  it('show what could do something to a page as text', async () => {
    await ask('/status.php?x=<img src=x onerror=alert(1)>')
    await row('onerror').click()
    await page.getByRole('heading', { name: '/status.php' }).waitFor()
    expect(await page.locator('main img').count()).toBe(0)
  })

  it('are forgotten when that is confirmed', async () => {
    await page.keyboard.press('Escape')
    await button('Forget all').click()
    await button('Cancel').click()
    expect((await control('GET', '/requests')).total).toBeGreaterThan(0)
    await button('Forget all').click()
    await button('Forget them').click()
    await page.getByRole('heading', { name: 'No requests yet' }).waitFor()
  })
})

describe('the world', () => {
  it('takes accounts, and lets go of them', async () => {
    await page.keyboard.press('2')
    await button('Add an account').click()
    await dialog().getByLabel('Account').fill('alice')
    await dialog().getByLabel('Name').fill('Alice')
    await dialog().getByLabel('Password').fill('correct horse battery')
    await dialog().getByLabel('Groups').fill('staff')
    await page.keyboard.press('Enter')
    await page.getByRole('cell', { name: 'alice', exact: true }).waitFor()
    const alice = { Authorization: `Basic ${btoa('alice:correct horse battery')}`, 'OCS-APIRequest': 'true' }
    expect(await (await ask('/ocs/v2.php/cloud/user?format=json', alice)).text()).toContain('"staff"')
    await button('disable alice').click()
    await page.getByRole('cell', { name: 'disabled' }).waitFor()
    expect((await ask('/ocs/v2.php/cloud/user', alice)).status).toBe(401)
    await button('enable alice').click()
    await button('Edit alice').click()
    await dialog().getByLabel('E-mail').fill('alice@example.com')
    await button('Change it').click()
    await page.getByRole('cell', { name: 'alice@example.com' }).waitFor()
  })

  it('says what is wrong, by the rules of the server', async () => {
    await button('Add an account').click()
    await dialog().getByLabel('Account').fill('alice')
    await button('Add it').click()
    await page.getByRole('alert').filter({ hasText: 'alice' }).waitFor()
    await button('Cancel').click()
  })

  it('switches apps', async () => {
    await page.getByRole('link', { name: 'Apps', exact: true }).click()
    const app = page.getByRole('switch', { name: 'user_status' })
    await app.click()
    await page.getByText('user_status is disabled.').waitFor()
    await expect.poll(async () => (await control('GET', '/summary')).apps.disabled).toContain('user_status')
    await app.click()
    await page.getByText('user_status is enabled.').waitFor()
  })

  it("shows apps of one's own, with what they answer and keep", async () => {
    await control('POST', '/occ', { args: 'bookmarks_lite:add admin https://example.com' })
    await page.getByRole('link', { name: '1 in bookmarks_lite' }).click()
    await page.getByRole('cell', { name: 'https://example.com' }).waitFor()
  })

  it('shows files as a tree, and takes more of them', async () => {
    await goTo('#/world/files?account=alice')
    await button('Add a file').click()
    await dialog().getByLabel(/^Path/).fill('/Plans/')
    await button('Add it').click()
    await page.getByText('Plans', { exact: true }).waitFor()
    await button('Add a file').click()
    await dialog().getByLabel(/^Path/).fill('/Plans/a.txt')
    await dialog().getByLabel('Content').fill('hello')
    await button('Add it').click()
    await page.getByText('Plans', { exact: true }).click()
    await page.getByText('a.txt', { exact: true }).waitFor()
  })

  it('lets a link expire', async () => {
    const share = { type: 'link', owner: 'alice', path: '/Plans', token: 'planstoken', expires: '2031-12-31' }
    await control('POST', '/actions', { seed: { shares: [share] } })
    await page.getByRole('link', { name: /^Shares/ }).click()
    await button('Copy link of /Plans for link').click()
    expect(await clipboard()).toBe(`${program.url}/index.php/s/planstoken`)
    await button('Expire now: /Plans for link').click()
    await page.getByText('Nothing is shared.').waitFor()
  })

  it('goes back to a snapshot, and says what is another', async () => {
    await page.getByRole('link', { name: 'Snapshots' }).click()
    await page.getByLabel('Name of the snapshot').fill('before')
    await button('Take a snapshot').click()
    await page.getByRole('list', { name: 'Snapshots' }).getByText('before', { exact: true }).waitFor()
    await control('POST', '/occ', { args: 'group:add new-one' })
    await button('Compare').click()
    await page.getByText('groups new-one').waitFor()
    await button('Go back to before').click()
    await page.getByText('The world is as it was at “before”.').waitFor()
    expect((await control('GET', '/tables/groups?text=new-one')).found).toBe(0)
    await button('Undo').click()
    await page.getByText('It is as it was.').waitFor()
    expect((await control('GET', '/tables/groups?text=new-one')).found).toBe(1)
  })

  it('is reset when that is confirmed, and brought back', async () => {
    await button('Reset the world').click()
    await button('Reset it').click()
    await page.getByText('as it was in the beginning').waitFor()
    expect((await control('GET', '/tables/users')).total).toBe(1)
    await button('Undo').click()
    await expect.poll(async () => (await control('GET', '/tables/users')).total).toBe(2)
  })
})

describe('time and trouble', () => {
  it('starts, advances and stops scenarios, with what each step does', async () => {
    await page.keyboard.press('Escape')
    await page.getByRole('link', { name: 'Time and trouble' }).click()
    await page.getByLabel('Which scenario').selectOption('upgrade')
    await page.getByText('The files of the server were replaced').waitFor()
    await button('Start').click()
    const step = page.getByRole('listitem').filter({ hasText: 'the files are replaced' })
    await step.filter({ hasText: 'next:' }).waitFor()
    await button('Next step').click()
    await step.filter({ hasText: 'done:' }).waitFor()
    expect((await ask('/ocs/v2.php/config')).status).toBe(503)
    await button('Stop').click()
    await button('Next step').waitFor({ state: 'hidden' })
    await control('POST', '/reset')
  })

  it('says which step of a scenario failed', async () => {
    const steps = [{ name: 'impossible', occ: 'app:enable no-such-app' }]
    await control('POST', '/scenarios', { name: 'failing', steps })
    await control('POST', '/scenarios/failing/start')
    const step = page.getByRole('listitem').filter({ hasText: 'impossible' })
    await step.filter({ hasText: 'failed:' }).waitFor()
    expect(await step.textContent()).toContain('it ended with 1 instead of 0')
    await button('Stop').click()
  })

  it('freezes and moves the clock, also to what is due next', async () => {
    await button('Freeze').click()
    await page.getByText('frozen', { exact: true }).waitFor()
    const before = await control('GET', '/clock')
    await button('+ 1 day').click()
    await expect
      .poll(async () => (await control('GET', '/clock')).milliseconds - before.milliseconds)
      .toBe(24 * 60 * 60 * 1000)
    const share = { type: 'link', owner: 'admin', path: '/Documents', expires: '2031-12-31' }
    const files = { admin: { 'Documents/a.txt': 'a' } }
    await control('POST', '/actions', { seed: { files, shares: [share] } })
    await button('To what is due next').click()
    await expect.poll(async () => (await control('GET', '/clock')).now).toMatch(/^2031-/)
    await button('Let it run').click()
    await page.getByText('frozen', { exact: true }).waitFor({ state: 'hidden' })
  })

  it('adds faults, counts them, and ends them', async () => {
    await page.getByLabel('Which fault').selectOption({ label: 'server errors' })
    await button('Add').click()
    await page.getByText('applied 0 times').waitFor()
    expect((await ask('/status.php')).status).toBe(500)
    await page.getByText('applied 1 times').waitFor()
    await button('Write one …').click()
    await dialog().getByLabel('Path').fill('/status.php')
    await dialog().getByLabel('Name').fill('gone')
    await button('Add it').click()
    await page.getByText('gone', { exact: true }).waitFor()
    await button('End all').click()
    await page.getByText('Nothing goes wrong.').waitFor()
    expect((await ask('/status.php')).status).toBe(200)
  })

  it('runs commands, completes them, and brings them back', async () => {
    await page.getByLabel('Command', { exact: true }).fill('user:li')
    await page.getByText('user:list', { exact: true }).waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByText('- admin: admin').waitFor()
    await page.keyboard.type('no:such')
    await page.keyboard.press('Enter')
    await page.getByText('exit code 1').waitFor()
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('ArrowUp')
    expect(await page.getByLabel('Command', { exact: true }).inputValue()).toBe('user:list ')
  })

  it('loads nothing from elsewhere, and has no errors', () => {
    expect(problems).toEqual([])
  })
})
