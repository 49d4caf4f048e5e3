import { defineRoute, type RouteArguments } from '#app/index.ts'
import { httpDate } from '#lib/http-date.ts'
import { md5 } from '#lib/md5.ts'
import { toInt } from '#lib/php.ts'
import { solidPng } from '#lib/png.ts'
import { PRODUCTS } from '#lib/releases.ts'
import type { Answer } from '#line/call.ts'
import * as users from '#world/accounts/users.ts'
import { json, openPageSession } from '../web/page-session.ts'
import { cacheHeaders } from './preview-answer.ts'

/** Pictures come in two sizes. */
const SMALL = 64
const LARGE = 512
const HALF_AN_HOUR = 30 * 60

export const avatarSize = (requested: string): number => (toInt(requested) <= SMALL ? SMALL : LARGE)

/** A picture of somebody who has none: a plain area in a colour that the name gives. The same bytes every time. */
export const avatarPng = (name: string, size: number, dark = false): Uint8Array =>
  solidPng(size, size, `#${md5(dark ? `${name} dark` : name).slice(0, 6)}`)

/** What identifies the picture of an account. */
export const avatarTag = (user: users.User, size: number, dark = false): string =>
  md5(`${user.id} ${user.displayName} ${size}${dark ? ' dark' : ''}`)

async function ofAccount(args: RouteArguments, dark: boolean): Promise<Answer> {
  const pageSession = await openPageSession(args)
  const { world, params, call } = args
  const user = users.find(world, params.userId!)
  if (!user) return json(404, [], pageSession)
  const size = avatarSize(params.size!)
  const etag = `"${avatarTag(user, size, dark)}"`
  const headers: Answer['headers'] = [
    ...cacheHeaders(world, 'immutable'),
    ['Content-Disposition', `inline; filename="avatar${dark ? '-dark' : ''}.${size}.png"`],
    ['Content-Type', 'image/png'],
    ['X-NC-IsCustomAvatar', '0'],
    ['ETag', etag],
    ['Last-Modified', httpDate(world.clock.seconds())],
    ...pageSession.setCookies,
  ]
  if (call.header('if-none-match') === etag) return { status: 304, headers, body: '' }
  return { status: 200, headers, body: avatarPng(user.displayName, size, dark) }
}

async function ofGuest(args: RouteArguments, dark: boolean): Promise<Answer> {
  const pageSession = await openPageSession(args)
  const { world, params } = args
  const headers: Answer['headers'] = [
    ...cacheHeaders(world, 'immutable', HALF_AN_HOUR),
    ['Content-Disposition', 'inline; filename="avatar.png"'],
    ['Content-Type', 'image/png'],
    ['X-NC-IsCustomAvatar', '0'],
    ['Last-Modified', httpDate(world.clock.seconds())],
    ...pageSession.setCookies,
  ]
  // The real server says that it made one.
  return { status: 201, headers, body: avatarPng(params.guestName!, avatarSize(params.size!), dark) }
}

const route = { app: 'core', methods: ['GET'], identify: true } as const

export const avatar = defineRoute({
  ...route,
  id: 'core-avatar-get-avatar',
  products: PRODUCTS,
  path: '/index.php/avatar/{userId}/{size}',
  summary: 'The picture of an account',
  handle: (args) => ofAccount(args, false),
})

export const avatarDark = defineRoute({
  ...route,
  id: 'core-avatar-get-avatar-dark',
  path: '/index.php/avatar/{userId}/{size}/dark',
  summary: 'The picture of an account for dark pages',
  handle: (args) => ofAccount(args, true),
})

export const guestAvatar = defineRoute({
  ...route,
  id: 'core-guest-avatar-get-avatar',
  path: '/index.php/avatar/guest/{guestName}/{size}',
  summary: 'A picture for somebody without an account',
  handle: (args) => ofGuest(args, false),
})

export const guestAvatarDark = defineRoute({
  ...route,
  id: 'core-guest-avatar-get-avatar-dark',
  path: '/index.php/avatar/guest/{guestName}/{size}/dark',
  summary: 'A picture for somebody without an account, for dark pages',
  handle: (args) => ofGuest(args, true),
})
