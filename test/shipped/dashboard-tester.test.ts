import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { launchBrowser } from './support/browser.ts'
import { type Program, startProgram } from './support/program.ts'

let browser: Browser
let page: Page
let program: Program

const control = async (method: string, path: string, body?: unknown) => {
  const init = { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }
  return (await fetch(`${program.url}/__admin${path}`, init)).json()
}
const ADMIN = { Authorization: `Basic ${btoa('admin:admin')}` }

beforeAll(async () => {
  program = await startProgram(['serve', '--port', '0', '--quiet'])
  const files = { admin: { 'Plans/a.txt': 'a' } }
  const shares = [{ type: 'link', owner: 'admin', path: '/Plans', token: 'planstoken', expires: '2031-12-31' }]
  await control('POST', '/actions', { seed: { files, shares } })
  await control('POST', '/snapshots/before')
  await fetch(`${program.url}/ocs/v2.php/cloud/user`, { headers: ADMIN })
  browser = await launchBrowser()
  page = await browser.newPage()
})
afterAll(async () => {
  await browser?.close()
  await program?.end()
})

/** The page as it opens. */
beforeEach(async () => {
  await page.goto('about:blank')
  await page.goto(`${program.url}/__admin/`)
})

const click = (role: 'button' | 'link', name: string | RegExp) => page.getByRole(role, { name }).click()
const seen = (text: string | RegExp) => page.getByText(text).first().waitFor()

describe('somebody who has never seen the page', () => {
  const WHY = 'csrf: neither OCS-APIRequest nor a request token'

  it('reads why a request failed without a click', async () => {
    await page.getByRole('option').filter({ hasText: '412' }).filter({ hasText: WHY }).waitFor()
  })

  it('sees all of a request that failed by one click', async () => {
    await page.getByRole('option').filter({ hasText: '412' }).click()
    await page.getByRole('heading', { name: '412 GET /ocs/v2.php/cloud/user' }).waitFor()
    await page.locator('.why').filter({ hasText: 'neither OCS-APIRequest nor a request token' }).waitFor()
  })

  it('adds an account by two clicks, its name and Enter', async () => {
    await click('link', 'World')
    await click('button', 'Add an account')
    // A busy browser takes its time to open it.
    await page.locator('dialog input:focus').waitFor()
    await page.keyboard.type('zoe')
    await page.keyboard.press('Enter')
    const said = page.getByText(/^zoe is there, with the password /)
    const password = (await said.textContent())!.split('password ')[1]!.split(/\s/)[0]!
    const headers = { Authorization: `Basic ${btoa(`zoe:${password}`)}`, 'OCS-APIRequest': 'true' }
    expect((await fetch(`${program.url}/ocs/v2.php/cloud/user`, { headers })).status).toBe(200)
  })

  it('expires a link by three clicks', async () => {
    const link = `${program.url}/index.php/s/planstoken`
    expect((await fetch(link)).status).toBe(200)
    await click('link', 'World')
    await click('link', /^Shares/)
    await click('button', 'Expire now: /Plans for link')
    await seen('Nothing is shared.')
    expect((await fetch(link)).status).toBe(404)
  })

  it('goes back to a snapshot by three clicks, and can undo it', async () => {
    await click('link', 'World')
    await click('link', 'Snapshots')
    await click('button', 'Go back to before')
    await seen('The world is as it was at “before”.')
    expect((await control('GET', '/tables/users?text=zoe')).found).toBe(0)
    await click('button', 'Undo')
    await seen('It is as it was.')
    expect((await control('GET', '/tables/users?text=zoe')).found).toBe(1)
  })
})
