import { defineRoute, type RouteArguments } from '#app/index.ts'
import { json, openPageSession, type PageSession } from '#handlers/core/api.ts'
import { type Answer, webRootOf } from '#line/call.ts'
import { parseMultipart } from '#line/multipart.ts'
import { deleteApp, setApp } from '#world/settings/config.ts'
import * as theming from './state.ts'
import { forgetImages, keepImage, typeOfBytes } from './uploaded.ts'

/** What the page of the theme in the administration sends; the CSRF check comes after the one of who asks. */
const adminRoute = (
  id: string,
  path: string,
  summary: string,
  handle: (args: RouteArguments, session: PageSession) => Answer | Promise<Answer>,
) =>
  defineRoute({
    id,
    app: 'theming',
    methods: ['POST'],
    path: `/index.php/apps/theming/ajax/${path}`,
    identify: true,
    summary,
    handle: async (args) =>
      handle(args, await openPageSession(args, { login: true, admin: 'or-delegated', requestToken: true })),
  })

const saved = (session: PageSession, data: object = {}) =>
  json(200, { data: { ...data, message: 'Saved' }, status: 'success' }, session)

const failed = (session: PageSession, status: number, message: string, word: 'error' | 'failure') =>
  json(status, { data: { message }, status: word }, session)

const text = (value: unknown) => (typeof value === 'string' ? value : '')

/** Names that the page of settings uses besides those that settings are kept under. */
const ALSO_CALLED: Readonly<Record<string, string>> = {
  legalNoticeUrl: 'imprintUrl',
  privacyPolicyUrl: 'privacyUrl',
  primaryColor: 'primary_color',
  backgroundColor: 'background_color',
  disableUserTheming: 'disable-user-theming',
}

const tooLong = (what: string, most: number) => (value: string) =>
  new TextEncoder().encode(value).length > most ? `The given ${what} is too long` : null

const address = (what: string) => (value: string) =>
  tooLong(`${what} address`, 500)(value) ??
  (value === '' || isWebAddress(value) ? null : `The given ${what} address is not a valid URL`)

/** Links of the theme lead to the web. */
const isWebAddress = (value: string) => /^https?:\/\//.test(value) && URL.canParse(value) && !/[\s"<>]/.test(value)

const color = (value: string) => (theming.isThemeColor(value) ? null : 'The given color is invalid')

const SWITCH: Readonly<Record<string, string>> = { yes: 'yes', no: 'no', true: 'yes', false: 'no' }

/** What is wrong with a value, by setting. */
const CHECKS: Readonly<Record<string, (value: string) => string | null>> = {
  name: tooLong('name', 250),
  slogan: tooLong('slogan', 500),
  url: address('web'),
  imprintUrl: address('legal notice'),
  privacyUrl: address('privacy policy'),
  primary_color: color,
  background_color: color,
  'disable-user-theming': (value) => (SWITCH[value] ? null : 'disable-user-theming should be true or false'),
  backgroundMime: (value) =>
    value === 'backgroundColor' ? null : 'backgroundMime can only be set to backgroundColor through the API',
}

export const updateStylesheet = adminRoute(
  'theming-theming-update-stylesheet',
  'updateStylesheet',
  'Change one setting of the theme of everybody',
  ({ world }, session) => {
    const { setting, value } = session.parameters
    const key = ALSO_CALLED[text(setting)] ?? text(setting)
    const check = Object.hasOwn(CHECKS, key) ? CHECKS[key] : () => 'Invalid setting key'
    const problem = check?.(text(value))
    if (problem) return failed(session, 400, problem, 'error')
    if (key === 'disable-user-theming')
      setApp(world, 'theming', key, SWITCH[text(value)] === 'yes' ? '1' : '0', { type: 'boolean' })
    else setApp(world, 'theming', key, text(value))
    theming.countChange(world)
    return saved(session)
  },
)

const ACCEPTED: readonly string[] = ['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/svg+xml']
const ICONS: readonly string[] = ['image/vnd.microsoft.icon', 'image/x-icon']

export const uploadImage = adminRoute(
  'theming-theming-upload-image',
  'uploadImage',
  'Give the server a logo, a background or an icon',
  async ({ world, call }, session) => {
    const { fields, uploads } = parseMultipart(await call.body(), call.header('content-type'))
    const key = text(fields.key)
    if (!theming.IMAGES.includes(key)) return failed(session, 400, 'Invalid key', 'failure')
    const { image } = uploads
    if (!image) return failed(session, 422, 'No file uploaded', 'failure')
    const type = typeOfBytes(image.bytes)
    if (!ACCEPTED.includes(type) && !(key === 'favicon' && ICONS.includes(type)))
      return failed(session, 422, `Unsupported image type: ${type}`, 'failure')
    keepImage(world, key, image.bytes)
    setApp(world, 'theming', `${key}Mime`, type)
    theming.countChange(world)
    const url = `${webRootOf(call)}/index.php/apps/theming/image/${key}?v=${theming.changes(world)}`
    return saved(session, { name: image.filename, url })
  },
)

export const undoChange = adminRoute(
  'theming-theming-undo',
  'undoChanges',
  'Take back one setting of the theme',
  ({ world, profile }, session) => {
    const value = theming.undo(world, text(session.parameters.setting), profile.productName)
    return saved(session, { value })
  },
)

export const undoAllChanges = adminRoute(
  'theming-theming-undo-all',
  'undoAllChanges',
  'Take back the whole theme',
  ({ world }, session) => {
    for (const key of [...Object.keys(CHECKS), ...theming.IMAGES.map((image) => `${image}Mime`)])
      deleteApp(world, 'theming', key)
    forgetImages(world)
    theming.countChange(world)
    return saved(session)
  },
)
