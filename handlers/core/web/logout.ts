import { defineRoute } from '#app/index.ts'
import { PRODUCTS } from '#lib/releases.ts'
import { forgettingCookies } from '#line/remembered-browser.ts'
import * as sessions from '#world/accounts/sessions.ts'
import { openPageSession, redirect } from './page-session.ts'

export const logout = defineRoute({
  id: 'core-login-logout',
  products: PRODUCTS,
  app: 'core',
  methods: ['GET'],
  path: '/index.php/logout',
  identify: true,
  summary: 'Log a browser out',
  handle: async (args) => {
    const { world, actor, request } = args
    const pageSession = await openPageSession(args, { login: true, requestToken: true })
    sessions.close(world, pageSession.session.id)
    const headers: [string, string][] = actor.userId === null ? [] : [['X-User-Id', actor.userId]]
    return redirect(`${request.baseUrl}/index.php/login?clear=1`, [...headers, ...forgettingCookies()])
  },
})
