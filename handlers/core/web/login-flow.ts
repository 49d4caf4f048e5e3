import { defineRoute, type RouteArguments } from '#app/index.ts'
import { escapeHtml } from '#lib/html.ts'
import { queryOf } from '#lib/query.ts'
import { type Answer, bare, jsonAnswer } from '#line/call.ts'
import * as sessions from '#world/accounts/sessions.ts'
import * as tokens from '#world/accounts/tokens.ts'
import * as flows from '../state/login-flows.ts'
import { form, page } from './html-page.ts'
import { openPageSession, type PageSession, redirect } from './page-session.ts'

const V2 = '/index.php/login/v2'

/** Login flow v2: a client asks for two tokens, its user logs in with a browser, and the client polls meanwhile. */
export const init = defineRoute({
  id: 'core-client_flow_login_v2-init',
  app: 'core',
  methods: ['POST'],
  path: V2,
  identify: true,
  summary: 'Begin to log a client in with a browser',
  handle: ({ world, call, request }) => {
    const flow = flows.start(world, call.header('user-agent'))
    return jsonAnswer(200, {
      poll: { token: flow.pollToken, endpoint: `${request.baseUrl}${V2}/poll` },
      login: `${request.baseUrl}${V2}/flow/${flow.loginToken}`,
    })
  },
})

/** 404 until the user agreed; then the credentials, once. */
export const poll = defineRoute({
  id: 'core-client_flow_login_v2-poll',
  app: 'core',
  methods: ['POST'],
  path: `${V2}/poll`,
  identify: true,
  summary: 'Ask whether the user has logged in',
  handle: async ({ world, parameters }) => {
    const { token } = await parameters()
    if (typeof token !== 'string') return bare(400)
    const granted = flows.redeem(world, token)
    return granted ? jsonAnswer(200, granted) : jsonAnswer(404, [])
  },
})

export const landing = defineRoute({
  id: 'core-client_flow_login_v2-landing',
  app: 'core',
  methods: ['GET'],
  path: `${V2}/flow/{token}`,
  identify: true,
  summary: 'What a client opens in its user’s browser',
  handle: async (args) => {
    const { world, params, request } = args
    const pageSession = await openPageSession(args)
    const loginToken = params.token ?? ''
    if (!flows.find(world, loginToken)) return forbidden(INVALID, pageSession)
    sessions.change(world, pageSession.session.id, { flow: { loginToken } })
    const { user = '', direct = '0' } = pageSession.parameters
    const query = queryOf({ user: String(user), direct: String(direct) })
    return redirect(`${request.baseUrl}${V2}/flow?${query}`, pageSession.setCookies)
  },
})

export const pick = defineRoute({
  id: 'core-client_flow_login_v2-show-auth-picker-page',
  app: 'core',
  methods: ['GET'],
  path: `${V2}/flow`,
  identify: true,
  summary: 'The page that says which client wants to be logged in',
  handle: async (args) => {
    const pageSession = await openPageSession(args)
    const flow = flowOf(args, pageSession)
    if (!flow) return forbidden(INVALID, pageSession)
    const stateToken = args.world.random.token(64)
    sessions.change(args.world, pageSession.session.id, { flow: { loginToken: flow.loginToken, stateToken } })
    const { user = '', direct = '0' } = pageSession.parameters
    const query = queryOf({ stateToken, user: String(user), direct: String(direct) })
    const requestToken = sessions.maskedRequestToken(args.world, pageSession.session)
    const grantUrl = `${args.request.baseUrl}${V2}/grant?${query}`
    const body = `<p>Connect ${escapeHtml(flow.client)} to your account.</p>
<a href="${escapeHtml(grantUrl)}">Log in</a>
${form(`${V2}/apptoken`, { requesttoken: requestToken, stateToken }, { user: 'text', password: 'password' }, 'Use an app password')}`
    return page(200, 'Connect to your account', body, { requestToken, headers: pageSession.setCookies })
  },
})

export const grantPage = defineRoute({
  id: 'core-client_flow_login_v2-grant-page',
  app: 'core',
  methods: ['GET'],
  path: `${V2}/grant`,
  identify: true,
  summary: 'The page on which the user agrees',
  handle: async (args) => {
    const pageSession = await openPageSession(args, { login: true, anySite: true })
    const flow = checkedFlow(args, pageSession)
    if (typeof flow === 'string') return forbidden(flow, pageSession)
    const stateToken = String(pageSession.parameters.stateToken)
    const requestToken = sessions.maskedRequestToken(args.world, pageSession.session)
    const body = `<p>Grant ${escapeHtml(flow.client)} access to the account of ${escapeHtml(args.actor.userId ?? '')}.</p>
${form(`${V2}/grant`, { requesttoken: requestToken, stateToken }, {}, 'Grant access')}`
    return page(200, 'Account access', body, { requestToken, headers: pageSession.setCookies })
  },
})

export const grant = defineRoute({
  id: 'core-client_flow_login_v2-generate-app-password',
  app: 'core',
  methods: ['POST'],
  path: `${V2}/grant`,
  identify: true,
  summary: 'Agree: the client gets an app password',
  handle: async (args) => {
    const { world, actor, request } = args
    const pageSession = await openPageSession(args, { login: true, requestToken: true, recentPassword: true })
    const flow = checkedFlow(args, pageSession)
    if (typeof flow === 'string') return forbidden(flow, pageSession)
    sessions.change(world, pageSession.session.id, { flow: { loginToken: '' } })
    // Only a browser that was logged in by its form has a login name to pass on.
    if (!actor.token || actor.userId === null) return forbidden(INCOMPLETE, pageSession)
    const owner = { userId: actor.userId, loginName: actor.token.loginName, server: request.baseUrl }
    return flows.grant(world, flow.loginToken, owner) ? connected(pageSession) : forbidden(INCOMPLETE, pageSession)
  },
})

export const appToken = defineRoute({
  id: 'core-client_flow_login_v2-apptoken-redirect',
  app: 'core',
  methods: ['POST'],
  path: `${V2}/apptoken`,
  identify: true,
  summary: 'Agree with an app password that the client shall use',
  handle: async (args) => {
    const { world, request } = args
    const pageSession = await openPageSession(args, { requestToken: true })
    const flow = checkedFlow(args, pageSession)
    if (typeof flow === 'string') return forbidden(flow, pageSession)
    sessions.change(world, pageSession.session.id, { flow: { loginToken: '' } })
    const { user, password } = pageSession.parameters
    const token = tokens.find(world, String(password))
    if (!token || token.loginName !== user) return forbidden('Invalid app password', pageSession)
    const granted = { server: request.baseUrl, loginName: token.loginName, appPassword: token.token }
    return flows.hand(world, flow.loginToken, granted) ? connected(pageSession) : forbidden(INCOMPLETE, pageSession)
  },
})

const INVALID = 'Your login token is invalid or has expired'
const INCOMPLETE = 'Could not complete login'

function flowOf({ world }: RouteArguments, { session }: PageSession): flows.LoginFlow | undefined {
  return session.flow && flows.find(world, session.flow.loginToken)
}

/** The flow of this browser, or why it may not go on. */
function checkedFlow(args: RouteArguments, pageSession: PageSession): flows.LoginFlow | string {
  const { stateToken } = pageSession.parameters
  if (typeof stateToken !== 'string') return 'State token missing'
  if (pageSession.session.flow?.stateToken !== stateToken) return 'State token does not match'
  return flowOf(args, pageSession) ?? INVALID
}

const forbidden = (message: string, { setCookies }: PageSession): Answer =>
  page(403, message, `<p>${message}</p>`, { headers: setCookies })

const connected = ({ setCookies }: PageSession): Answer =>
  page(200, 'Account connected', '<p>Your client should now be connected!</p>', { headers: setCookies })
