import { defineEndpoint, type HandlerArguments, p, s } from '#app/index.ts'
import { sessionCookies } from '#line/cookies.ts'
import type { Failures } from '#line/endpoint.ts'
import { basicLogin } from '#line/identify.ts'
import type { ParamShape } from '#line/params.ts'
import * as sessions from '#world/accounts/sessions.ts'
import * as tokens from '#world/accounts/tokens.ts'
import * as users from '#world/accounts/users.ts'
import { getSystemBool } from '#world/settings/config.ts'

const output = s.object({ apppassword: s.secret() })
const NONE_IN_USE = 'no app password in use'

/** The password that came becomes one for this client alone, named after it. */
export const getAppPassword = defineEndpoint({
  id: 'core-app_password-get-app-password',
  app: 'core',
  method: 'GET',
  path: '/core/getapppassword',
  access: 'user',
  passwordConfirmation: true,
  writes: true,
  summary: 'Make an app password for this client',
  output,
  failures: { 403: ['', 'You cannot request an new apppassword with an apppassword'] },
  handle: (args) => {
    const { world, actor, fail, ok } = args
    if (actor.via === 'app-password' || actor.via === 'bearer') {
      return fail(403, 'You cannot request an new apppassword with an apppassword')
    }
    if (!getSystemBool(world, 'auth_can_create_app_token', true)) return fail(403)
    return ok({ apppassword: newAppPassword(args) })
  },
})

/** A one-time token, as a QR code holds it, is good for this and nothing else. */
export const getAppPasswordWithOneTimePassword = defineEndpoint({
  id: 'core-app_password-get-app-password-with-one-time-password',
  app: 'core',
  method: 'GET',
  path: '/core/getapppassword-onetime',
  since: 33,
  access: 'user',
  oneTimeToken: true,
  writes: true,
  summary: 'Exchange a one-time password for an app password',
  output,
  failures: { 403: 'could not get one-time app password' },
  handle: (args) => (args.actor.via === 'one-time' ? args.ok({ apppassword: newAppPassword(args) }) : args.fail(403)),
})

/** The login name is the one that came, as it came. */
function newAppPassword({
  world,
  me,
  actor,
  request,
}: Pick<HandlerArguments<string, ParamShape, Failures>, 'world' | 'me' | 'actor' | 'request'>): string {
  return tokens.create(world, {
    userId: me,
    loginName: actor.token?.loginName ?? basicLogin(request.header('authorization')) ?? me,
    name: request.header('user-agent'),
    type: 'app-password',
  }).token
}

export const deleteAppPassword = defineEndpoint({
  id: 'core-app_password-delete-app-password',
  app: 'core',
  method: 'DELETE',
  path: '/core/apppassword',
  access: 'user',
  summary: 'Revoke the app password that this client logs in with',
  output: s.empty(),
  failures: { 403: NONE_IN_USE },
  handle: ({ world, actor, ok, fail }) => {
    if (actor.token?.type !== 'app-password') return fail(403)
    tokens.revoke(world, actor.token.token)
    return ok()
  },
})

export const rotateAppPassword = defineEndpoint({
  id: 'core-app_password-rotate-app-password',
  app: 'core',
  method: 'POST',
  path: '/core/apppassword/rotate',
  access: 'user',
  summary: 'Replace the app password that this client logs in with',
  output,
  failures: { 403: NONE_IN_USE },
  handle: ({ world, actor, ok, fail }) =>
    actor.token?.type === 'app-password' ? ok({ apppassword: tokens.rotate(world, actor.token).token }) : fail(403),
})

/** Counts for the caller’s session; a client that has none gets one, and must send its cookies from then on. */
export const confirmUserPassword = defineEndpoint({
  id: 'core-app_password-confirm-user-password',
  app: 'core',
  method: 'PUT',
  path: '/core/apppassword/confirm',
  since: 32,
  access: 'user',
  summary: 'Give the password again, for operations that want it to be recent',
  input: { password: p.string().describe('The account’s password, not an app password') },
  output: s.object({ lastLogin: s.int() }),
  responses: { 403: s.empty() },
  handle: ({ input, me, actor, world, request, ok, respond }) => {
    const user = users.find(world, me)
    if (!user || !users.checkPassword(user, input.password)) return respond(403)
    const known = actor.session
    const session = known === undefined ? sessions.open(world) : { id: known }
    if (actor.token?.type === 'app-password') sessions.change(world, session.id, { token: actor.token.token })
    sessions.confirmPassword(world, session.id)
    const cookies = 'passphrase' in session ? sessionCookies(world, session, request.baseUrl) : []
    return ok({ lastLogin: world.clock.seconds() }, { cookies })
  },
})
