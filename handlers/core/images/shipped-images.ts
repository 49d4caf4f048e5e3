import { defineProfileData, defineRoute, type RouteArguments } from '#app/index.ts'
import { ownMember } from '#lib/own-member.ts'
import { solidPng } from '#lib/png.ts'
import type { Answer } from '#line/call.ts'
import { notFoundPage } from '#line/raw-route.ts'

/** Names of the images that the release has as files, by app. */
const images = defineProfileData<Readonly<Record<string, readonly string[]>>>('images', {})

const SIZE = 32
const COLOR = '#00679e'
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" width="${SIZE}" height="${SIZE}"><circle cx="16" cy="16" r="14"/></svg>\n`

/** A plain picture for each image that the product has as a file. Web servers answer for files, whoever asks. */
function image({ call, params, profile }: RouteArguments): Answer {
  const { app = 'core', file = '' } = params
  const isThere = ownMember(images.of(profile), app)?.includes(file) && !call.path.startsWith('/index.php')
  if (!isThere) return notFoundPage()
  const isVector = file.endsWith('.svg')
  return {
    speaker: 'file',
    status: 200,
    headers: [['Content-Type', isVector ? 'image/svg+xml' : 'image/png']],
    body: isVector ? SVG : solidPng(SIZE, SIZE, COLOR),
  }
}

const route = { app: 'core', methods: ['GET'], identify: false, data: [images], handle: image } as const

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
