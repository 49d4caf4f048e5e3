import { defineEndpoint, type HandlerArguments, p, s } from '#app/index.ts'
import { md5 } from '#lib/md5.ts'
import { jsonEncode, type PhpArray, sortWithoutEquality } from '#lib/php.ts'
import { byRelease } from '#lib/releases.ts'
import type { Failures } from '#line/endpoint.ts'
import * as groups from '#world/accounts/groups.ts'
import * as sessions from '#world/accounts/sessions.ts'
import { getSystemBool } from '#world/settings/config.ts'
import type { World } from '#world/world.ts'
import { chosenDefault, type Menus, menuEntries, navigationEntries } from './state/navigation.ts'

type Entry = PhpArray & {
  readonly id: string
  readonly order: number | string
  readonly href: string
  readonly icon: string
}

const shape = {
  id: s.string(),
  order: s.union(s.int(), s.string()),
  href: s.string(),
  icon: s.string(),
  type: s.string(),
  name: s.words(),
  app: s.since(32, s.optional(s.string())),
  active: s.bool(),
  unread: s.int(),
  classes: s.string(),
  default: s.since(32, s.optional(s.bool())),
}

const absolute = p.bool().default(false).describe('Addresses with scheme and host')

/** The menu of apps; the one that opens first comes first. */
export const getAppsNavigation = defineEndpoint({
  id: 'core-navigation-get-apps-navigation',
  app: 'core',
  method: 'GET',
  path: '/core/navigation/apps',
  access: 'user',
  csrf: false,
  summary: 'Entries of the menu of apps',
  input: { absolute },
  output: s.list(s.object(shape)),
  data: [navigationEntries],
  handle: async (args) => args.ok(...answer(args.input.absolute, args.request.baseUrl, await appsMenu(args))),
})

/** The menu of apps; the one that opens first comes first. */
export async function appsMenu(menus: Menus): Promise<Entry[]> {
  const entries = await menuEntries(menus)
  const chosen = chosenDefault(menus.world, entries, menus.me)
  const links = entries.filter(({ type }) => type === 'link')
  const shown = sorted(links.map((entry) => ({ ...entry, default: entry.id === chosen })))
  return shown.map((entry, i) => ({ ...entry, default: i === 0 || entry.default }))
}

/** The menu behind one's avatar; what is in it depends on what one may do. */
export const getSettingsNavigation = defineEndpoint({
  id: 'core-navigation-get-settings-navigation',
  app: 'core',
  method: 'GET',
  path: '/core/navigation/settings',
  access: 'user',
  csrf: false,
  summary: 'Entries of the menu of settings',
  input: { absolute },
  output: s.list(s.object(shape)),
  data: [navigationEntries],
  handle: async (args) => {
    const { input, actor, request, ok } = args
    return ok(...answer(input.absolute, request.baseUrl, await settingsMenu(args, actor.session)))
  },
})

/** The menu behind one's avatar, whose last entry logs a session out. */
export async function settingsMenu(menus: Menus, session: string | undefined): Promise<Entry[]> {
  const { world, me } = menus
  const apps = (await menuEntries(menus)).filter(({ type }) => type === 'settings')
  return sorted([...ownEntries(world, me, requestTokenFor(world, session)), ...apps])
}

/** All menus in one list, as whoever looks for an entry sees them. */
export async function allMenuEntries(menus: Menus): Promise<Entry[]> {
  const own = ownEntries(menus.world, menus.me, requestTokenFor(menus.world, undefined))
  return sorted([...own, ...(await menuEntries(menus))])
}

/** Data and ETag. The request token in the address that logs out does not count as a change. */
function answer(
  wantsAbsolute: boolean,
  baseUrl: string,
  entries: readonly Entry[],
): Parameters<HandlerArguments<string, Record<never, never>, Failures>['ok']> {
  const full = (path: string) => (/^[a-z]+:\/\//i.test(path) ? path : `${baseUrl}${path === '' ? '/' : path}`)
  const shown = wantsAbsolute
    ? entries.map((entry) => ({ ...entry, href: full(entry.href), icon: full(entry.icon) }))
    : entries
  const lasting = shown.map((entry) => (entry.id === 'logout' ? { ...entry, href: 'logout' } : entry))
  return [shown, { etag: md5(jsonEncode(lasting)) }]
}

function sorted<T extends Entry>(entries: readonly T[]): T[] {
  return sortWithoutEquality(entries, (a, b) => {
    if (Boolean(a.default) !== Boolean(b.default)) return Boolean(a.default)
    return Number(a.order) < Number(b.order)
  })
}

function requestTokenFor(world: World, id: string | undefined): string {
  const session = id === undefined ? undefined : world.table(sessions.sessionsTable).get(id)
  return sessions.maskedRequestToken(world, session ?? { requestToken: world.random.token(32) })
}

const HAS_HELP = byRelease(false, { 32: true })
const HAS_PROFILE = byRelease(false, { 32: true })
const USERS_NAME = byRelease('Users', { 32: 'Accounts' })
const APPS_ICON = byRelease('/apps/settings/img/apps.svg', { 34: '/apps/appstore/img/app-dark.svg' })

/** What the server itself puts into the menu of settings, in the order in which it does. */
function ownEntries(world: World, me: string, requestToken: string): Entry[] {
  const admin = groups.isAdmin(world, me)
  const settings = admin
    ? [
        entry('core_apps', 5, '/index.php/settings/apps', 'Apps', APPS_ICON.at(world.release), 'icon-first'),
        entry('settings', 3, '/index.php/settings/user', 'Personal settings', '/apps/settings/img/personal.svg'),
        entry(
          'admin_settings',
          4,
          '/index.php/settings/admin/overview',
          'Administration settings',
          '/apps/settings/img/admin.svg',
        ),
      ]
    : [entry('settings', 3, '/index.php/settings/user', 'Settings', '/apps/settings/img/admin.svg')]
  return [
    ...(HAS_HELP.at(world.release) && getSystemBool(world, 'knowledgebaseenabled', true)
      ? [entry('help', 99998, '/index.php/settings/help', 'Help & privacy', '/apps/settings/img/help.svg')]
      : []),
    ...(HAS_PROFILE.at(world.release)
      ? [entry('profile', 1, `/index.php/u/${encodeURIComponent(me)}`, 'View profile', null)]
      : []),
    entry(
      'accessibility_settings',
      2,
      '/index.php/settings/user/theming',
      'Appearance and accessibility',
      '/apps/theming/img/accessibility-dark.svg',
    ),
    ...settings,
    entry(
      'logout',
      99999,
      `/index.php/logout?requesttoken=${encodeURIComponent(requestToken)}`,
      'Log out',
      '/core/img/actions/logout.svg',
    ),
    ...(admin || groups.isSubAdmin(world, me)
      ? [
          entry(
            'core_users',
            6,
            '/index.php/settings/users',
            USERS_NAME.at(world.release),
            '/apps/settings/img/users.svg',
          ),
        ]
      : []),
  ]
}

/** The order of members is that in which the real server writes them: without an icon it comes late, as an empty one. */
function entry(
  id: string,
  order: number,
  href: string,
  name: string,
  icon: string | null,
  place: 'icon-first' | 'name-first' = 'name-first',
): Entry {
  const state = { active: false, unread: 0 }
  const start = { type: 'settings', id, order, href }
  if (icon === null) return { ...start, name, ...state, icon: '', classes: '' }
  return place === 'icon-first'
    ? { ...start, icon, name, ...state, classes: '' }
    : { ...start, name, icon, ...state, classes: '' }
}
