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

const NOWHERE = 'http://localhost'

/**
 * The page that a browser would get from an instance, without a request for it: the world stays as it is.
 * @param browser who is logged in; `null`: nobody
 */
export async function openPage(
  instance: Instance,
  browser: BrowserSession | null,
  { app }: PageOptions = {},
): Promise<OcsPage> {
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
