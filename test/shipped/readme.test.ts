import { spawn } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { LAUNCH_ARGUMENTS } from '../../scripts/ensure-browser.ts'
import { readmeCommands, readmeFiles, shellWords } from '../../scripts/support/readme.ts'
import { curl } from './support/curl.ts'
import { servePage } from './support/page.ts'
import { type Program, startProgram } from './support/program.ts'
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
    for (const { file, text } of readmeFiles('.spec.ts')) sandbox.write(file, text)
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

describe('the commands of the README', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ocs-mock-readme-'))
  const commands = readmeCommands().map(shellWords)
  let server: Program

  beforeAll(async () => {
    for (const { file, text } of readmeFiles('.yaml')) writeFileSync(join(folder, file), text)
    server = await startProgram(['serve', '--port', '0'])
    // What is served again below.
    for (const words of ofCommand('record')) expect(await run([...words, ...TWO_APPS])).toEqual([0, expect.anything()])
  }, 120_000)
  afterAll(() => server.end())

  /** The command with the address of our server in it. */
  const here = (words: readonly string[]) => words.map((word) => word.replace('http://127.0.0.1:8080', server.url))

  const ofCommand = (wanted: string) => commands.filter(([, , command]) => command === wanted)

  /** Exit code and output of one of our commands. */
  async function run(words: readonly string[]): Promise<[code: number | null, output: string]> {
    const bin = fileURLToPath(new URL('../../dist/bin/ocs-mock.js', import.meta.url))
    const options = { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] as ['ignore', 'pipe', 'inherit'] }
    const child = spawn(process.execPath, [bin, ...here(words.slice(2))], options)
    let output = ''
    child.stdout.on('data', (chunk) => {
      output += chunk
    })
    return [await new Promise((resolve) => child.on('close', resolve)), output]
  }

  it('are those that are tried here', () => {
    const known = /^(curl |npx ocs-mock (serve|verify|record|drift|new-app)|npm (ci|install|start|test|run))/
    expect(commands.map((words) => words.join(' ')).filter((line) => !known.test(line))).toEqual([])
  })

  it.each(commands.filter(([program]) => program === 'curl').map((words) => [words]))('work: %j', async (words) => {
    const { status, text } = await curl(here(words))
    expect(status, text).toBe(200)
    expect(text).not.toContain('failure')
  })

  it.each(commands.filter(([, , command]) => command === 'serve').map((words) => [words.slice(3)]))(
    'serve with %j',
    async (options) => {
      const program = await startProgram(['serve', '--port', '0', ...options], folder)
      expect((await fetch(`${program.url}/status.php`)).status).toBe(200)
      expect(await program.end()).toBe(0)
    },
  )

  it('verify the server and find nothing', async () => {
    for (const words of ofCommand('verify')) expect(await run([...words, ...TWO_APPS])).toEqual([0, expect.anything()])
  })

  it("begin an app of one's own", async () => {
    for (const words of ofCommand('new-app'))
      expect(await run(words)).toEqual([0, expect.stringContaining('Wrote an app')])
  })

  it('record a server and find it unchanged', async () => {
    expect(ofCommand('drift')).toHaveLength(1)
    for (const words of ofCommand('drift'))
      expect(await run(words)).toEqual([0, expect.stringMatching(/no findings|0 breaks/)])
  })
})
