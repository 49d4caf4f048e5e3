import { defineRoute, type RouteArguments } from '#app/index.ts'
import type { Answer } from '#line/call.ts'
import * as sessions from '#world/accounts/sessions.ts'
import { page } from './html-page.ts'
import { openPageSession, type PageRequirements } from './page-session.ts'

export interface FrontPage {
  readonly id: string
  readonly app: string
  /** Below `index.php`. */
  readonly path: string
  readonly title: string
  readonly requires?: PageRequirements
}

/** A page of the product's front end: that it is there and whom it is for. Its programs are not here, as it says. */
export const defineFrontPage = ({ id, app, path, title, requires = { login: true } }: FrontPage) =>
  defineRoute({
    id,
    app,
    methods: ['GET'],
    path: `/index.php${path}`,
    identify: true,
    summary: `The page "${title}": without the front end, which is not here`,
    handle: async (args) => showFrontPage(args, title, requires),
  })

async function showFrontPage(args: RouteArguments, title: string, requires: PageRequirements): Promise<Answer> {
  const { setCookies, session } = await openPageSession(args, requires)
  const requestToken = sessions.maskedRequestToken(args.world, session)
  const headers = [...setCookies, ['X-OCS-Mock', 'placeholder'] as const]
  return page(200, `${title} - ${args.profile.productName}`, '<p>ocs-mock has no front end.</p>', {
    headers,
    requestToken,
  })
}
