import { defineRoute } from '#app/index.ts'
import { cacheHeaders, json, openPageSession } from '#handlers/core/api.ts'
import { elementColor, textColorOn } from '#lib/color.ts'
import { type Answer, jsonAnswer, webRootOf } from '#line/call.ts'
import { notFoundPage } from '#line/raw-route.ts'
import { appInfo } from '#profiles/keys.ts'
import { isEnabledFor } from '#world/settings/apps.ts'
import { getSystemBool } from '#world/settings/config.ts'
import type { World } from '#world/world.ts'
import { SLOGAN } from './capabilities.ts'
import { pictureOf } from './pictures.ts'
import * as theming from './state.ts'
import { uploadedImage } from './uploaded.ts'

const AN_HOUR = 3_600
const A_DAY = 86_400
/** Apps that stand for the server itself. */
const SERVER: readonly string[] = ['core', 'settings']

const route = { app: 'theming', methods: ['GET'], identify: true } as const

const cached = (world: World, seconds: number) => cacheHeaders(world, 'must-revalidate', seconds)

const manifestRoute = (id: string, path: string, summary: string) =>
  defineRoute({
    ...route,
    id,
    path: `/index.php/apps/theming/manifest${path}`,
    summary,
    data: [appInfo],
    handle: async (args) => {
      const { call, world, profile, params, request, actor } = args
      const session = await openPageSession(args, { anySite: true })
      const id = params.app ?? 'core'
      const isServer = SERVER.includes(id)
      if (!isServer && !isEnabledFor(world, id, actor.userId)) return json(404, [], session)
      const name = theming.instanceName(world, profile.productName)
      const info = appInfo.of(profile)[id]
      const own = info as { readonly name?: string; readonly summary?: string } | undefined
      const color = theming.instanceColor(world, 'primary_color')
      const isAlone = getSystemBool(world, 'theming.standalone_window.enabled', true)
      const icon = (kind: string) =>
        `${webRootOf(call)}/index.php/apps/theming/${kind}${isServer ? '' : `/${id}`}?v=${theming.changes(world)}`
      const manifest = {
        name: isServer ? name : `${own?.name ?? id} - ${name}`,
        short_name: isServer ? name : (own?.name ?? id),
        start_url: isServer ? request.baseUrl : `${request.baseUrl}/index.php/apps/${id}/`,
        theme_color: color,
        background_color: color,
        description: isServer ? theming.slogan(world, SLOGAN) : (own?.summary ?? ''),
        icons: [
          { src: icon('icon'), type: 'image/png', sizes: '512x512' },
          { src: icon('favicon'), type: 'image/svg+xml', sizes: '16x16' },
        ],
        display_override: [isAlone ? 'minimal-ui' : ''],
        display: isAlone ? 'standalone' : 'browser',
      }
      return jsonAnswer(200, manifest, [...cached(world, AN_HOUR), ...session.setCookies])
    },
  })

export const manifest = manifestRoute('theming-theming-get-manifest', '', 'What a browser installs the server as')
export const manifestOfApp = manifestRoute(
  'theming-theming-get-manifest-app',
  '/{app}',
  'What a browser installs an app as',
)

/** The colours of a theme, as the variables that most styles build on: the real server has more of them. */
export const themeStyles = defineRoute({
  ...route,
  id: 'theming-theming-get-theme-stylesheet',
  path: '/index.php/apps/theming/theme/{file:[^/]+\\.css}',
  openToDisabled: ({ file }) => theming.isTheme(file!.slice(0, -'.css'.length)),
  summary: 'The styles of a theme',
  handle: async (args): Promise<Answer> => {
    const { world, params, actor } = args
    const theme = params.file!.slice(0, -'.css'.length)
    if (!theming.isTheme(theme)) return notFoundPage()
    const { plain } = await args.parameters()
    const color = theming.colorFor(world, 'primary_color', actor.userId)
    const isDark = theme.startsWith('dark')
    const variables = {
      '--color-main-background': isDark ? '#171717' : '#ffffff',
      '--color-main-text': isDark ? '#EBEBEB' : '#222222',
      '--color-primary': color,
      '--color-primary-text': textColorOn(color, 'contrast'),
      '--color-primary-element': elementColor(color, isDark ? 'dark' : 'any'),
      '--color-background-plain': theming.colorFor(world, 'background_color', actor.userId),
    }
    const text = Object.entries(variables)
      .map(([name, value]) => `${name}:${value}; `)
      .join('')
    const isPlain = plain === '1' || plain === 'true'
    return {
      status: 200,
      headers: [
        ['Content-Disposition', 'inline; filename=""'],
        ['Content-Type', 'text/css;charset=UTF-8'],
        ...cached(world, A_DAY),
      ],
      body: isPlain ? `:root { ${text} } ` : ` [data-theme-${theme}] { ${text}  }`,
    }
  },
})

/** A picture that the administrator uploaded; where there is none, there is nothing. */
export const themedImage = defineRoute({
  ...route,
  id: 'theming-theming-get-image',
  path: '/index.php/apps/theming/image/{key}',
  openToDisabled: ({ key }) => ['background', 'logo', 'logoheader'].includes(key!),
  summary: 'The logo or the background that the administrator chose',
  handle: (args) => {
    const key = args.params.key!
    const type = theming.IMAGES.includes(key) ? theming.imageMime(args.world, key) : ''
    if (type === '' || type === 'backgroundColor') return notFoundPage()
    const bytes = uploadedImage(args.world, key)
    if (!bytes) return pictureOf(args)
    return {
      status: 200,
      headers: [
        ['Content-Disposition', `attachment; filename="${key}"`],
        ['Content-Type', type],
        ...cached(args.world, AN_HOUR),
      ],
      body: bytes,
    }
  },
})
