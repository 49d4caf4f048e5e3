import { defineInitialState } from '#app/index.ts'
import type { PageContext } from '#app/initial-state.ts'
import { sha1 } from '#lib/sha1.ts'
import { serverConfig } from '#page/variables.ts'
import { available, find } from '#world/settings/apps.ts'
import { getSystemBool, getSystemInt, getSystemString, userValues } from '#world/settings/config.ts'
import { versionOf } from '#world/settings/version.ts'
import type { World } from '#world/world.ts'
import { gatherCapabilities } from './capabilities.ts'
import { appsMenu, settingsMenu } from './navigation.ts'
import { shownPickers } from './references.ts'
import { navigationEntries } from './state/navigation.ts'

/** What all pages know of the server. */
export const serverStates = defineInitialState({
  public: true,
  provide: async (context) => {
    const { world, actor, request, catalogue } = context
    const contributed = await catalogue.gather('capabilities')
    const onPages = contributed.filter(({ contribution }) => contribution.onPages !== false)
    return {
      projects_enabled: getSystemBool(world, 'projects.enabled', false),
      config: serverConfig(context),
      // Whoever looks at it, before the login too (Nextcloud 34.0.1, asked: the page of the login).
      capabilities: gatherCapabilities(onPages, { world, actor, request }, 'everybody'),
      versionHash: versionHash(context),
    }
  },
})

/** What addresses in texts can lead to, on pages where texts are written. */
export const referenceStates = defineInitialState({
  pages: ['files'],
  provide: async ({ world, catalogue, actor }) => ({
    'reference-provider-list': await shownPickers(world, catalogue),
    'reference-provider-timestamps': lastUses(world, actor.userId!),
  }),
})

const LAST_USE = 'provider-last-use_'

/** When an account last picked something from each provider, in seconds since 1970. */
const lastUses = (world: World, userId: string) =>
  Object.fromEntries(
    userValues(world, userId)
      .filter(({ app, key }) => app === 'references' && key.startsWith(LAST_USE))
      .map(({ key, value }) => [key.slice(LAST_USE.length), Number(value)]),
  )

/** Eight digits that change with the versions of the server and its apps: addresses of scripts end in them. */
function versionHash({ world, profile }: PageContext): string {
  const apps = available(world).map((id) => `${id} ${find(world, id)?.version ?? ''}`)
  return sha1([versionOf(world, profile).versionString, ...apps].join()).slice(0, 8)
}

/** The menus of a page. */
export const menuStates = defineInitialState({
  data: [navigationEntries],
  provide: async ({ world, profile, catalogue, actor, app }) => {
    const menus = { world, profile, catalogue, me: actor.userId! }
    const apps = await appsMenu(menus)
    const settings = await settingsMenu(menus, actor.session)
    return {
      ...(app === null ? {} : { 'active-app': app }),
      apps: apps.map((entry) => ({ ...entry, active: entry.id === app })),
      settingsNavEntries: Object.fromEntries(settings.map((entry) => [entry.id, entry])),
    }
  },
})

/** From how many letters on the search bar searches. */
export const searchStates = defineInitialState({
  of: 'unified-search',
  provide: () => ({ 'min-search-length': 1 }),
})

const FIFTEEN_DAYS = 15 * 24 * 60 * 60

/** What the form of the login begins with (Nextcloud 34.0.1, asked: its page; source: which settings change it). */
export const loginStates = defineInitialState({
  public: true,
  provide: ({ world, actor, app }) => {
    if (actor.userId !== null || app !== null) return {}
    const link = getSystemString(world, 'lost_password_link', '')
    return {
      loginUsername: '',
      loginAutocomplete: getSystemBool(world, 'login_form_autocomplete', true),
      loginCanRememberme: getSystemInt(world, 'remember_login_cookie_lifetime', FIFTEEN_DAYS) > 0,
      loginThrottleDelay: 0,
      loginResetPasswordLink: link,
      loginCanResetPassword: link !== 'disabled',
      emailStates: [],
      'webauthn-available': true,
      hideLoginForm: getSystemBool(world, 'hide_login_form', false),
      countAlternativeLogins: 0,
      alternativeLogins: [],
      loginTimeout: getSystemInt(world, 'login_form_timeout', 300),
    }
  },
})
