import { isColor } from '../color.ts'
import { sha1 } from '../sha1.ts'
import { getApp, getAppBool, getSystemString, getUser } from './config.ts'
import type { World } from './world.ts'

const APP = 'theming'

/** What is shown where nobody has themed anything. */
export const DEFAULT_COLOR = '#00679e'
export const DEFAULT_BACKGROUND = 'jo-myoung-hee-fluid.webp'

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

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#039;')
}

type Part = 'primary_color' | 'background_color'

/** The administrator's colour; what is no colour is none. */
export function instanceColor(world: World, part: Part): string {
  const color = setting(world, part)
  return isColor(color) ? color : DEFAULT_COLOR
}

/** The colour that an account sees: its own, where that is allowed, or the instance's. */
export function colorFor(world: World, part: Part, userId: string | null): string {
  if (userId === null || isUserThemingDisabled(world)) return instanceColor(world, part)
  const own = getUser(world, userId, APP, part)
  return isColor(own) ? own : instanceColor(world, part)
}

export const isUserThemingDisabled = (world: World): boolean => getAppBool(world, APP, 'disable-user-theming', false)

/** The type of an image that the administrator uploaded, `backgroundColor` for no picture, or nothing. */
export const imageMime = (world: World, image: 'logo' | 'background'): string => setting(world, `${image}Mime`)

/** Counts the changes of the administrator; a part of the addresses of images. */
export const changes = (world: World): string => String(Number.parseInt(setting(world, 'cachebuster', '0'), 10) || 0)

/** What an account chose as its background: `default`, `custom`, `color` or the name of a picture. */
export const backgroundOf = (world: World, userId: string): string =>
  getUser(world, userId, APP, 'background_image', 'default')

/** Ids of the themes that someone sees the pages in. */
export function enabledThemes(world: World, userId: string | null): string[] {
  const enforced = getSystemString(world, 'enforce_theme', '')
  const own =
    userId === null ? [] : (JSON.parse(getUser(world, userId, APP, 'enabled-themes', '["default"]')) as string[])
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
