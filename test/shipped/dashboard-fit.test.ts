import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from './support/browser.ts'
import { type Program, startProgram } from './support/program.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let browser: Browser
let program: Program

beforeAll(async () => {
  program = await startProgram(['serve', '--port', '0', '--quiet', '--scenario', 'expired-share'])
  browser = await launchBrowser()
  for (const path of ['/status.php', '/ocs/v2.php/cloud/user', '/ocs/v2.php/no/such']) await fetch(program.url + path)
  await fetch(`${program.url}/__admin/snapshots/one`, { method: 'POST' })
  await fetch(`${program.url}/__admin/faults`, { method: 'POST', body: '{"latency":"1ms"}' })
})
afterAll(async () => {
  await browser?.close()
  await program?.end()
})

const PARTS = [
  'accounts',
  'groups',
  'apps',
  'files',
  'shares',
  'links',
  'notifications',
  'statuses',
  'tokens',
  'exapps',
  'settings',
  'tables',
  'snapshots',
]
const PLACES = [
  'requests',
  'requests/2',
  'requests?text=none-is-like-this',
  'requests/99',
  ...PARTS.map((part) => `world/${part}`),
  'world/tables/users',
  'trouble',
]

const DESKTOP = { width: 1280, height: 800 }
const PHONE = { width: 360, height: 740 }

let page: Page
beforeAll(async () => {
  page = await browser.newPage({ viewport: DESKTOP })
  await page.goto(`${program.url}/__admin/`)
  await page.getByRole('status').filter({ hasText: 'live' }).waitFor()
  // It stays: the views differ in what follows the `#` of their addresses alone.
  await page.evaluate(axe)
})

async function goTo(place: string): Promise<void> {
  await page.setViewportSize(DESKTOP)
  await page.emulateMedia({ colorScheme: 'light' })
  await page.evaluate((hash) => {
    location.hash = hash
  }, `#/${place}`)
  const shown = page.getByRole('heading').or(page.getByRole('listbox')).or(page.locator('.empty, .detail p'))
  // The first heading is that of the page.
  await shown.nth(1).waitFor()
}

/** What axe says against the page, as it is now. @param rules only these; default: all */
async function findings(rules: readonly string[] = []): Promise<string[]> {
  const options = { resultTypes: ['violations'], ...(rules.length > 0 ? { runOnly: rules } : {}) }
  const { violations } = (await page.evaluate(`axe.run(${JSON.stringify(options)})`)) as AxeResults
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

/** In the dark, nothing but colours is another. */
async function findingsInTheDark(): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'dark' })
  return findings(['color-contrast'])
}

describe.each(PLACES)('axe finds nothing in %s', (place) => {
  beforeAll(() => goTo(place))

  it('on a desktop, light and dark', async () => {
    expect(await findings()).toEqual([])
    expect(await findingsInTheDark()).toEqual([])
  })

  it('on a phone, and nothing is wider than it', async () => {
    await page.setViewportSize(PHONE)
    expect(await findings()).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width)
  })
})

describe('axe finds nothing', () => {
  it.each([
    ['world/accounts', 'Add an account'],
    ['world/accounts', 'Edit alice'],
    ['world/accounts', 'Remove alice'],
    ['world/settings', 'Set one'],
    ['world/settings', 'Change activity enabled'],
    ['world/groups', 'Add a group'],
    ['world/groups', 'Members of admin'],
    ['world/files', 'Add a file'],
    ['world/shares', 'Share a file'],
    ['world/notifications', 'Send one'],
    ['world/statuses', 'Set one'],
    ['world/tokens', 'Add an app password'],
    ['requests/2', 'Answer differently …'],
    ['trouble', 'Write one …'],
    ['trouble', 'Reset the world'],
  ])('in dialogs: %s, %s', async (place, name) => {
    await goTo(place)
    await page.getByRole('button', { name, exact: true }).click()
    await page.getByRole('dialog').waitFor()
    expect(await findings()).toEqual([])
    expect(await findingsInTheDark()).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
  })
})

describe('a hundred thousand requests', () => {
  const KEPT = 100_000

  /** Stands in for the journal, in the page itself. */
  function keepMany(kept: number): void {
    const entry = (id: number) => ({
      id,
      at: Date.UTC(2026, 2, 1) + id,
      world: null,
      method: 'GET',
      path: `/ocs/v2.php/cloud/users/account-${id}`,
      query: '',
      contentType: '',
      bodySize: 0,
      actor: 'admin',
      operation: 'provisioning_api-users-get-user',
      outcome: 'answered',
      status: id % 50 === 0 ? 404 : 200,
      ocs: null,
      why: { code: 'handler', sentence: 'answered' },
      duration: 1,
    })
    const send = globalThis.fetch
    globalThis.fetch = async (input, init) => {
      const { pathname, searchParams } = new URL(String(input), location.href)
      if (!pathname.endsWith('/requests')) return send(input, init)
      const before = Number(searchParams.get('before') ?? kept + 1)
      const first = Math.max(1, before - Number(searchParams.get('limit')))
      const requests = Array.from({ length: before - first }, (_, i) => entry(first + i))
      const answer = new Response('{}')
      // Nobody has to write and read 100,000 entries as JSON.
      answer.json = async () => ({ requests, total: 5 * kept, limit: kept })
      return answer
    }
  }

  it('are listed, searched and gone through with a few rows on the page', async () => {
    const page = await browser.newPage()
    await page.addInitScript(keepMany, KEPT)
    await page.goto(`${program.url}/__admin/`)
    await page.getByText('100,000 of 100,000 kept of 500,000').waitFor()
    await page.getByRole('listbox').focus()
    await page.keyboard.press('End')
    await page.getByRole('option').filter({ hasText: 'account-1' }).first().waitFor()
    await page.getByLabel('Search requests').fill('account-77777')
    await page.getByText('1 of 100,000 kept').waitFor()
    await page.getByLabel('Search requests').fill('')
    await page.getByLabel('Status').selectOption('4xx')
    await page.getByText('2,000 of 100,000 kept').waitFor()
    expect(await page.getByRole('option').count()).toBeLessThan(60)
    await page.close()
  })
})

describe('the page', () => {
  it('is one file of less than 30 KB on the wire', async () => {
    const html = await (await fetch(`${program.url}/__admin/`, { headers: { Accept: 'text/html' } })).text()
    const { gzipSync } = await import('node:zlib')
    expect(gzipSync(html).length).toBeLessThan(30_000)
  })
})
