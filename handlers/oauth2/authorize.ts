import { config, defineRoute } from '#app/index.ts'
import { openPageSession, page, redirect } from '#handlers/core/api.ts'
import { urlencode } from '#lib/php.ts'
import { queryOf } from '#lib/query.ts'
import { Crash } from '#line/failures.ts'
import { findByClientId } from '#world/accounts/oauth-clients.ts'
import * as sessions from '#world/accounts/sessions.ts'

const UNKNOWN_CLIENT = 'Your client is not authorized to connect. Please inform the administrator of your client.'
const STATE_LENGTH = 64

/** What a client opens in its user's browser: it leads to the page on which they agree. */
export const authorize = defineRoute({
  id: 'oauth2-login_redirector-authorize',
  app: 'oauth2',
  methods: ['GET'],
  path: '/index.php/apps/oauth2/authorize',
  identify: true,
  summary: 'Begin to let a client log somebody in',
  handle: async (args) => {
    const { world, request } = args
    const { session, setCookies, parameters } = await openPageSession(args)
    const { client_id: clientId, state = '', response_type: type } = parameters
    if (typeof clientId !== 'string') throw new Crash('a client has to say which one it is')
    const client = findByClientId(world, clientId)
    if (!client) return page(200, args.profile.productName, `<p>${UNKNOWN_CLIENT}</p>`, { headers: setCookies })
    if (type !== 'code') {
      const query = `error=unsupported_response_type&state=${urlencode(String(state))}`
      return redirect(`${client.redirectUri}?${query}`, setCookies)
    }
    const isTrusted = skipped(config.getApp(world, 'oauth2', 'skipAuthPickerApplications', '[]')).includes(client.name)
    const stateToken = isTrusted ? world.random.token(STATE_LENGTH) : undefined
    sessions.change(world, session.id, {
      oauthState: String(state),
      ...(stateToken === undefined ? {} : { flowToken: stateToken }),
    })
    const more = { clientIdentifier: client.clientId, providedRedirectUri: '' }
    const target = stateToken
      ? `/index.php/login/flow/grant?${queryOf({ stateToken, ...more })}`
      : `/index.php/login/flow?${queryOf(more)}`
    return redirect(request.baseUrl + target, setCookies)
  },
})

/** Names of clients whose users are not asked which account they mean. */
function skipped(kept: string): readonly unknown[] {
  const names: unknown = JSON.parse(kept)
  return Array.isArray(names) ? names : []
}
