import { isColor } from '#lib/color.ts'
import { escapeHtml } from '#lib/html.ts'
import { parseJson } from '#lib/json.ts'
import { byRelease } from '#lib/releases.ts'
import { sha1 } from '#lib/sha1.ts'
import { deleteApp, getApp, getAppBool, getSystemString, getUser, setApp, setUser } from '#world/settings/config.ts'
import type { World } from '#world/world.ts'

const APP = 'theming'

/** What is shown where nobody has themed anything. */
export const DEFAULT_COLOR = byRelease('#0082c9', { 32: '#00679e' })
export const DEFAULT_BACKGROUND = byRelease('kamil-porembinski-clouds.jpg', { 32: 'jo-myoung-hee-fluid.webp' })

const setting = (world: World, key: string, fallback = '') => getApp(world, APP, key, fallback)

const withoutTags = (text: string) => text.replace(/<[^>]*>?/g, '')

/** What the instance is called; markup is taken out. */
export const instanceName = (world: World, product: string): string => withoutTags(setting(world, 'name', product))
export const productName = (world: World, product: string): string =>
  withoutTags(setting(world, 'productName', product))
export const slogan = (world: World, usual: string): string => escapeHtml(setting(world, 'slogan', usual))
export const homepage = (world: World, usual: string): string => setting(world, 'url', usual)
export const imprintUrl = (world: World): string => setting(world, 'imprintUrl')
export const privacyUrl = (world: World): string => setting(world, 'privacyUrl')

type Part = 'primary_color' | 'background_color'

/** The administrator's colour; what is no colour is none. */
export function instanceColor(world: World, part: Part): string {
  const color = setting(world, part)
  return isColor(color) ? color : DEFAULT_COLOR.at(world.release)
}

/** The colour that an account sees: its own, where that is allowed, or the instance's. */
export function colorFor(world: World, part: Part, userId: string | null): string {
  if (userId === null || isUserThemingDisabled(world)) return instanceColor(world, part)
  const own = getUser(world, userId, APP, part)
  return isColor(own) ? own : instanceColor(world, part)
}

export const isUserThemingDisabled = (world: World): boolean => getAppBool(world, APP, 'disable-user-theming', false)

/** Images that the administrator can give the server. */
export const IMAGES: readonly string[] = ['background', 'logo', 'logoheader', 'favicon']

/** The type of an image that the administrator uploaded, `backgroundColor` for no picture, or nothing. */
export const imageMime = (world: World, image: string): string => setting(world, `${image}Mime`)

/** Counts the changes of the administrator; a part of the addresses of images. */
export const changes = (world: World): string => String(Number.parseInt(setting(world, 'cachebuster', '0'), 10) || 0)

/** What an account chose as its background: `default`, `custom`, `color` or the name of a picture. */
export const backgroundOf = (world: World, userId: string): string =>
  getUser(world, userId, APP, 'background_image', 'default')

/** Ids of the themes that someone sees the pages in. */
export function enabledThemes(world: World, userId: string | null): string[] {
  const enforced = getSystemString(world, 'enforce_theme', '')
  const chosen = userId === null ? [] : parseJson(getUser(world, userId, APP, 'enabled-themes', '["default"]'))
  const own = Array.isArray(chosen) ? chosen.map(String) : []
  return enforced === '' ? own : [enforced, ...own]
}

/** A short text that changes with everything that changes how pages look. */
export function cacheBuster(
  world: World,
  userId: string | null,
  { server, theming }: { readonly server: string; readonly theming: string },
): string {
  const own =
    userId === null ? '' : `${userId}_${Number.parseInt(getUser(world, userId, APP, 'userCacheBuster', '0'), 10) || 0}`
  return sha1(server + theming + own + setting(world, 'cachebuster', '0')).slice(0, 8)
}

/** The themes of a release, each of a kind; of one kind only one is on. */
const THEMES: Readonly<Record<string, 'theme' | 'font'>> = {
  default: 'theme',
  light: 'theme',
  dark: 'theme',
  'light-highcontrast': 'theme',
  'dark-highcontrast': 'theme',
  opendyslexic: 'font',
}

/** Whether an account may switch a theme: it must exist, and the administrator must not have decided. */
function checkTheme(world: World, theme: string): 'unknown' | 'enforced' | null {
  const enforced = getSystemString(world, 'enforce_theme', '')
  const offered = Object.hasOwn(THEMES, enforced) ? ['default', 'dark', enforced] : Object.keys(THEMES)
  if (!offered.includes(theme)) return 'unknown'
  return enforced !== '' && THEMES[theme] === 'theme' ? 'enforced' : null
}

export const isTheme = (theme: string): boolean => Object.hasOwn(THEMES, theme)

export function enableTheme(world: World, userId: string, theme: string): 'unknown' | 'enforced' | 'enabled' {
  const problem = checkTheme(world, theme)
  if (problem) return problem
  const enabled = enabledThemes(world, userId)
  if (!enabled.includes(theme)) {
    setThemes(world, userId, [...enabled.filter((other) => THEMES[other] !== THEMES[theme]), theme])
  }
  return 'enabled'
}

export function disableTheme(world: World, userId: string, theme: string): 'unknown' | 'enforced' | 'disabled' {
  const problem = checkTheme(world, theme)
  if (problem) return problem
  const enabled = enabledThemes(world, userId)
  if (enabled.includes(theme)) {
    setThemes(
      world,
      userId,
      enabled.filter((other) => other !== theme),
    )
  }
  return 'disabled'
}

const setThemes = (world: World, userId: string, themes: readonly string[]) =>
  setUser(world, userId, APP, 'enabled-themes', JSON.stringify([...new Set(themes)]))

/** The administrator changed something: addresses of images change with it. */
export function countChange(world: World): void {
  setApp(world, APP, 'cachebuster', String(Number(changes(world)) + 1), { type: 'integer' })
}

/** What can be a colour of the theme: `#abc` or `#aabbcc`. */
export const isThemeColor = (text: string): boolean => /^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i.test(text)

/**
 * Take back one setting or one image.
 * @returns what then counts, as far as the real server tells it
 */
export function undo(world: World, key: string, product: string): string {
  deleteApp(world, APP, key)
  countChange(world)
  if (IMAGES.includes(key)) deleteApp(world, APP, `${key}Mime`)
  switch (key) {
    case 'name':
      return product
    case 'url':
      return 'https://nextcloud.com'
    case 'slogan':
      return 'a safe home for all your data'
    case 'primary_color':
      return DEFAULT_COLOR.at(world.release)
    default:
      return ''
  }
}
