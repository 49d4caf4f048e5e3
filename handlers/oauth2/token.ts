import { defineRoute } from '#app/index.ts'
import { bare, jsonAnswer } from '#line/call.ts'
import { basicCredentials } from '#line/identify.ts'
import { redeem, TOKEN_SECONDS } from '#world/accounts/oauth-clients.ts'

/**
 * Where clients get their tokens. Credentials of a Basic header are the client's, and say nothing about who calls
 * (Nextcloud 34.0.1, asked).
 */
export const getToken = defineRoute({
  id: 'oauth2-oauth_api-get-token',
  app: 'oauth2',
  methods: ['POST'],
  path: '/index.php/apps/oauth2/api/v1/token',
  identify: false,
  summary: 'Exchange an authorization code or a refresh token for tokens',
  handle: async ({ call, world, parameters }) => {
    const given = await parameters()
    const text = (name: string) => (typeof given[name] === 'string' ? given[name] : '')
    if (typeof given.grant_type !== 'string') return bare(400)
    const type = given.grant_type
    if (type !== 'authorization_code' && type !== 'refresh_token') return jsonAnswer(400, { error: 'invalid_grant' })
    const basic = basicCredentials(call)
    const code = given[type === 'refresh_token' ? 'refresh_token' : 'code']
    // What is missing ends in an error of PHP, without a word (Nextcloud 34.0.1, asked).
    if (typeof code !== 'string') return bare(500)
    const redeemed = redeem(world, {
      type,
      code,
      clientId: basic?.login ?? text('client_id'),
      clientSecret: basic?.password ?? text('client_secret'),
    })
    if (typeof redeemed === 'string') return jsonAnswer(400, { error: redeemed })
    return jsonAnswer(200, {
      access_token: redeemed.accessToken,
      token_type: 'Bearer',
      expires_in: TOKEN_SECONDS,
      refresh_token: redeemed.refreshToken,
      user_id: redeemed.userId,
    })
  },
})
