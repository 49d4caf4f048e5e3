import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compileOwnApp } from '../../scripts/support/own-app.ts'
import { launchBrowser } from './support/browser.ts'
import { type Program, startProgram } from './support/program.ts'

let browser: Browser
let page: Page
let program: Program
const problems: string[] = []
const folder = mkdtempSync(join(tmpdir(), 'ocs-mock-dashboard-'))

beforeAll(async () => {
  compileOwnApp(folder)
  const module = join(folder, 'bookmarks_lite/app.js')
  program = await startProgram(['serve', '--port', '0', '--quiet', '--app-module', module])
  browser = await launchBrowser()
  page = await browser.newPage()
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text())
  })
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

const button = (name: string) => page.getByRole('button', { name, exact: true })
const state = async () => (await fetch(`${program.url}/__admin/clock`)).json()

describe('the dashboard in a browser', () => {
  it('shows requests as they come, and finds some of them', async () => {
    await fetch(`${program.url}/status.php`)
    await fetch(`${program.url}/ocs/v2.php/no/such/route`)
    await page.getByRole('cell', { name: '/status.php' }).waitFor()
    await page.getByRole('cell', { name: 'unknown-route' }).waitFor()
    await page.getByLabel('Filter requests').fill('status.php')
    await page.getByRole('cell', { name: 'unknown-route' }).waitFor({ state: 'hidden' })
    await page.getByLabel('Filter requests').fill('')
    await button('Forget all').click()
    await page.getByText('No requests yet.').waitFor()
  })

  it('shows what requests could do to a page as text', async () => {
    await fetch(`${program.url}/status.php?x=<img src=x onerror=alert(1)>`)
    await page.getByRole('cell', { name: 'onerror' }).waitFor()
    expect(await page.locator('td img').count()).toBe(0)
  })

  it("shows apps of one's own, with what they answer and keep", async () => {
    const own = page.getByRole('list', { name: 'Apps of your own' }).getByRole('listitem')
    expect(await own.textContent()).toBe('bookmarks_lite 1.0.0, enabled: 5 operations; 0 in bookmarks_lite')
    await fetch(`${program.url}/__admin/occ`, {
      method: 'POST',
      body: JSON.stringify({ args: 'bookmarks_lite:add admin https://example.com' }),
    })
    await own.filter({ hasText: '; 1 in bookmarks_lite' }).waitFor()
    expect(await own.getAttribute('title')).toContain('GET /index.php/apps/bookmarks_lite/export')
  })

  it('shows the world in numbers, and what changes', async () => {
    const accounts = page.locator('dl div').filter({ hasText: 'accounts' }).locator('dd')
    expect(await accounts.textContent()).toBe('1')
    await fetch(`${program.url}/__admin/occ`, {
      method: 'POST',
      body: JSON.stringify({ args: 'user:add --password-from-env alice', env: { OC_PASS: 'correct horse battery' } }),
    })
    await accounts.filter({ hasText: '2' }).waitFor()
  })

  it('starts, advances and stops scenarios', async () => {
    await page.getByLabel('Which scenario').selectOption('upgrade')
    await page.getByText('The files of the server were replaced').waitFor()
    await button('Start').click()
    await page.getByText('▸ the files are replaced').waitFor()
    await button('Next step').click()
    await page.getByText('✓ the files are replaced').waitFor()
    expect((await fetch(`${program.url}/ocs/v2.php/config`)).status).toBe(503)
    await button('Stop').click()
    await button('Next step').waitFor({ state: 'hidden' })
    await button('Reset the world').click()
    await expect.poll(async () => (await fetch(`${program.url}/ocs/v2.php/config`)).status).toBe(412)
  })

  it('freezes and moves the clock', async () => {
    await button('Freeze').click()
    await page.getByText('(frozen)').waitFor()
    const before = await state()
    await button('+ 24 h').click()
    await expect.poll(async () => (await state()).milliseconds - before.milliseconds).toBe(24 * 60 * 60 * 1000)
    await button('Let it run').click()
    await page.getByText('(frozen)').waitFor({ state: 'hidden' })
  })

  it('adds faults, counts them, and ends them', async () => {
    await page.getByLabel('Which fault').selectOption({ label: 'server errors' })
    await button('Add').click()
    await page.getByText('applied 0 times').waitFor()
    expect((await fetch(`${program.url}/status.php`)).status).toBe(500)
    await page.getByText('applied 1 times').waitFor()
    await button('End all').click()
    await page.getByText('applied').waitFor({ state: 'hidden' })
    expect((await fetch(`${program.url}/status.php`)).status).toBe(200)
  })

  it('loads nothing from elsewhere, and has no errors', () => {
    expect(problems).toEqual([])
  })
})
