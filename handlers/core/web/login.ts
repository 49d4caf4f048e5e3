import { defineRoute, type RouteArguments } from '#app/index.ts'
import { bare } from '#line/call.ts'
import { sessionCookies } from '#line/cookies.ts'
import * as sessions from '#world/accounts/sessions.ts'
import * as users from '#world/accounts/users.ts'
import { defaultEntry, navigationEntries } from '../state/navigation.ts'
import { hasRequestToken, json, queryOf, redirect, type Visit, visit } from './page-session.ts'
import { form, page } from './pages.ts'

const LOGIN = '/index.php/login'

/** A request token for the session, which a browser without one gets with it. */
export const csrfToken = defineRoute({
  id: 'core-csrf_token-index',
  app: 'core',
  methods: ['GET'],
  path: '/index.php/csrftoken',
  identify: true,
  summary: 'A request token for the browser’s session',
  handle: async (args) => {
    const visited = await visit(args)
    return json(200, { token: sessions.maskedRequestToken(args.world, visited.session) }, visited)
  },
})

export const showLogin = defineRoute({
  id: 'core-login-show-login-form',
  app: 'core',
  methods: ['GET'],
  path: LOGIN,
  identify: true,
  summary: 'The page with the login form',
  data: [navigationEntries],
  handle: async (args) => {
    const visited = await visit(args)
    if (args.actor.userId !== null) return redirect(defaultPage(args, args.actor.userId), visited.setCookies)
    return loginPage(args, visited)
  },
})

function loginPage({ world, profile }: RouteArguments, { session, setCookies, parameters }: Visit) {
  const requestToken = sessions.maskedRequestToken(world, session)
  const target = typeof parameters.redirect_url === 'string' ? { redirect_url: parameters.redirect_url } : {}
  const body = form(LOGIN, { requesttoken: requestToken, ...target }, { user: 'text', password: 'password' }, 'Log in')
  return page(200, `Login – ${profile.productName}`, body, { requestToken, headers: setCookies })
}

/**
 * The login form. It wants an Origin of this server and a request token; without them, and with wrong credentials,
 * the browser is sent back to the form.
 */
export const tryLogin = defineRoute({
  id: 'core-login-try-login',
  app: 'core',
  methods: ['POST'],
  path: LOGIN,
  identify: true,
  summary: 'Log a browser in',
  data: [navigationEntries],
  handle: async (args) => {
    const { world, call, actor, request } = args
    const visited = await visit(args)
    const { parameters } = visited
    const text = (name: string) => (typeof parameters[name] === 'string' ? (parameters[name] as string) : '')
    const wanted = typeof parameters.redirect_url === 'string' ? parameters.redirect_url : null
    const failed = () => redirect(failedLocation(text('user'), wanted), visited.setCookies)
    if (call.header('origin').replace(/\/$/, '') !== new URL(request.baseUrl).origin) return failed()
    if (!hasRequestToken(args, parameters)) {
      return actor.userId === null ? failed() : redirect(targetFor(args, actor.userId, wanted), visited.setCookies)
    }
    const login = text('user').trim()
    const user = users.findByLogin(world, login)
    if (!user?.enabled || !users.checkPassword(user, text('password'))) return failed()
    users.recordLogin(world, user)
    const session = sessions.signIn(world, visited.session, {
      userId: user.id,
      loginName: login,
      agent: call.header('user-agent'),
    })
    return redirect(targetFor(args, user.id, wanted), [
      ...visited.setCookies.filter(([, cookie]) => cookie.includes('nc_sameSiteCookie')),
      ...sessionCookies(world, session, request.baseUrl).map((cookie): [string, string] => ['Set-Cookie', cookie]),
      ['X-User-Id', user.id],
    ])
  },
})

function failedLocation(user: string, wanted: string | null): string {
  return `${LOGIN}?${queryOf({ user, direct: '1', ...(wanted === null ? {} : { redirect_url: wanted }) })}`
}

/** Where to after a login; an address with an `@` might lead elsewhere. */
function targetFor(args: RouteArguments, userId: string, wanted: string | null): string {
  const target = wanted === null ? '' : absolute(args.request.baseUrl, wanted)
  return target === '' || target.includes('@') ? defaultPage(args, userId) : target
}

const absolute = (baseUrl: string, path: string) => `${baseUrl}${path.startsWith('/') ? '' : '/'}${path}`

function defaultPage({ world, profile, request }: RouteArguments, userId: string): string {
  const entries = navigationEntries.of(profile)
  const id = defaultEntry(world, entries, userId)
  return `${request.baseUrl}${entries.find((entry) => entry.id === id)?.href ?? '/index.php/apps/files/'}`
}

export const logout = defineRoute({
  id: 'core-login-logout',
  app: 'core',
  methods: ['GET'],
  path: '/index.php/logout',
  identify: true,
  summary: 'Log a browser out',
  handle: async (args) => {
    const { world, actor, request } = args
    const visited = await visit(args, { login: true, requestToken: true })
    sessions.close(world, visited.session.id)
    const headers: [string, string][] = actor.userId === null ? [] : [['X-User-Id', actor.userId]]
    return redirect(`${request.baseUrl}${LOGIN}?clear=1`, headers)
  },
})

export const confirmPassword = defineRoute({
  id: 'core-login-confirm-password',
  app: 'core',
  methods: ['POST'],
  path: '/index.php/login/confirm',
  identify: true,
  summary: 'Give the password again, for what wants it to be recent',
  handle: async (args) => {
    const { world, actor } = args
    const visited = await visit(args, { login: true })
    if (typeof visited.parameters.password !== 'string') return bare(400)
    const user = users.find(world, actor.userId ?? '')
    if (!user || !users.checkPassword(user, visited.parameters.password)) return json(403, [], visited)
    sessions.confirmPassword(world, visited.session.id)
    return json(200, { lastLogin: world.clock.seconds() }, visited)
  },
})
