import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EMPTY_STATES, FAILED_STATES, LONG_STATES, openState, STATES } from '../../scripts/screenshots/states.ts'
import {
  emptyServer,
  failedServer,
  longServer,
  type PicturedServer,
  usedServer,
} from '../../scripts/screenshots/worlds.ts'
import { launchBrowser } from './support/browser.ts'
import { type Program, startProgram } from './support/program.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let browser: Browser
let program: Program

beforeAll(async () => {
  program = await startProgram(['serve', '--port', '0', '--quiet'])
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await program?.end()
})

const DESKTOP = { width: 1280, height: 800 }
const PHONE = { width: 390, height: 780 }

/** What of axe's rules the colours and the width of a page decide; all else is in its elements. */
const OF_LOOKS = ['color-contrast', 'link-in-text-block', 'scrollable-region-focusable', 'target-size']

/** What axe says against the page, as it is now. @param rules Default: all */
async function findings(page: Page, rules?: readonly string[]): Promise<string[]> {
  const runOnly = rules === undefined ? '' : `, runOnly: ${JSON.stringify(rules)}`
  const { violations } = (await page.evaluate(`axe.run({ resultTypes: ['violations']${runOnly} })`)) as AxeResults
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

/** What does not fit where it is shown, so that a part of it has to be scrolled into sight. */
const cutOff = () =>
  [...document.querySelectorAll('main, .pane, .scroll, .tree, dialog, .notice')]
    .filter((element) => element.scrollWidth > element.clientWidth + 1)
    .map((element) => element.outerHTML.slice(0, 80))

/** All states that the pictures are taken of, each with the server that it is a state of. */
const GROUPS = [
  ['in use', usedServer, STATES],
  ['asked nothing yet', emptyServer, EMPTY_STATES],
  ['with a failed scenario', failedServer, FAILED_STATES],
  ['with the longest names', longServer, LONG_STATES],
] as const

describe.each(GROUPS)('axe finds nothing in a server %s', (_, serve, states) => {
  let server: PicturedServer
  beforeAll(async () => {
    server = await serve()
  })
  afterAll(() => server.close())

  it.each(states.map((state) => [state.name, state] as const))(
    '%s: on a desktop, and on a phone in the dark',
    async (_, state) => {
      const page = await openState(browser, server.url, state, { viewport: DESKTOP, colorScheme: 'light' })
      await page.evaluate(axe)
      expect(await findings(page)).toEqual([])
      // What is narrow does not depend on what is dark: one look sees both.
      await page.emulateMedia({ colorScheme: 'dark' })
      await page.setViewportSize(PHONE)
      expect(await findings(page, OF_LOOKS)).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width)
      expect(await page.evaluate(cutOff)).toEqual([])
      await page.close()
    },
  )
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
