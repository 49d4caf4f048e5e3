import type { Page } from 'playwright'
import { startServer } from '#adapters/node-server.ts'
import { ControlledMock } from '#control/controlled-mock.ts'
import { OcsMock } from '#mock.ts'
import { ensureBrowser, LAUNCH_ARGUMENTS } from '../scripts/ensure-browser.ts'
import { type Figure, plainFigure, ratioFigure } from './support.ts'

const REQUESTS = 100_000
const ACCOUNTS = 10_000

/** Above it, what somebody does feels late. In milliseconds. */
const SMOOTH = 100

/** What somebody does with the page, one after the other. */
const STEPS: readonly (readonly [name: string, run: (page: Page, url: string) => Promise<unknown>])[] = [
  ['opening the page, until all requests are there', (page) => page.getByText(`${grouped(REQUESTS)} of `).waitFor()],
  ['End, and Home', goThrough],
  ['typing a search', searchRequests],
  ['choosing a status', chooseStatus],
  ['a request opened, and closed', openRequest],
  ['two hundred requests that come meanwhile', askMore],
  ['opening the accounts', openAccounts],
  ['typing a search among accounts', searchAccounts],
  ['adding an account', addAccount],
]

/** How long the page keeps somebody waiting with 100,000 requests in the journal and 10,000 accounts in the world. */
export async function dashboard(): Promise<Figure[]> {
  const { chromium } = await import('playwright')
  const mock = bigMock()
  await askMany(mock)
  const server = await startServer(new ControlledMock(mock))
  const browser = await chromium.launch({ executablePath: ensureBrowser(), args: [...LAUNCH_ARGUMENTS] })
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  await page.addInitScript(noteLongTasks)
  await page.goto(`${server.url}/__admin/`)
  const figures: Figure[] = []
  for (const [name, run] of STEPS) {
    await run(page, server.url)
    figures.push(plainFigure(`  ${name}`, `${await longestSince(page)} ms`))
  }
  await browser.close()
  await server.close()
  const longest = Math.max(...figures.map(({ value }) => Number.parseInt(value, 10)))
  return [ratioFigure(`longest task of ${SMOOTH} ms`, [longest / SMOOTH], { atMost: 1 }), ...figures]
}

function bigMock(): OcsMock {
  const users = Array.from({ length: ACCOUNTS }, (_, i) => ({ id: `account-${i}`, displayName: `Account ${i}` }))
  return new OcsMock({ seed: { users }, journalLimit: REQUESTS, onNotBuilt: () => {} })
}

async function askMany(mock: OcsMock): Promise<void> {
  const headers = { Authorization: `Basic ${btoa('admin:admin')}`, 'OCS-APIRequest': 'true' }
  for (let i = 0; i < REQUESTS; i++) {
    const path =
      i % 50 === 0 ? `/ocs/v2.php/cloud/groups/group-${i}` : `/ocs/v2.php/cloud/users/account-${i % ACCOUNTS}`
    await mock.fetch(new Request(`http://localhost${path}`, { headers }))
  }
}

/** Runs in the page. */
function noteLongTasks(): void {
  const tasks: number[] = []
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) tasks.push(duration)
  }).observe({ type: 'longtask', buffered: true })
  Object.assign(globalThis, { longTasks: tasks })
}

/** Of the tasks since the last time, the longest; what takes less than 50 ms is no long task for a browser. */
async function longestSince(page: Page): Promise<number> {
  const tasks = (await page.evaluate(
    'new Promise((done) => setTimeout(() => done(longTasks.splice(0)), 500))',
  )) as number[]
  return Math.round(Math.max(0, ...tasks))
}

const grouped = (count: number) => count.toLocaleString('en')

async function goThrough(page: Page): Promise<void> {
  await page.getByRole('listbox').focus()
  await page.keyboard.press('End')
  await page.locator('.list-row[aria-selected=true]').waitFor()
  await page.keyboard.press('Home')
}

async function searchRequests(page: Page): Promise<void> {
  await page.getByLabel('Search requests').pressSequentially('account-7777')
  await page.getByText('10 of ').waitFor()
  await page.getByLabel('Search requests').fill('')
  await page.getByText(`${grouped(REQUESTS)} of `).waitFor()
}

async function chooseStatus(page: Page): Promise<void> {
  await page.getByLabel('Status').selectOption('4xx')
  await page.getByText(`${grouped(REQUESTS / 50)} of `).waitFor()
  await page.getByLabel('Status').selectOption('')
}

async function openRequest(page: Page): Promise<void> {
  await page.getByRole('option').nth(3).click()
  await page.locator('.detail h2').waitFor()
  await page.keyboard.press('Escape')
  await page.locator('.detail').waitFor({ state: 'hidden' })
}

async function askMore(page: Page, url: string): Promise<void> {
  for (let i = 0; i < 200; i++) await fetch(`${url}/status.php?last=${i}`)
  await page.getByRole('option').filter({ hasText: 'last=199' }).waitFor()
}

async function openAccounts(page: Page): Promise<void> {
  await page.keyboard.press('2')
  await page.getByRole('cell', { name: 'account-0', exact: true }).waitFor()
}

async function searchAccounts(page: Page): Promise<void> {
  await page.getByLabel('Search accounts').pressSequentially('account-7777')
  await page.getByRole('cell', { name: 'account-7777', exact: true }).waitFor()
}

async function addAccount(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Add an account' }).click()
  await page.getByRole('dialog').getByLabel('Account').fill('account-7777-too')
  await page.keyboard.press('Enter')
  await page.getByRole('cell', { name: 'account-7777-too' }).waitFor()
}
