import type { Page } from 'playwright'

/** One state of the dashboard that is looked at. */
export interface DashboardState {
  readonly name: string
  /** What stands behind `/__admin/`. */
  readonly hash: string
  /** What is done first. */
  readonly prepare?: (page: Page) => Promise<unknown>
  /** Where the manual shows it: `desktop-light`, `phone-dark` … */
  readonly shown?: readonly string[]
}

const EVERYWHERE = ['desktop-light', 'desktop-dark', 'phone-light', 'phone-dark'] as const

const click = (name: string) => (page: Page) => page.getByRole('button', { name, exact: true }).first().click()

/** All states, in the order in which they come about; the world of the last ones is not what it was. */
export const STATES: readonly DashboardState[] = [
  { name: 'requests', hash: '#/requests', prepare: openNewest, shown: EVERYWHERE },
  { name: 'requests-list', hash: '#/requests' },
  { name: 'requests-none', hash: '#/requests?text=nothing+like+that' },
  { name: 'requests-xml', hash: '#/requests?text=usrs', prepare: openNewest },
  { name: 'answer-differently', hash: '#/requests', prepare: answerDifferently },
  { name: 'accounts', hash: '#/world/accounts', shown: ['desktop-light'] },
  { name: 'add-account', hash: '#/world/accounts', prepare: click('Add an account') },
  { name: 'groups', hash: '#/world/groups' },
  { name: 'apps', hash: '#/world/apps' },
  { name: 'files', hash: '#/world/files' },
  { name: 'world', hash: '#/world/shares', shown: EVERYWHERE },
  { name: 'direct-links', hash: '#/world/links' },
  { name: 'notifications', hash: '#/world/notifications' },
  { name: 'tokens', hash: '#/world/tokens' },
  { name: 'settings', hash: '#/world/settings' },
  { name: 'tables', hash: '#/world/tables' },
  { name: 'snapshots', hash: '#/world/snapshots', prepare: compare, shown: ['desktop-light'] },
  { name: 'trouble', hash: '#/trouble', prepare: runCommand, shown: EVERYWHERE },
  { name: 'write-fault', hash: '#/trouble', prepare: click('Write one …') },
  { name: 'reset', hash: '#/trouble', prepare: click('Reset the world') },
]

/** What a fake that nobody asked yet shows. */
export const EMPTY_STATES: readonly DashboardState[] = [
  { name: 'empty', hash: '#/requests', shown: ['desktop-light'] },
  { name: 'empty-shares', hash: '#/world/shares' },
  { name: 'empty-snapshots', hash: '#/world/snapshots' },
  { name: 'empty-trouble', hash: '#/trouble' },
]

/** A scenario with a step that went wrong. */
export const FAILED_STATES: readonly DashboardState[] = [
  { name: 'failed-step', hash: '#/trouble', prepare: seeFailure, shown: ['desktop-dark'] },
]

async function openNewest(page: Page): Promise<void> {
  await page.locator('.list-row').first().click()
  await page.locator('.detail h2').waitFor()
}

async function answerDifferently(page: Page): Promise<void> {
  await openNewest(page)
  await page.getByRole('button', { name: 'Answer differently' }).click()
}

async function compare(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Compare' }).click()
  await page.locator('.changes li').first().waitFor()
}

async function runCommand(page: Page): Promise<void> {
  await page.getByLabel('Command').fill('user:list')
  await page.keyboard.press('Enter')
  await page.getByLabel('What commands said').waitFor()
}

async function seeFailure(page: Page): Promise<void> {
  await page.locator('.steps .failed').scrollIntoViewIfNeeded()
}
