import { defineRoute } from '#app/index.ts'
import * as sessions from '#world/accounts/sessions.ts'
import { json, openPageSession } from './page-session.ts'

/** A request token for the session, which a browser without one gets with it. */
export const csrfToken = defineRoute({
  id: 'core-csrf_token-index',
  app: 'core',
  methods: ['GET'],
  path: '/index.php/csrftoken',
  identify: true,
  summary: 'A request token for the browser’s session',
  handle: async (args) => {
    const pageSession = await openPageSession(args)
    return json(200, { token: sessions.maskedRequestToken(args.world, pageSession.session) }, pageSession)
  },
})
