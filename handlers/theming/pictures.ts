import { defineRoute, type RouteArguments } from '#app/index.ts'
import { cacheHeaders, fileImage, isShipped, plainImage, shippedImages } from '#handlers/core/api.ts'
import { solidPng } from '#lib/png.ts'
import type { Answer } from '#line/call.ts'
import { notFoundPage } from '#line/raw-route.ts'
import { isEnabled } from '#world/settings/apps.ts'
import { imageMime, instanceColor } from './state.ts'
import { uploadedImage } from './uploaded.ts'

const SIZE = 64

/** A plain area in the colour of the server: pictures of the fake show nothing. */
export function pictureOf({ world }: RouteArguments): Answer {
  return {
    status: 200,
    headers: [
      ['Content-Disposition', 'inline; filename=""'],
      ['Content-Type', 'image/png'],
      ...cacheHeaders(world, 'must-revalidate'),
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
  const headers = drawn.headers.filter(([name]) => name === 'Cache-Control' || name === 'Expires')
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

/** What an app that is not there has instead. */
const NO_APP = { app: 'core', image: 'favicon.png' }

/** Icons of apps come in the colour of the server, and are taken for vectors whatever they are (Nextcloud 34.0.1, asked). */
export const themedIcon = defineRoute({
  ...route,
  id: 'theming-icon-get-themed-icon',
  path: '/index.php/apps/theming/img/{app}/{image:.+}',
  summary: 'An image of an app in the colour of the server: a plain one',
  data: [shippedImages],
  handle: (args) => {
    const { world, profile, call, params } = args
    const wanted = { app: params.app!, image: params.image! }
    const file = `${wanted.app}/${wanted.image}`
    // Without the script in its address, a file of this app is meant where there is one.
    if (!call.path.includes('/index.php/') && isShipped(profile, 'theming', file))
      return fileImage({ ...args, params: { app: 'theming', file } })
    const { app, image } = wanted.app === 'core' || isEnabled(world, wanted.app) ? wanted : NO_APP
    if (!isShipped(profile, app, image)) return notFoundPage()
    const color = instanceColor(world, 'primary_color')
    const name = `icon-${app}-${color}${image.replaceAll('/', '_')}`
    return {
      status: 200,
      headers: [
        ['Content-Disposition', `inline; filename="${name}"`],
        ['Content-Type', 'image/svg+xml'],
        ...cacheHeaders(world, 'immutable'),
      ],
      body: plainImage(image, color).body,
    }
  },
})
