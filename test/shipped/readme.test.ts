import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { get as getPlainly } from 'node:http'
import { get as getSecurely } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { LAUNCH_ARGUMENTS } from '../../scripts/ensure-browser.ts'
import { blocksOf, commandsIn, filesOf, PAGES, shellWords } from '../../scripts/support/readme.ts'
import { curl } from './support/curl.ts'
import { servePage } from './support/page.ts'
import { type Program, runProgram, startProgram } from './support/program.ts'
import { Sandbox } from './support/sandbox.ts'

const GROUPS_PAGE = `
const response = await fetch('/ocs/v2.php/cloud/groups?format=json', { headers: { 'OCS-APIRequest': 'true' } })
const { ocs } = await response.json()
document.body.textContent = ocs.data.groups.join(', ')
`

/** One test that passes on what its file chose, and one that fails. */
const CHOSEN = `
import { expect, test as base } from '@playwright/test'
import { type OcsFixtures, ocsMock } from 'ocs-mock/playwright'

const test = base.extend<OcsFixtures>(ocsMock({ signedInAs: 'admin', seed: { groups: ['staff'] } }))
test.use({ ocsOptions: { seed: { groups: ['chosen'] } } })

test('passes', async ({ page }) => {
  await page.goto('/')
  await expect(page.getByText('chosen')).toBeVisible()
})
test('fails', async ({ page, ocs }) => {
  await page.goto('/')
  await expect(page.getByText('chosen')).toBeVisible()
  expect(ocs.journal.count).toBe(0)
})
`

interface PlaywrightResult {
  readonly attachments: readonly { readonly name: string }[]
}
interface PlaywrightSpec {
  readonly tests: readonly { readonly results: readonly PlaywrightResult[] }[]
}

/** Those for Vitest run in the folder of a stranger: `npm run pack-test`. */
describe('the examples of the README for Playwright', () => {
  let sandbox: Sandbox

  beforeAll(() => {
    sandbox = new Sandbox()
  })
  afterAll(() => sandbox.remove())

  function configure(baseURL: string): void {
    const launchOptions = { executablePath: inject('browser'), args: LAUNCH_ARGUMENTS }
    const config = { testMatch: '*.spec.ts', use: { baseURL, launchOptions } }
    sandbox.write('playwright.config.ts', `export default ${JSON.stringify(config)}`)
  }

  it('pass', async () => {
    const page = await servePage(GROUPS_PAGE)
    for (const { file, text } of filesOf('README.md', '.spec.ts')) sandbox.write(file, text)
    configure(page.url)
    const { code, text } = await sandbox.run('@playwright/test/cli.js', ['test'])
    await page.close()
    expect(text).toContain('1 passed')
    expect(code).toBe(0)
  })

  it('can choose by file, and report what was asked where they fail', async () => {
    const page = await servePage(GROUPS_PAGE)
    configure(page.url)
    sandbox.write('chosen.spec.ts', CHOSEN)
    const args = ['test', 'chosen.spec.ts', '--reporter', 'json']
    const { code, text } = await sandbox.run('@playwright/test/cli.js', args)
    await page.close()
    expect(code).toBe(1)
    const { stats, suites } = JSON.parse(text)
    expect(stats).toMatchObject({ expected: 1, unexpected: 1 })
    const results = suites[0].specs.flatMap((spec: PlaywrightSpec) => spec.tests[0]!.results)
    const attached = results.map(({ attachments }: PlaywrightResult) => attachments.map(({ name }) => name))
    expect(attached).toEqual([[], expect.arrayContaining(['ocs-mock: requests', 'ocs-mock: world'])])
  })
})

/** The commands are tried on these; `test/verify/own.test.ts` asks all that there are. */
const TWO_APPS = ['--app', '^(core|user_status)$']

/** Whose commands have a test of their own: `own-app.test.ts` beside this, and `test/app-api/story.test.ts`. */
const TRIED_ELSEWHERE = ['docs/own-app.md', 'docs/exapps.md']

/** How a command is tried. Of others, the options have to be those of which its help tells. */
const RUN = /^npx ocs-mock (?:verify http:|record|drift|new-app|changes)/
const SERVED = /^npx ocs-mock serve(?! .*(?:cloud\.json|openapi\.json))/
const INSTALLED = /^npm (?:ci|install|start|test|run)/

/** A status of HTTP, also where a server signed its certificate by itself. */
const statusOf = (url: string) =>
  new Promise<number | undefined>((resolve, reject) => {
    const get = url.startsWith('https:') ? getSecurely : getPlainly
    get(url, { rejectUnauthorized: false }, (response) => resolve(response.resume().statusCode)).on('error', reject)
  })

describe('the commands of README and manual', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ocs-mock-docs-'))
  const pages = PAGES.filter((page) => !TRIED_ELSEWHERE.includes(page))
  const lines = [...new Set(pages.flatMap((page) => commandsIn(blocksOf(page))))]
  const matching = (pattern: RegExp) => lines.filter((line) => pattern.test(line)).map(shellWords)
  let server: Program

  beforeAll(async () => {
    for (const page of pages)
      for (const { file, text } of filesOf(page, '.yaml')) writeFileSync(join(folder, file), text)
    // Whose texts are read.
    mkdirSync(join(folder, 'nextcloud/core/l10n'), { recursive: true })
    writeFileSync(join(folder, 'nextcloud/core/l10n/de.json'), '{ "translations": {} }')
    server = await startProgram(['serve', '--port', '0'])
    // What is served again, and compared, below.
    for (const words of matching(/^npx ocs-mock record/)) expect(await run(words)).toEqual([0, expect.anything()])
  }, 120_000)
  afterAll(() => server.end())

  /** The command with the address of our server in it, and not all that there is to ask. */
  function here(words: readonly string[]): string[] {
    const few = /^(?:verify|record|drift)$/.test(words[2] ?? '') ? TWO_APPS : []
    return [...words.map((word) => word.replace('http://127.0.0.1:8080', server.url)), ...few]
  }

  /** Exit code and output of one of our commands. */
  async function run(words: readonly string[]): Promise<[code: number | null, output: string]> {
    const { code, out, err } = await runProgram(here(words).slice(2), folder)
    return [code, out + err]
  }

  it('are commands of ours, or of what everybody has', () => {
    expect(lines.filter((line) => !/^(?:curl |npx ocs-mock )/.test(line) && !INSTALLED.test(line))).toEqual([])
  })

  it.each(pages.filter((page) => commandsIn(blocksOf(page)).some((line) => line.startsWith('curl '))))(
    'ask in the order of the page: %s',
    async (page) => {
      await fetch(`${server.url}/__admin/reset`, { method: 'POST' })
      const printed = commandsIn(blocksOf(page))
      // A page that serves another profile asks a world of that one.
      const profile = /--profile (\S+)/.exec(printed.join('\n'))?.[1]
      const base = profile === undefined ? server.url : `${server.url}/w/page@${profile}`
      for (const line of printed.filter((one) => one.startsWith('curl '))) {
        const { status, text } = await curl(shellWords(line).map((word) => word.replace('http://127.0.0.1:8080', base)))
        expect([line, status, text]).toEqual([line, 200, expect.not.stringContaining('failure')])
      }
    },
  )

  it.each(matching(SERVED).map((words) => [words.slice(3)]))('serve with %j', async (options) => {
    const anyPort = options.includes('--port') ? [] : ['--port', '0']
    const program = await startProgram(['serve', ...anyPort, ...options], folder)
    expect(await statusOf(`${program.url}/status.php`)).toBe(200)
    expect(await program.end()).toBe(0)
  })

  it.each(matching(RUN).map((words) => [words]))('end well: %j', async (words) => {
    expect(await run(words)).toEqual([0, expect.anything()])
  })

  it('have the options of which their help tells', async () => {
    const others = lines
      .filter((line) => line.startsWith('npx') && !RUN.test(line) && !SERVED.test(line))
      .map(shellWords)
    expect(others.length).toBeGreaterThan(0)
    for (const [, , command = '', ...rest] of others) {
      const { code, out } = await runProgram(['help', command])
      const options = rest.filter((word) => word.startsWith('--'))
      expect([command, code, options.filter((option) => !out.includes(option))]).toEqual([command, 0, []])
    }
  })
})
