import { defineRoute, type RouteArguments } from '#app/index.ts'
import type { Answer } from '#line/call.ts'
import { describePage } from '#page/describe-page.ts'
import { type HtmlOptions, OcsPage } from '#page/page.ts'
import * as sessions from '#world/accounts/sessions.ts'
import { nonceOf, pagePolicies } from './page-policies.ts'
import { openPageSession, type PageRequirements } from './page-session.ts'

export interface FrontPage {
  readonly id: string
  readonly app: string
  /** Below `index.php`. */
  readonly path: string
  readonly title: string
  readonly requires?: PageRequirements
}

/** A page of the product's front end: what it tells scripts, and whom it is for. Its programs are not here, as it says. */
export const defineFrontPage = ({ id, app, path, title, requires = { login: true } }: FrontPage) =>
  defineRoute({
    id,
    app,
    methods: ['GET'],
    path: `/index.php${path}`,
    identify: true,
    summary: `The page "${title}": without the front end, which is not here`,
    handle: async (args) => showFrontPage(args, app, title, requires),
  })

async function showFrontPage(
  args: RouteArguments,
  app: string,
  title: string,
  requires: PageRequirements,
): Promise<Answer> {
  const body = '<p>ocs-mock has no front end.</p>'
  const answer = await showPage(args, app, requires, { title: `${title} - ${args.profile.productName}`, body })
  return { ...answer, headers: [...answer.headers, ['X-OCS-Mock', 'placeholder']] }
}

/** A front end under development comes from another server, which reloads it: the product's own policy forbids that. */
const FOR_DEVELOPMENT = ['Content-Security-Policy', "frame-ancestors 'self'"] as const

/** A page of an app, with all that it tells scripts about the server and about whoever opened it. */
export async function showPage(
  args: RouteArguments,
  app: string,
  requires: PageRequirements,
  options: HtmlOptions,
): Promise<Answer> {
  const { world, actor } = args
  const { setCookies, session } = await openPageSession(args, requires)
  const requestToken = sessions.maskedRequestToken(world, session)
  const nonce = nonceOf(requestToken)
  const description = await describePage({ ...args, app, actor: { ...actor, session: session.id } }, requestToken)
  return {
    status: 200,
    headers: [
      ['Content-Type', 'text/html; charset=UTF-8'],
      ...setCookies,
      ...(options.script === undefined ? pagePolicies(nonce) : [FOR_DEVELOPMENT]),
    ],
    body: new OcsPage(description).html({ ...options, nonce }),
  }
}
