import { defineRoute, type RouteArguments } from '#app/index.ts'
import { httpDate } from '#lib/http-date.ts'
import { md5 } from '#lib/md5.ts'
import { toInt } from '#lib/php.ts'
import { framedPng } from '#lib/png.ts'
import { PRODUCTS } from '#lib/releases.ts'
import { scalePng } from '#lib/scale-png.ts'
import type { Answer } from '#line/call.ts'
import * as avatars from '#world/accounts/avatars.ts'
import * as users from '#world/accounts/users.ts'
import { bytesOf } from '#world/files/content.ts'
import { json, openPageSession } from '../web/page-session.ts'
import { cacheHeaders } from './preview-answer.ts'

/** Pictures come in two sizes. */
const SMALL = 64
const LARGE = 512
const HALF_AN_HOUR = 30 * 60

export const avatarSize = (requested: string): number => (toInt(requested) <= SMALL ? SMALL : LARGE)

/** A picture of somebody who has none: a plain mark in a colour that the name gives. The same bytes every time. */
export const avatarPng = (name: string, size: number, dark = false): Uint8Array => {
  const color = md5(dark ? `${name} dark` : name).slice(0, 6)
  return framedPng(size, `#${color}`, color.startsWith('ffffff') ? '#000000' : '#ffffff')
}

/** The picture that an account was given, in a size; a JPEG stays as it is. */
async function givenPicture({ mime, base64 }: avatars.Avatar, size: number): Promise<Uint8Array> {
  const bytes = bytesOf({ base64 })
  return (mime === 'image/png' ? await scalePng(bytes, size, size) : null) ?? bytes
}

/** What identifies the picture of an account. */
export const avatarTag = (user: users.User, size: number, dark = false): string =>
  md5(`${user.id} ${user.displayName} ${size}${dark ? ' dark' : ''}`)

async function ofAccount(args: RouteArguments, dark: boolean): Promise<Answer> {
  const pageSession = await openPageSession(args)
  const { world, params, call } = args
  const user = users.find(world, params.userId!)
  if (!user) return json(404, [], pageSession)
  const size = avatarSize(params.size!)
  const given = avatars.find(world, user.id)
  const etag = `"${given ? md5(`${user.id} ${given.version} ${size}`) : avatarTag(user, size, dark)}"`
  const type = given?.mime ?? 'image/png'
  const isDrawnDark = dark && !given
  const headers: Answer['headers'] = [
    ...cacheHeaders(world, 'immutable'),
    [
      'Content-Disposition',
      `inline; filename="avatar${isDrawnDark ? '-dark' : ''}.${size}.${type === 'image/jpeg' ? 'jpg' : 'png'}"`,
    ],
    ['Content-Type', type],
    ['X-NC-IsCustomAvatar', given ? '1' : '0'],
    ['ETag', etag],
    ['Last-Modified', httpDate(world.clock.seconds())],
    ...pageSession.setCookies,
  ]
  if (call.header('if-none-match') === etag) return { status: 304, headers, body: '' }
  const body = given ? await givenPicture(given, size) : avatarPng(user.displayName, size, dark)
  return { status: 200, headers, body }
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
