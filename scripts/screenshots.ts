/**
 * Takes the pictures of the manual: the dashboard on a desktop and on a phone, light and dark, and the terminal.
 *
 * usage: npm run screenshots [-- FOLDER] [-- --all FOLDER]   (default: docs/dashboard)
 *   --all   every state on every device, to look at, and not only what the manual shows
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type Browser, chromium } from 'playwright'
import { ensureBrowser, LAUNCH_ARGUMENTS } from './ensure-browser.ts'
import {
  type DashboardState,
  EMPTY_STATES,
  FAILED_STATES,
  LONG_STATES,
  openState,
  STATES,
} from './screenshots/states.ts'
import { logOf, occOf, terminalPicture } from './screenshots/terminal.ts'
import { emptyServer, failedServer, longServer, type PicturedServer, usedServer } from './screenshots/worlds.ts'

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { all: { type: 'boolean', default: false } },
})
const folder = positionals[0] ?? 'docs/dashboard'

const DEVICES = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 780 } } as const

/** One that works, one that says how to do it right, one with a mistake. */
const COMMANDS = ['group:add staff', 'user:info admin', 'user:disable alicia', 'group:adduser staff']

const browser = await chromium.launch({ executablePath: ensureBrowser(), args: [...LAUNCH_ARGUMENTS] })
mkdirSync(folder, { recursive: true })
try {
  const used = await usedServer()
  const log = logOf(used.mock)
  await take(browser, used, STATES)
  save('terminal', await terminalPicture(browser, log))
  const asked = await emptyServer()
  save('occ', await terminalPicture(browser, await occOf(asked.mock, COMMANDS)))
  await asked.close()
  await take(browser, await emptyServer(), EMPTY_STATES)
  await take(browser, await failedServer(), FAILED_STATES)
  await take(browser, await longServer(), LONG_STATES)
} finally {
  await browser.close()
}

function save(name: string, picture: Uint8Array): void {
  const file = `${folder}/${name}.png`
  writeFileSync(file, picture)
  console.log(file)
}

async function take(browser: Browser, server: PicturedServer, states: readonly DashboardState[]): Promise<void> {
  for (const [device, viewport] of Object.entries(DEVICES)) {
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const state of states) {
        const { name, shown = [] } = state
        if (!options.all && !shown.includes(`${device}-${colorScheme}`)) continue
        const page = await openState(browser, server.url, state, { viewport, colorScheme })
        // Bars of the browser that fade away differ from picture to picture.
        save(`${name}-${device}-${colorScheme}`, await page.screenshot({ animations: 'disabled' }))
        await page.close()
      }
    }
  }
  await server.close()
}
