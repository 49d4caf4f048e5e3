import { defineRoute, type RouteArguments, users } from '#app/index.ts'
import { escapeHtml } from '#lib/html.ts'
import { toInt, urlencode } from '#lib/php.ts'
import { queryOf } from '#lib/query.ts'
import { type Answer, bare } from '#line/call.ts'
import { Crash } from '#line/failures.ts'
import { findByClientId, grant as grantCode, type OAuthClient } from '#world/accounts/oauth-clients.ts'
import * as sessions from '#world/accounts/sessions.ts'
import * as tokens from '#world/accounts/tokens.ts'
import { form, page } from './html-page.ts'
import { openPageSession, type PageSession, redirect } from './page-session.ts'

const FLOW = '/index.php/login/flow'
const STATE_LENGTH = 64

/** The client that its user comes from, by its identifier; `null`: it says no more than its `User-Agent`. */
function clientOf({ world }: RouteArguments, { parameters }: PageSession): OAuthClient | null {
  const { clientIdentifier } = parameters
  if (typeof clientIdentifier !== 'string' || clientIdentifier === '') return null
  const client = findByClientId(world, clientIdentifier)
  if (!client) throw new Crash('no client has this identifier')
  return client
}

const nameOf = ({ call }: RouteArguments, client: OAuthClient | null) =>
  client?.name ?? (call.header('user-agent') || 'unknown')

const textIn = ({ parameters }: PageSession, name: string, fallback = '') => {
  const value = parameters[name]
  return typeof value === 'string' ? value : fallback
}

/** Login flow v1: a client opens a page, its user agrees there, and comes back to the client with what it needs. */
export const pick = defineRoute({
  id: 'core-client_flow_login-show-auth-picker-page',
  app: 'core',
  methods: ['GET'],
  path: FLOW,
  identify: true,
  summary: 'The page that says which client wants to be logged in, and leads to where its user agrees',
  handle: async (args) => {
    const { world, call, request } = args
    const pageSession = await openPageSession(args)
    const client = clientOf(args, pageSession)
    const headers = pageSession.setCookies
    if (!client && call.header('ocs-apirequest') !== 'true')
      return page(200, 'Access Forbidden', '<p>Access Forbidden</p><p>Invalid request</p>', { headers })
    const stateToken = world.random.token(STATE_LENGTH)
    sessions.change(world, pageSession.session.id, { flowToken: stateToken })
    const clientIdentifier = client?.clientId ?? ''
    const { oauthState } = pageSession.session
    const query = queryOf({
      stateToken,
      clientIdentifier,
      ...(oauthState === undefined ? {} : { oauthState }),
      user: textIn(pageSession, 'user'),
      direct: textIn(pageSession, 'direct', '0'),
      providedRedirectUri: textIn(pageSession, 'providedRedirectUri'),
    })
    const requestToken = sessions.maskedRequestToken(world, pageSession.session)
    const name = nameOf(args, client)
    const body = `<p>Connect ${escapeHtml(name)} to your account.</p>
<a href="${escapeHtml(`${FLOW}/grant?${query}`)}">Log in</a>
${form(`${FLOW}/apptoken`, { requesttoken: requestToken, stateToken }, { user: 'text', password: 'password' }, 'Use an app password')}`
    const initialState = {
      'core-loginFlowState': 'auth',
      'core-loginFlowAuth': {
        client: name,
        clientIdentifier,
        instanceName: args.profile.productName,
        stateToken,
        serverHost: request.baseUrl,
        oauthState: oauthState ?? null,
        direct: textIn(pageSession, 'direct', '0') !== '0',
        providedRedirectUri: textIn(pageSession, 'providedRedirectUri'),
        loginRedirectUrl: `${FLOW}/grant?${query}`,
        appTokenUrl: `${request.baseUrl}${FLOW}/apptoken`,
      },
    }
    return page(200, 'Connect to your account', body, { requestToken, headers, initialState })
  },
})

const NO_MATCH = 'State token does not match'

const forbidden = (message: string, { setCookies }: PageSession): Answer =>
  page(403, message, `<p>${message}</p>`, { headers: setCookies })

const isOfFlow = (pageSession: PageSession) =>
  !!pageSession.session.flowToken && pageSession.session.flowToken === textIn(pageSession, 'stateToken')

export const grantPage = defineRoute({
  id: 'core-client_flow_login-grant-page',
  app: 'core',
  methods: ['GET'],
  path: `${FLOW}/grant`,
  identify: true,
  summary: 'The page on which the user agrees',
  handle: async (args) => {
    const { world, actor } = args
    const pageSession = await openPageSession(args, { login: true, anySite: true })
    if (!isOfFlow(pageSession)) return forbidden(NO_MATCH, pageSession)
    const client = clientOf(args, pageSession)
    const requestToken = sessions.maskedRequestToken(world, pageSession.session)
    const hidden = {
      requesttoken: requestToken,
      clientIdentifier: client?.clientId ?? '',
      stateToken: textIn(pageSession, 'stateToken'),
      providedRedirectUri: textIn(pageSession, 'providedRedirectUri'),
    }
    const body = `<p>Grant ${escapeHtml(nameOf(args, client))} access to the account of ${escapeHtml(actor.userId ?? '')}.</p>
${form(FLOW, hidden, {}, 'Grant access')}`
    const initialState = {
      'core-loginFlowState': 'grant',
      'core-loginFlowGrant': {
        actionUrl: args.request.baseUrl + FLOW,
        client: nameOf(args, client),
        clientIdentifier: hidden.clientIdentifier,
        instanceName: args.profile.productName,
        stateToken: hidden.stateToken,
        serverHost: args.request.baseUrl,
        oauthState: pageSession.session.oauthState ?? null,
        direct: toInt(textIn(pageSession, 'direct', '0')),
        providedRedirectUri: hidden.providedRedirectUri,
        userDisplayName: users.find(world, actor.userId ?? '')?.displayName ?? '',
        userId: actor.userId,
      },
    }
    return page(200, 'Account access', body, { requestToken, headers: pageSession.setCookies, initialState })
  },
})

export const generateAppPassword = defineRoute({
  id: 'core-client_flow_login-generate-app-password',
  app: 'core',
  methods: ['POST'],
  path: FLOW,
  identify: true,
  summary: 'Agree: the user goes back to the client, with an app password or with an authorization code',
  handle: async (args) => {
    const { world, actor, request } = args
    const pageSession = await openPageSession(args, { login: true, requestToken: true, recentPassword: true })
    const isRight = isOfFlow(pageSession)
    sessions.change(world, pageSession.session.id, { flowToken: '' })
    if (!isRight) return forbidden(NO_MATCH, pageSession)
    // Only a browser that was logged in by its form has a login name to pass on.
    if (!actor.token || actor.userId === null) return bare(403, pageSession.setCookies)
    const client = clientOf(args, pageSession)
    const { userId } = actor
    const { loginName } = actor.token
    const made = tokens.create(world, { userId, loginName, name: nameOf(args, client), type: 'app-password' })
    if (client)
      return redirect(addressOf(client, pageSession, grantCode(world, client, made.id)), pageSession.setCookies)
    sessions.close(world, pageSession.session.id)
    return redirect(handedTo(request.baseUrl, loginName, made.token), pageSession.setCookies)
  },
})

/** Where a client of OAuth 2 awaits its user, with the code. */
function addressOf({ redirectUri }: OAuthClient, { session }: PageSession, code: string): string {
  const sign = /\?[^#]/.test(redirectUri) ? '&' : '?'
  return `${redirectUri}${sign}state=${urlencode(session.oauthState ?? '')}&code=${code}`
}

/** What the product's own clients open: an address of theirs with all that they need. */
const handedTo = (server: string, user: string, password: string) =>
  `nc://login/server:${server}&user:${urlencode(user)}&password:${urlencode(password)}`

export const appTokenRedirect = defineRoute({
  id: 'core-client_flow_login-apptoken-redirect',
  app: 'core',
  methods: ['POST'],
  path: `${FLOW}/apptoken`,
  identify: true,
  summary: 'Agree with an app password that the client shall use',
  handle: async (args) => {
    const { world, request } = args
    const pageSession = await openPageSession(args, { requestToken: true })
    if (!isOfFlow(pageSession)) return forbidden(NO_MATCH, pageSession)
    const token = tokens.find(world, textIn(pageSession, 'password'))
    if (token?.loginName !== textIn(pageSession, 'user')) return forbidden('Invalid app password', pageSession)
    return redirect(handedTo(request.baseUrl, token.loginName, token.token), pageSession.setCookies)
  },
})

export const clientFlow = [pick, grantPage, generateAppPassword, appTokenRedirect]
