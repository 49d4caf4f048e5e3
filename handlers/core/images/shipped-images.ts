import { defineProfileData, defineRoute, type RouteArguments } from '#app/index.ts'
import { ownMember } from '#lib/own-member.ts'
import { solidPng } from '#lib/png.ts'
import type { Answer } from '#line/call.ts'
import { notFoundPage } from '#line/raw-route.ts'
import type { Profile } from '#profiles/profile.ts'

/** Names of the images that the release has as files, by app. */
export const shippedImages = defineProfileData<Readonly<Record<string, readonly string[]>>>('images', {})

const PNG = ['.png', 'image/png'] as const
const TYPES = [['.svg', 'image/svg+xml'], ['.ico', 'image/vnd.microsoft.icon'], PNG] as const
const SIZE = 32
const COLOR = '#00679e'

/** Whether the release has an image of an app as a file. */
export const isShipped = (profile: Profile, app: string, file: string): boolean =>
  ownMember(shippedImages.of(profile), app)?.includes(file) ?? false

/** A plain picture in the place of an image that has something on it. */
export function plainImage(file: string, color?: string): Pick<Answer, 'headers' | 'body'> {
  const [kind, type] = TYPES.find(([end]) => file.endsWith(end)) ?? PNG
  const fill = color === undefined ? '' : ` fill="${color}"`
  const drawn = () => solidPng(SIZE, SIZE, color ?? COLOR)
  const vector = `<svg xmlns="http://www.w3.org/2000/svg" width="${SIZE}" height="${SIZE}"${fill}><circle cx="16" cy="16" r="14"/></svg>\n`
  return {
    headers: [['Content-Type', type]],
    body: kind === '.svg' ? vector : kind === '.ico' ? iconOf(drawn()) : drawn(),
  }
}

/** A file of icons that holds one: its head, where the picture is, and the picture. */
function iconOf(png: Uint8Array): Uint8Array {
  const file = new Uint8Array(ICON_HEAD + png.length)
  const view = new DataView(file.buffer)
  view.setUint16(2, 1, true)
  view.setUint16(4, 1, true)
  view.setUint8(6, SIZE)
  view.setUint8(7, SIZE)
  view.setUint16(10, 1, true)
  view.setUint16(12, 32, true)
  view.setUint32(14, png.length, true)
  view.setUint32(18, ICON_HEAD, true)
  file.set(png, ICON_HEAD)
  return file
}

const ICON_HEAD = 22

/** A plain picture for each image that the product has as a file. Web servers answer for files, whoever asks. */
export function fileImage({ call, params, profile }: RouteArguments): Answer {
  const { app = 'core', file = '' } = params
  if (call.path.startsWith('/index.php') || !isShipped(profile, app, file)) return notFoundPage()
  return { speaker: 'file', status: 200, ...plainImage(file) }
}

const route = { app: 'core', methods: ['GET'], identify: false, data: [shippedImages], handle: fileImage } as const

export const imageOfServer = defineRoute({
  ...route,
  id: 'core-image',
  path: '/index.php/core/img/{file:.+}',
  summary: 'An image of the server, such as its logo: a plain one',
})

export const imageOfApp = defineRoute({
  ...route,
  id: 'core-image-of-app',
  path: '/index.php/apps/{app}/img/{file:.+}',
  summary: 'An image of an app, such as its icon: a plain one',
})
