import { checkMembers } from '#lib/check-members.ts'
import { UserError } from '#lib/errors.ts'
import type { BrowserSession } from '#line/browser-session.ts'
import { ANONYMOUS } from '#line/identify.ts'
import type { Instance } from '#line/instance.ts'
import * as sessions from '#world/accounts/sessions.ts'
import { describePage } from './describe-page.ts'
import { OcsPage } from './page.ts'

/** Which page is opened. */
export interface PageOptions {
  /** The app whose page it is. Default: none, as on pages that belong to the server. */
  readonly app?: string
}

/** @throws UserError for what is neither `true` nor options of a page */
export function checkPageOption(what: string, page: unknown): void {
  if (page === undefined || page === true || page === false) return
  if (typeof page === 'string')
    throw new UserError(`${what}: "page" is a text. Write page: { app: ${JSON.stringify(page)} }, or page: true.`)
  checkPage(`${what}, at "page"`, page)
}

const NOWHERE = 'http://localhost'

/** An app that the fake does not know may have a page: it is the one that is tested. */
function checkPage(what: string, options: unknown): void {
  checkMembers(what, options, ['app'])
  const { app } = options as { readonly app?: unknown }
  if (app === undefined || (typeof app === 'string' && /^[a-z][a-z0-9_-]*$/.test(app))) return
  throw new UserError(
    `${what}: the app is ${JSON.stringify(app)}. Write the id of an app, in lower-case letters: { app: 'files' }.`,
  )
}

/**
 * The page that a browser would get from an instance, without a request for it: the world stays as it is.
 * @param browser who is logged in; `null`: nobody
 * @throws UserError for an unknown option, and for what is no id of an app
 */
export async function openPage(
  instance: Instance,
  browser: BrowserSession | null,
  options: PageOptions = {},
): Promise<OcsPage> {
  checkPage('Failed to open the page', options)
  const { app } = options
  const world = instance.world.fork()
  const baseUrl = instance.baseUrl ?? NOWHERE
  const { host } = new URL(baseUrl)
  const requestToken =
    browser?.requestToken ?? sessions.maskedRequestToken(world, { requestToken: world.random.token(32) })
  const context = {
    world,
    profile: instance.profile,
    catalogue: instance,
    actor: browser?.actor ?? ANONYMOUS,
    request: { baseUrl, host, address: `${baseUrl}/`, header: () => '', remoteAddress: '127.0.0.1' },
    app: app ?? null,
  }
  return new OcsPage(await describePage(context, requestToken))
}
