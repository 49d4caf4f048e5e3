import type { PageContext } from '#app/initial-state.ts'
import type { PhpArray } from '#lib/php.ts'
import * as avatars from '#world/accounts/avatars.ts'
import * as groups from '#world/accounts/groups.ts'
import { sessionsTable } from '#world/accounts/sessions.ts'
import * as users from '#world/accounts/users.ts'
import { enabled, isEnabledFor } from '#world/settings/apps.ts'
import { getSystemBool, getSystemInt, getSystemList, getSystemString } from '#world/settings/config.ts'
import { versionOf } from '#world/settings/version.ts'
import * as sharing from '#world/sharing/settings.ts'
import type { World } from '#world/world.ts'
import { calendarNames } from './calendar-names.ts'

/** Seconds after which PHP forgets a session, whatever the server would like (`session.gc_maxlifetime`). */
const LONGEST_SESSION = 1440
const CHUNK = 100 * 2 ** 20

/**
 * The variables that a page has before its scripts run, under the names and in the order in which the real server
 * declares them (Nextcloud 34.0.1, asked: the pages of the dashboard, of files and of the login).
 */
export function pageVariables(context: PageContext): PhpArray {
  const { world, actor, request } = context
  const { userId } = actor
  const user = userId === null ? undefined : users.find(world, userId)
  const session = actor.session === undefined ? undefined : world.table(sessionsTable).get(actor.session)
  const root = webRootIn(request.baseUrl)
  return {
    _oc_debug: getSystemBool(world, 'debug', false),
    _oc_isadmin: userId !== null && groups.isAdmin(world, userId),
    backendAllowsPasswordConfirmation: true,
    oc_dataURL: false,
    _oc_webroot: root,
    _oc_appswebroots: Object.fromEntries(appsFor(world, userId).map((app) => [app, `${root}/apps/${app}`])),
    datepickerFormatDate: 'M/d/yy',
    nc_lastLogin: session?.confirmedAt ?? 0,
    nc_pageLoad: world.clock.seconds(),
    ...calendarNames(languageOf(context), user?.firstDayOfWeek ?? ''),
    _oc_config: serverConfig(context),
    oc_appconfig: { core: sharingDefaults(context), files: { max_chunk_size: CHUNK } },
    _theme: themeOf(context),
    ...(user ? { oc_userconfig: { avatar: avatarOf(world, user.id) } } : {}),
  }
}

/** The language that a page is written in. */
export function languageOf({ world, actor }: PageContext): string {
  const chosen = actor.userId === null ? undefined : users.find(world, actor.userId)?.language
  return chosen || getSystemString(world, 'default_language', 'en')
}

/** `/nextcloud` of `https://cloud.example.com/nextcloud`. */
export const webRootIn = (baseUrl: string): string => new URL(baseUrl).pathname.replace(/\/+$/, '')

const appsFor = (world: World, userId: string | null): string[] =>
  enabled(world)
    .filter((app) => userId === null || isEnabledFor(world, app, userId))
    .toSorted()

/** What scripts read of `config.php`: `core-config` among the initial states, and `OC.config`. */
export function serverConfig({ world, profile }: PageContext): PhpArray {
  const { version, versionString } = versionOf(world, profile)
  return {
    blacklist_files_regex: '\\.(part|filepart)$',
    forbidden_filename_characters: getSystemList(world, 'forbidden_filename_characters', ['\\', '/']),
    auto_logout: getSystemBool(world, 'auto_logout', false),
    loglevel: getSystemInt(world, 'loglevel', 2),
    lost_password_link: getSystemString(world, 'lost_password_link', '') || null,
    modRewriteWorking: getSystemBool(world, 'htaccess.IgnoreFrontController', false),
    no_unsupported_browser_warning: getSystemBool(world, 'no_unsupported_browser_warning', false),
    session_keepalive: getSystemBool(world, 'session_keepalive', true),
    session_lifetime: Math.min(getSystemInt(world, 'session_lifetime', 86_400), LONGEST_SESSION),
    'sharing.maxAutocompleteResults': getSystemInt(world, 'sharing.maxAutocompleteResults', 25),
    'sharing.minSearchStringLength': getSystemInt(world, 'sharing.minSearchStringLength', 0),
    version: version.join('.'),
    versionstring: versionString,
    'enable_non-accessible_features': getSystemBool(world, 'enable_non-accessible_features', true),
  }
}

function sharingDefaults({ world, profile, actor }: PageContext): PhpArray {
  const mine = actor.userId === null ? [] : groups.groupsOf(world, actor.userId)
  const [major] = versionOf(world, profile).version
  return {
    ...expiry(world, 'link', 'default'),
    enforcePasswordForPublicLink: sharing.enforcesPassword(world, mine),
    enableLinkPasswordByDefault: sharing.asksForPassword(world),
    sharingDisabledForUser: actor.userId !== null && sharing.isExcluded(world, mine),
    resharingAllowed: sharing.allowsResharing(world),
    remoteShareAllowed: sharing.allowsOutgoingRemote(world),
    federatedCloudShareDoc: `https://docs.nextcloud.com/server/${major}/go.php?to=user-sharing-federated`,
    allowGroupSharing: sharing.allowsGroups(world),
    ...expiry(world, 'internal', 'defaultInternal'),
    ...expiry(world, 'remote', 'defaultRemote'),
  }
}

function expiry(world: World, kind: sharing.ExpiryKind, prefix: string): PhpArray {
  const { byDefault, days, enforced } = sharing.expiryRule(world, kind)
  return {
    [`${prefix}ExpireDateEnabled`]: byDefault,
    [`${prefix}ExpireDate`]: byDefault ? days : null,
    [`${prefix}ExpireDateEnforced`]: byDefault ? enforced : null,
  }
}

function themeOf({ world, profile }: PageContext): PhpArray {
  const name = profile.productName
  const [major] = versionOf(world, profile).version
  const documentation = 'https://docs.nextcloud.com'
  return {
    entity: name,
    name,
    productName: name,
    title: name,
    baseUrl: 'https://nextcloud.com',
    syncClientUrl: 'https://nextcloud.com/install/#install-clients',
    docBaseUrl: documentation,
    docPlaceholderUrl: `${documentation}/server/${major}/go.php?to=PLACEHOLDER`,
    slogan: 'a safe home for all your data',
    logoClaim: '',
    folder: '',
  }
}

function avatarOf(world: World, userId: string): PhpArray {
  const avatar = avatars.find(world, userId)
  return { version: avatar?.version ?? 0, generated: avatar === undefined }
}
