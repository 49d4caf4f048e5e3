import type { Browser, Page } from 'playwright'
import { startServer } from '#adapters/node-server.ts'
import { ControlledMock } from '#control/controlled-mock.ts'
import { OcsMock } from '#mock.ts'
import { ensureBrowser, LAUNCH_ARGUMENTS } from '../scripts/ensure-browser.ts'
import { type Figure, plainFigure, ratioFigure } from './support.ts'

const REQUESTS = 100_000
const ACCOUNTS = 10_000

/** Above it, what somebody does feels late. In milliseconds. */
const SMOOTH = 100

/** What takes longer fails: the benchmark ends, whatever the page does. */
const STEP_MILLISECONDS = 60_000

/** What follows from what was done. */
const AFTERWARDS = 500

/** What somebody does with the page, one after the other. */
const STEPS: readonly (readonly [name: string, run: (page: Page, url: string) => Promise<unknown>])[] = [
  ['opening the page, until all requests are there', openPage],
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
  const figures: Figure[] = []
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
    page.setDefaultTimeout(STEP_MILLISECONDS)
    for (const [name, run] of STEPS) {
      const longest = await longestTask(browser, page, () => run(page, server.url))
      figures.push(plainFigure(`  ${name}`, `${longest} ms`))
    }
  } finally {
    await browser.close()
    await server.close()
  }
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

/** What of a trace of Chromium is read. Durations in microseconds; `tdur`: what the thread worked of it. */
interface Trace {
  readonly traceEvents: readonly {
    readonly name: string
    readonly pid: number
    readonly tid: number
    readonly tdur?: number
    readonly args?: { readonly name?: string }
  }[]
}

/**
 * Of the tasks of the page's program while something is done, the longest, in milliseconds that its thread worked: what
 * it waits for its turn on a busy machine is not the page's.
 */
async function longestTask(browser: Browser, page: Page, run: () => Promise<unknown>): Promise<number> {
  await browser.startTracing(page, { categories: ['toplevel'] })
  await run()
  await page.waitForTimeout(AFTERWARDS)
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as Trace
  const threads = traceEvents.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
  const pages = new Set(threads.map(({ pid, tid }) => `${pid} ${tid}`))
  const tasks = traceEvents.filter(({ name, pid, tid }) => name.endsWith('RunTask') && pages.has(`${pid} ${tid}`))
  if (tasks.length === 0) throw new Error('Chromium traced no tasks of the page.')
  return Math.round(Math.max(...tasks.map(({ tdur = 0 }) => tdur)) / 1000)
}

const grouped = (count: number) => count.toLocaleString('en')

async function openPage(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/__admin/`)
  await page.getByText(`${grouped(REQUESTS)} of `).waitFor()
}

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
  await page.locator('.list-row').nth(3).click()
  await page.locator('.detail h2').waitFor()
  await page.keyboard.press('Escape')
  await page.locator('.detail').waitFor({ state: 'hidden' })
}

async function askMore(page: Page, url: string): Promise<void> {
  for (let i = 0; i < 200; i++) await fetch(`${url}/status.php?last=${i}`)
  await page.locator('.list-row').filter({ hasText: 'last=199' }).waitFor()
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
  await page.getByRole('button', { name: 'Edit account-7777-too' }).waitFor()
}
