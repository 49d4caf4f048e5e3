import { defineRoute, type RouteArguments } from '#app/index.ts'
import { toBool } from '#lib/php.ts'
import { queryOf } from '#lib/query.ts'
import { PRODUCTS } from '#lib/releases.ts'
import { bare } from '#line/call.ts'
import { sessionCookies } from '#line/cookies.ts'
import { learnLanguage } from '#line/language.ts'
import { forgettingCookies, rememberingCookies } from '#line/remembered-browser.ts'
import { regions } from '#profiles/keys.ts'
import { remember, rememberedFor } from '#world/accounts/remembered-logins.ts'
import * as sessions from '#world/accounts/sessions.ts'
import * as users from '#world/accounts/users.ts'
import { defaultEntry, menuEntries, navigationEntries } from '../state/navigation.ts'
import { form, page } from './html-page.ts'
import { hasRequestToken, json, openPageSession, type PageSession, redirect } from './page-session.ts'

const LOGIN = '/index.php/login'

/** Of an address that a caller may have named. */
const originOf = (url: string): string | null => (URL.canParse(url) ? new URL(url).origin : null)

export const showLogin = defineRoute({
  id: 'core-login-show-login-form',
  products: PRODUCTS,
  app: 'core',
  methods: ['GET'],
  path: LOGIN,
  identify: true,
  summary: 'The page with the login form',
  data: [navigationEntries],
  handle: async (args) => {
    const pageSession = await openPageSession(args)
    if (args.actor.userId !== null) return redirect(await defaultPage(args, args.actor.userId), pageSession.setCookies)
    return loginPage(args, pageSession)
  },
})

function loginPage({ world, profile }: RouteArguments, { session, setCookies, parameters }: PageSession) {
  const requestToken = sessions.maskedRequestToken(world, session)
  const target = typeof parameters.redirect_url === 'string' ? { redirect_url: parameters.redirect_url } : {}
  const body = form(LOGIN, { requesttoken: requestToken, ...target }, { user: 'text', password: 'password' }, 'Log in')
  // A browser has to send its Origin with the form (Nextcloud 34.0.1, source).
  return page(200, `Login – ${profile.productName}`, body, {
    requestToken,
    referrer: 'same-origin',
    headers: setCookies,
  })
}

/**
 * The login form. It wants an Origin of this server and a request token; without them, and with wrong credentials,
 * the browser is sent back to the form.
 */
export const tryLogin = defineRoute({
  id: 'core-login-try-login',
  products: PRODUCTS,
  app: 'core',
  methods: ['POST'],
  path: LOGIN,
  identify: true,
  summary: 'Log a browser in',
  data: [navigationEntries],
  handle: async (args) => {
    const { world, call, actor, request } = args
    const pageSession = await openPageSession(args)
    const { parameters } = pageSession
    const text = (name: string) => {
      const value = parameters[name]
      return typeof value === 'string' ? value : ''
    }
    const redirectUrl = typeof parameters.redirect_url === 'string' ? parameters.redirect_url : null
    const failed = () => redirect(failedLocation(text('user'), redirectUrl), pageSession.setCookies)
    const refused = () =>
      redirect(failedLocation(text('user'), redirectUrl), [...pageSession.setCookies, ...forgettingCookies()])
    if (call.header('origin').replace(/\/$/, '') !== originOf(request.baseUrl)) return refused()
    if (!hasRequestToken(args, parameters)) {
      return actor.userId === null
        ? refused()
        : redirect(await targetFor(args, actor.userId, redirectUrl), pageSession.setCookies)
    }
    const login = text('user').trim()
    const user = users.findByLogin(world, login)
    if (!user?.enabled || !users.checkPassword(user, text('password'))) return failed()
    users.recordLogin(world, user)
    await learnLanguage(call, { userId: user.id }, world, args.profile)
    if (text('timezone_offset') !== '' && user.timezone === '') await learnTimezone(args, user.id, text('timezone'))
    const session = sessions.signIn(world, pageSession.session, {
      userId: user.id,
      loginName: login,
      agent: call.header('user-agent'),
    })
    const isRemembered = text('rememberme') !== 'false' && toBool(text('rememberme')) && rememberedFor(world) > 0
    return redirect(await targetFor(args, user.id, redirectUrl), [
      ...pageSession.setCookies.filter(([, cookie]) => cookie.includes('nc_sameSiteCookie')),
      ...sessionCookies(world, session, request.baseUrl).map((cookie): [string, string] => ['Set-Cookie', cookie]),
      ...(isRemembered
        ? rememberingCookies(world, session, user.id, remember(world, session, user.id), request.baseUrl)
        : []),
      ['X-User-Id', user.id],
    ])
  },
})

/** Browsers tell where they are with the form; whoever has no time zone yet has theirs from then on. */
async function learnTimezone({ world, profile }: RouteArguments, userId: string, timezone: string): Promise<void> {
  const { timezones } = await regions.load(profile)
  if (timezones.includes(timezone)) users.patch(world, userId, { timezone })
}

function failedLocation(user: string, redirectUrl: string | null): string {
  return `${LOGIN}?${queryOf({ user, direct: '1', ...(redirectUrl === null ? {} : { redirect_url: redirectUrl }) })}`
}

/** Where to after a login; an address with an `@` might lead elsewhere. */
function targetFor(args: RouteArguments, userId: string, redirectUrl: string | null): Promise<string> | string {
  const target = redirectUrl === null ? '' : absolute(args.request.baseUrl, redirectUrl)
  return target === '' || target.includes('@') ? defaultPage(args, userId) : target
}

const absolute = (baseUrl: string, path: string) => `${baseUrl}${path.startsWith('/') ? '' : '/'}${path}`

/** Where somebody begins: the page that opens first. */
export async function defaultPage({ world, profile, catalogue, request }: RouteArguments, me: string): Promise<string> {
  const entries = await menuEntries({ world, profile, catalogue, me })
  return `${request.baseUrl}${defaultEntry(world, entries, me)?.href ?? '/index.php/apps/files/'}`
}

export const confirmPassword = defineRoute({
  id: 'core-login-confirm-password',
  app: 'core',
  methods: ['POST'],
  path: '/index.php/login/confirm',
  identify: true,
  summary: 'Give the password again, for what wants it to be recent',
  handle: async (args) => {
    const { world, actor } = args
    const pageSession = await openPageSession(args, { login: true })
    if (typeof pageSession.parameters.password !== 'string') return bare(400)
    const user = users.find(world, actor.userId ?? '')
    if (!user || !users.checkPassword(user, pageSession.parameters.password)) return json(403, [], pageSession)
    sessions.confirmPassword(world, pageSession.session.id)
    return json(200, { lastLogin: world.clock.seconds() }, pageSession)
  },
})
