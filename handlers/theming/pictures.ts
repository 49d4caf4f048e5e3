import { defineRoute, type RouteArguments } from '#app/index.ts'
import { solidPng } from '#lib/png.ts'
import type { Answer } from '#line/call.ts'
import { imageMime, instanceColor } from './state.ts'
import { uploadedImage } from './uploaded.ts'

const A_DAY = 86_400
const SIZE = 64

/** A plain area in the colour of the server: pictures of the fake show nothing. */
export function pictureOf({ world }: RouteArguments): Answer {
  return {
    status: 200,
    headers: [
      ['Content-Disposition', 'inline; filename=""'],
      ['Content-Type', 'image/png'],
      ['Cache-Control', `private, max-age=${A_DAY}, must-revalidate`],
    ],
    body: solidPng(SIZE, SIZE, instanceColor(world, 'primary_color')),
  }
}

const route = {
  app: 'theming',
  methods: ['GET'],
  identify: true,
  openToDisabled: () => true,
  handle: pictureOf,
} as const

/** The small icon is the one that an administrator gave the server, where one did (Nextcloud 34.0.1, asked). */
function smallIcon(args: RouteArguments): Answer {
  const bytes = imageMime(args.world, 'favicon') === '' ? undefined : uploadedImage(args.world, 'favicon')
  const drawn = pictureOf(args)
  if (!bytes) return drawn
  const headers = drawn.headers.filter(([name]) => name === 'Cache-Control')
  return {
    ...drawn,
    headers: [['Content-Disposition', 'inline; filename="favicon"'], ['Content-Type', 'image/x-icon'], ...headers],
    body: bytes,
  }
}

export const touchIcon = defineRoute({
  ...route,
  id: 'theming-icon-get-touch-icon',
  path: '/index.php/apps/theming/icon',
  summary: 'The icon of the server, for home screens',
})

export const touchIconOfApp = defineRoute({
  ...route,
  id: 'theming-icon-get-touch-icon-app',
  path: '/index.php/apps/theming/icon/{app}',
  summary: 'The icon of an app, for home screens',
})

export const favicon = defineRoute({
  ...route,
  handle: smallIcon,
  id: 'theming-icon-get-favicon',
  path: '/index.php/apps/theming/favicon',
  summary: 'The small icon of the server',
})

export const faviconOfApp = defineRoute({
  ...route,
  handle: smallIcon,
  id: 'theming-icon-get-favicon-app',
  path: '/index.php/apps/theming/favicon/{app}',
  summary: 'The small icon of an app',
})
