import { defineRoute, type RouteArguments } from '#app/index.ts'
import { json, openPageSession, type PageSession } from '#handlers/core/api.ts'
import { isPhpArray, toBool, toInt } from '#lib/php.ts'
import { type Answer, bare } from '#line/call.ts'
import * as sessions from '#world/accounts/sessions.ts'
import * as tokens from '#world/accounts/tokens.ts'
import * as config from '#world/settings/config.ts'

const PATH = '/index.php/settings/personal/authtokens'
const MAX_NAME = 128
const KEPT_OF_NAME = 120
/** Letters and digits that people do not mix up. */
const HUMAN_READABLE = 'abcdefgijkmnopqrstwxyzABCDEFGHJKLMNPQRSTWXYZ23456789'

const route = { app: 'settings', identify: true } as const

/** A token as the personal settings show it. */
const shown = ({ id, name, lastActivity, type, filesystem = true }: tokens.Token) => ({
  id,
  name,
  lastActivity,
  type: type === 'one-time' ? 3 : 1,
  scope: type === 'one-time' ? [] : { filesystem },
})

/** Whoever came with an app password makes and changes none. */
const cameByToken = ({ actor }: RouteArguments) => ['app-password', 'bearer', 'one-time'].includes(actor.via)

const shortened = (name: string) => {
  const letters = [...name]
  return letters.length > MAX_NAME ? `${letters.slice(0, KEPT_OF_NAME).join('')}…` : name
}

/** Five groups of five, to be typed on another device. */
const deviceToken = ({ world }: RouteArguments) =>
  Array.from({ length: 5 }, () => world.random.token(5, HUMAN_READABLE)).join('-')

export const createToken = defineRoute({
  ...route,
  id: 'settings-auth_settings-create',
  methods: ['POST'],
  path: PATH,
  summary: 'Make an app password for a device',
  handle: async (args) => {
    const session = await openPageSession(args, { login: true, requestToken: true, repeatedPassword: true })
    const { world, actor } = args
    const unavailable = () => json(503, [], session)
    // Only a browser's session can make one: it has a token of its own (Nextcloud 34.0.1, asked).
    if (actor.via !== 'session' || !config.getSystemBool(world, 'auth_can_create_app_token', true)) return unavailable()
    const isForQrCode = toBool(session.parameters.qrcodeLogin ?? false)
    const isOnce = isForQrCode && config.getAppBool(world, 'settings', 'qrcode_onetime', true)
    const given = isForQrCode ? (isOnce ? 'One time login' : 'QR Code login') : session.parameters.name
    if (typeof given !== 'string' || given === '') return unavailable()
    const userId = actor.userId!
    const loginName = actor.token?.loginName ?? userId
    const type = isOnce ? 'one-time' : 'app-password'
    const made = { userId, loginName, name: shortened(given), type, token: deviceToken(args) } as const
    const token = tokens.create(world, made)
    const deviceTokenShown = { ...shown(token), canDelete: true, canRename: true }
    return json(200, { token: token.token, loginName, deviceToken: deviceTokenShown }, session)
  },
})

/** Something that is done to a token of the caller. */
async function withToken(
  args: RouteArguments,
  password: 'repeatedPassword' | 'recentPassword',
  act: (token: tokens.Token, session: PageSession) => Answer,
): Promise<Answer> {
  const session = await openPageSession(args, { login: true, requestToken: true, [password]: true })
  if (cameByToken(args)) return json(400, [], session)
  const { world, actor, params } = args
  const token = tokens.findById(world, actor.userId!, toInt(params.id!))
  return token ? act(token, session) : json(404, [], session)
}

export const updateToken = defineRoute({
  ...route,
  id: 'settings-auth_settings-update',
  methods: ['PUT'],
  path: `${PATH}/{id}`,
  summary: 'Name an app password anew, and say whether it is let at files',
  handle: (args) =>
    withToken(args, 'repeatedPassword', (token, session) => {
      const { scope, name } = session.parameters
      if (typeof name !== 'string' || !isPhpArray(scope)) return bare(400)
      const filesystem = toBool((scope as Record<string, unknown>).filesystem ?? false)
      tokens.change(args.world, token, { name: shortened(name), filesystem })
      return json(200, [], session)
    }),
})

export const destroyToken = defineRoute({
  ...route,
  id: 'settings-auth_settings-destroy',
  methods: ['DELETE'],
  path: `${PATH}/{id}`,
  summary: 'Take an app password away, or end a session',
  handle: (args) =>
    withToken(args, 'repeatedPassword', (token, session) => {
      if (token.type === 'session') sessions.close(args.world, token.token)
      tokens.take(args.world, token)
      return json(200, [], session)
    }),
})

export const wipeToken = defineRoute({
  ...route,
  id: 'settings-auth_settings-wipe',
  methods: ['POST'],
  path: `${PATH}/wipe/{id}`,
  summary: 'Tell the device with an app password to wipe what it holds',
  handle: (args) =>
    withToken(args, 'recentPassword', (token, session) =>
      json(tokens.wipe(args.world, token) ? 200 : 400, [], session),
    ),
})
