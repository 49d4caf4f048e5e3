import { defineRoute, type RouteArguments } from '#app/index.ts'
import { solidPng } from '#lib/png.ts'
import type { Answer } from '#line/call.ts'
import { instanceColor } from './state.ts'

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

const route = { app: 'theming', methods: ['GET'], identify: true, handle: pictureOf } as const

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
  id: 'theming-icon-get-favicon',
  path: '/index.php/apps/theming/favicon',
  summary: 'The small icon of the server',
})

export const faviconOfApp = defineRoute({
  ...route,
  id: 'theming-icon-get-favicon-app',
  path: '/index.php/apps/theming/favicon/{app}',
  summary: 'The small icon of an app',
})
