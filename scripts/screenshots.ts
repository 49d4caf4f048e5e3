/**
 * Takes the pictures of the dashboard for the manual: each view on a desktop and on a phone, light and dark.
 *
 * usage: npm run screenshots [-- FOLDER]   (default: docs/dashboard)
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { chromium, type Page } from 'playwright'
import { startServer } from '#adapters/node-server.ts'
import { ControlledMock } from '#control/controlled-mock.ts'
import { OcsMock } from '#mock.ts'
import { ensureBrowser, LAUNCH_ARGUMENTS } from './ensure-browser.ts'

const folder = process.argv[2] ?? 'docs/dashboard'

const mock = new OcsMock({
  scenario: 'expired-share',
  onNotBuilt: () => {},
  explain: true,
})
await mock.scenario.settled()
const server = await startServer(new ControlledMock(mock))

/** What a client that is not quite right might send. */
const as = (login: string) => ({ Authorization: `Basic ${btoa(`${login}:${login}`)}` })
const OCS = { 'OCS-APIRequest': 'true' }
const ASKED: readonly (readonly [path: string, init: RequestInit])[] = [
  ['/status.php', {}],
  ['/ocs/v2.php/cloud/capabilities?format=json', { headers: { ...OCS, ...as('admin') } }],
  ['/ocs/v2.php/cloud/users?format=json', { headers: { ...OCS, ...as('admin') } }],
  ['/ocs/v1.php/cloud/users/nobody?format=json', { headers: { ...OCS, ...as('admin') } }],
  ['/ocs/v2.php/cloud/usrs/alice', { headers: { ...OCS, ...as('admin') } }],
  [
    '/ocs/v2.php/cloud/groups?format=json',
    { method: 'POST', headers: { ...OCS, ...as('admin') }, body: new URLSearchParams({ groupid: 'editors' }) },
  ],
  ['/ocs/v2.php/cloud/user?format=json', { headers: { ...OCS, ...as('alicia') } }],
  ['/remote.php/dav/files/admin/', { method: 'PROPFIND', headers: { ...as('admin'), Depth: '1' } }],
  ['/ocs/v2.php/cloud/user?format=json', { headers: as('admin') }],
]
for (const [path, init] of ASKED) await fetch(server.url + path, init)
mock.faults.add({ name: 'slow uploads', on: { method: 'PUT' }, latency: '2s' })
await fetch(`${server.url}/__admin/snapshots/before%20the%20test`, { method: 'POST' })

const DEVICES = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 780 } } as const
const VIEWS: readonly (readonly [name: string, hash: string, prepare?: (page: Page) => Promise<void>])[] = [
  ['requests', '#/requests/9'],
  ['world', '#/world/shares'],
  ['trouble', '#/trouble', runCommand],
]

const browser = await chromium.launch({ executablePath: ensureBrowser(), args: [...LAUNCH_ARGUMENTS] })
mkdirSync(folder, { recursive: true })
for (const [device, viewport] of Object.entries(DEVICES)) {
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await browser.newPage({ viewport, colorScheme })
    for (const [name, hash, prepare] of VIEWS) {
      await page.goto(`${server.url}/__admin/${hash}`)
      await page.getByRole('status').filter({ hasText: 'live' }).waitFor()
      await page.locator('.detail h2, table td, .steps').first().waitFor()
      await prepare?.(page)
      const file = `${folder}/${name}-${device}-${colorScheme}.png`
      writeFileSync(file, await page.screenshot())
      console.log(file)
    }
    await page.close()
  }
}
await browser.close()
await server.close()

async function runCommand(page: Page): Promise<void> {
  await page.getByLabel('Command').fill('user:list')
  await page.keyboard.press('Enter')
  await page.getByLabel('What commands said').waitFor()
}
