import type { Browser, BrowserContextOptions, Page } from 'playwright'

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
  { name: 'add-refused', hash: '#/world/accounts', prepare: refused('Add an account', 'alice') },
  { name: 'edit-account', hash: '#/world/accounts', prepare: click('Edit alice') },
  { name: 'remove-account', hash: '#/world/accounts', prepare: click('Remove alice') },
  {
    name: 'account-not-found',
    hash: '#/world/accounts',
    prepare: (page) => page.getByLabel('Search accounts').fill('nobody'),
  },
  { name: 'members', hash: '#/world/groups', prepare: click('Members of admin') },
  { name: 'groups', hash: '#/world/groups' },
  { name: 'add-group', hash: '#/world/groups', prepare: click('Add a group') },
  { name: 'group-refused', hash: '#/world/groups', prepare: refused('Add a group', 'admin') },
  { name: 'apps', hash: '#/world/apps' },
  { name: 'files', hash: '#/world/files?account=alice', prepare: openFolder },
  { name: 'add-file', hash: '#/world/files', prepare: click('Add a file') },
  { name: 'world', hash: '#/world/shares', shown: EVERYWHERE },
  { name: 'share', hash: '#/world/shares', prepare: click('Share a file') },
  { name: 'share-refused', hash: '#/world/shares', prepare: refused('Share a file', 'nobody', '/nothing') },
  { name: 'direct-links', hash: '#/world/links' },
  { name: 'notifications', hash: '#/world/notifications' },
  { name: 'send-notification', hash: '#/world/notifications', prepare: click('Send one') },
  { name: 'statuses', hash: '#/world/statuses' },
  { name: 'set-status', hash: '#/world/statuses', prepare: click('Set one') },
  { name: 'exapps', hash: '#/world/exapps' },
  { name: 'tokens', hash: '#/world/tokens' },
  { name: 'add-token', hash: '#/world/tokens', prepare: click('Add an app password') },
  { name: 'settings', hash: '#/world/settings' },
  { name: 'set-setting', hash: '#/world/settings', prepare: click('Set one') },
  { name: 'change-setting', hash: '#/world/settings', prepare: click('Change activity enabled') },
  { name: 'tables', hash: '#/world/tables' },
  { name: 'table', hash: '#/world/tables/shares' },
  { name: 'no-such-part', hash: '#/world/nothing' },
  { name: 'no-such-request', hash: '#/requests/9999' },
  { name: 'snapshots', hash: '#/world/snapshots', prepare: compare, shown: ['desktop-light'] },
  { name: 'trouble', hash: '#/trouble', prepare: runCommand, shown: EVERYWHERE },
  { name: 'write-fault', hash: '#/trouble', prepare: click('Write one …') },
  { name: 'fault-refused', hash: '#/trouble', prepare: writeWrongFault },
  { name: 'occ-refused', hash: '#/trouble', prepare: runWrongCommand },
  { name: 'reset', hash: '#/trouble', prepare: click('Reset the world') },
  { name: 'undo', hash: '#/world/snapshots', prepare: goBack },
]

/** What names of the greatest length do to the page. */
export const LONG_STATES: readonly DashboardState[] = [
  { name: 'long-request', hash: '#/requests', prepare: openNewest },
  { name: 'long-requests', hash: '#/requests' },
  { name: 'long-accounts', hash: '#/world/accounts' },
  { name: 'long-groups', hash: '#/world/groups' },
  { name: 'long-files', hash: '#/world/files', prepare: openFolder },
  { name: 'long-shares', hash: '#/world/shares' },
  { name: 'long-notifications', hash: '#/world/notifications' },
  {
    name: 'long-remove',
    hash: '#/world/accounts',
    prepare: (page) => page.getByRole('button', { name: /^Remove uuu/ }).click(),
  },
  { name: 'long-trouble', hash: '#/trouble' },
]

/** What a fake that nobody asked yet shows. */
export const EMPTY_STATES: readonly DashboardState[] = [
  { name: 'empty', hash: '#/requests', shown: ['desktop-light'] },
  { name: 'empty-shares', hash: '#/world/shares' },
  { name: 'empty-snapshots', hash: '#/world/snapshots' },
  { name: 'empty-links', hash: '#/world/links' },
  { name: 'empty-notifications', hash: '#/world/notifications' },
  { name: 'empty-statuses', hash: '#/world/statuses' },
  { name: 'empty-tokens', hash: '#/world/tokens' },
  { name: 'empty-exapps', hash: '#/world/exapps' },
  { name: 'not-connected', hash: '#/requests', prepare: loseConnection },
  { name: 'empty-trouble', hash: '#/trouble' },
]

/** A scenario with a step that went wrong. */
export const FAILED_STATES: readonly DashboardState[] = [
  { name: 'failed-step', hash: '#/trouble', prepare: seeFailure, shown: ['desktop-dark'] },
]

/** A page of a fake server in that state, once there is something to see. */
export async function openState(
  browser: Browser,
  url: string,
  { hash, prepare }: DashboardState,
  how: Pick<BrowserContextOptions, 'viewport' | 'colorScheme'> = {},
): Promise<Page> {
  const page = await browser.newPage(how)
  await page.goto(`${url}/__admin/${hash}`)
  await page.getByRole('status').filter({ hasText: 'live' }).waitFor()
  const shown = '.list-row, td, .steps, .empty, .card p, .tree, .switches, .tiles, .plain, .detail p'
  await page.locator(shown).filter({ visible: true }).first().waitFor()
  await prepare?.(page)
  return page
}

async function openNewest(page: Page): Promise<void> {
  await page.locator('.list-row').first().click()
  await page.locator('.detail h2').waitFor()
}

async function answerDifferently(page: Page): Promise<void> {
  await openNewest(page)
  await page.getByRole('button', { name: 'Answer differently' }).click()
}

/** A dialog that says why it stays open. @param typed into its first fields */
function refused(button: string, ...typed: readonly string[]) {
  return async (page: Page): Promise<void> => {
    await click(button)(page)
    const fields = page.getByRole('dialog').getByRole('textbox')
    for (const [i, text] of typed.entries()) await fields.nth(i).fill(text)
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').getByRole('alert').waitFor()
  }
}

async function writeWrongFault(page: Page): Promise<void> {
  await click('Write one …')(page)
  await page.getByLabel('Latency').fill('5parsecs')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').getByRole('alert').waitFor()
}

async function goBack(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /^Go back to/ })
    .first()
    .click()
  await page.getByRole('button', { name: 'Undo' }).waitFor()
}

async function openFolder(page: Page): Promise<void> {
  await page.locator('.tree summary').first().click()
  await page.locator('.tree .tree, .tree p').first().waitFor()
}

async function loseConnection(page: Page): Promise<void> {
  await page.route('**/__admin/events*', (route) => route.abort())
  await page.reload()
  await page.getByRole('status').filter({ hasText: 'not connected' }).waitFor()
}

async function runWrongCommand(page: Page): Promise<void> {
  await page.getByLabel('Command').fill('user:disable alicia')
  await page.keyboard.press('Enter')
  await page.getByLabel('What commands said').waitFor()
}

async function compare(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Compare' }).click()
  await page.locator('.found').waitFor()
}

async function runCommand(page: Page): Promise<void> {
  await page.getByLabel('Command').fill('user:list')
  await page.keyboard.press('Enter')
  await page.getByLabel('What commands said').waitFor()
}

async function seeFailure(page: Page): Promise<void> {
  await page.locator('.steps .failed').scrollIntoViewIfNeeded()
}
