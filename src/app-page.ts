import { defineApp, type OcsApp } from '#app/define-app.ts'
import { defineRoute } from '#app/define-endpoint.ts'
import { checkMembers } from '#lib/check-members.ts'
import { UserError } from '#lib/errors.ts'
import type { Route } from '#line/endpoint.ts'
import type { HtmlOptions } from '#page/page.ts'

/** The page of an app of one's own: a shell that a front end runs in. */
export interface AppPage extends HtmlOptions {
  /** Whether it is there without a login. Default: whoever is not logged in is sent to the login. */
  readonly public?: boolean
}

/**
 * The page of an app at `index.php/apps/ID/`, and at all addresses below it that the app has nothing else for. It holds
 * what pages of the product hold (account, request token, initial states, `OC`), and loads a script of yours.
 *
 * @example
 * defineApp('bookmarks', { routes: definePage('bookmarks', { script: 'http://localhost:5173/src/main.js' }) })
 */
export const definePage = (app: string, { public: isPublic = false, ...html }: AppPage): Route[] =>
  [`/index.php/apps/${app}/`, `/index.php/apps/${app}/{path:.+}`].map((path, i) =>
    defineRoute({
      id: `${app}-page${i === 0 ? '' : '-below'}`,
      app,
      methods: ['GET'],
      path,
      identify: true,
      summary: 'The page of the app, with a front end of your own',
      handle: async (args) => {
        const { showPage } = await import('#handlers/core/api.ts')
        return showPage(args, app, isPublic ? {} : { login: true }, html)
      },
    }),
  )

const PAGE_MEMBERS = ['script', 'title', 'body', 'public'] as const

/** @throws UserError where it is no object, or has or something that a page has not */
function checkAppPage(id: string, page: unknown): void {
  const what = `Failed to make the page of "${id}"`
  if (typeof page === 'string')
    throw new UserError(`${what}: it is a text. Write pages: { ${id}: { script: ${JSON.stringify(page)} } }.`)
  checkMembers(what, page, PAGE_MEMBERS)
}

/** Apps of one's own with pages for some of them; one that is not among them is made of its page alone. */
export function withPages(apps: readonly OcsApp[], pages: Readonly<Record<string, AppPage>>): readonly OcsApp[] {
  for (const [id, page] of Object.entries(pages)) checkAppPage(id, page)
  const made = Object.entries(pages)
    .filter(([id]) => !apps.some((app) => app?.id === id))
    .map(([id, page]) => defineApp(id, { routes: definePage(id, page) }))
  return [
    ...apps.map((app) => {
      const page = app && Object.hasOwn(pages, app.id) ? pages[app.id] : undefined
      return page === undefined ? app : { ...app, routes: [...app.routes, ...definePage(app.id, page)] }
    }),
    ...made,
  ]
}
