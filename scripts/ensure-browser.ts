/**
 * Finds a Chromium for the browser tests, or brings one: from the machine, from Playwright, from the distribution.
 *
 * usage: tsx scripts/ensure-browser.ts   (prints where it is)
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, dirname, join } from 'node:path'
import { chromium } from 'playwright'

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
  'msedge',
]

const USUAL_PLACES = [
  '/usr/bin',
  '/usr/local/bin',
  '/opt/google/chrome',
  '/snap/bin',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

const INSTALL_MILLISECONDS = 10 * 60_000

const isRoot = process.getuid?.() === 0

/** Options for Playwright's `chromium.launch`. Chromium refuses its sandbox to root. */
export const LAUNCH_ARGUMENTS: readonly string[] = isRoot ? ['--no-sandbox', '--disable-dev-shm-usage'] : []

/**
 * The path of a Chromium that starts.
 * @throws Error that says what was tried, where there is none and none can be had.
 */
export function ensureBrowser(): string {
  const found = findBrowser()
  if (found) return found
  const tried: string[] = []
  for (const [what, bring] of WAYS) {
    console.error(`No Chromium on this machine: ${what} …`)
    const problem = bring()
    const brought = findBrowser()
    if (brought) return brought
    tried.push(`${what}: ${problem ?? 'done, but nothing that starts came of it'}`)
  }
  throw new Error(
    `Failed to find or install a Chromium for the browser tests. Install Chromium or Google Chrome, or set ` +
      `OCS_MOCK_BROWSER to the path of one. Tried:\n${tried.map((line) => `  ${line}`).join('\n')}`,
  )
}

function findBrowser(): string | undefined {
  return candidates().find(starts)
}

function candidates(): string[] {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  const places = [...folders, ...USUAL_PLACES].flatMap((place) => [place, ...NAMES.map((name) => join(place, name))])
  const named = [process.env.OCS_MOCK_BROWSER, process.env.CHROME_PATH].filter((path) => path !== undefined)
  return [...named, ...places.filter((path) => !folders.includes(path)), chromium.executablePath()].filter(existsSync)
}

/** A file of that name may be a stub, or miss its libraries. */
function starts(path: string): boolean {
  const { status, stdout } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 30_000 })
  return status === 0 && /\d+\.\d+/.test(stdout)
}

/** How a browser can be brought; each answers what went wrong, or `null`. */
const WAYS: readonly (readonly [what: string, bring: () => string | null])[] = [
  ['playwright install chromium', installByPlaywright],
  ['apt-get install chromium', installByApt],
]

function installByPlaywright(): string | null {
  const cli = join(dirname(createRequire(import.meta.url).resolve('playwright/package.json')), 'cli.js')
  const problem = run(process.execPath, [cli, 'install', 'chromium'])
  if (problem || !isRoot) return problem
  return run(process.execPath, [cli, 'install-deps', 'chromium'])
}

function installByApt(): string | null {
  if (!isRoot) return 'needs root'
  if (!existsSync('/usr/bin/apt-get')) return 'this is no Debian or Ubuntu'
  return run('apt-get', ['update']) ?? run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'])
}

function run(command: string, args: readonly string[]): string | null {
  const { status, error, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    timeout: INSTALL_MILLISECONDS,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  if (status === 0) return null
  return error?.message ?? (stderr.trim().split('\n').at(-1) || `exit code ${status}`)
}

if (process.argv[1]?.endsWith('ensure-browser.ts')) console.log(ensureBrowser())
