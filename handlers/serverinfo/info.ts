import { defineEndpoint, type HandlerArguments, p, s } from '#app/index.ts'
import { membersOf, parseJson } from '#lib/json.ts'
import { isPhpArray, type PhpArray, type PhpValue, phpArray } from '#lib/php.ts'
import * as groups from '#world/accounts/groups.ts'
import * as apps from '#world/settings/apps.ts'
import { getApp, getSystem, getSystemBool, getSystemString } from '#world/settings/config.ts'
import type { World } from '#world/world.ts'
import { type Host, hostOf } from './host.ts'
import * as statistics from './statistics.ts'

const APP = 'serverinfo'
const BASE = '/apps/serverinfo/api/v1'

const counts = s.record(s.number())

export const info = defineEndpoint({
  id: 'serverinfo:GET /apps/serverinfo/api/v1/info',
  app: APP,
  method: 'GET',
  path: `${BASE}/info`,
  access: 'public',
  csrf: false,
  summary: 'What a monitor wants to know, for administrators and whoever has the token of the app',
  input: {
    skipApps: p.bool().default(true).describe('Leave out how many apps there are, and their updates'),
    skipUpdate: p.bool().default(true).describe('Leave out updates of the server'),
  },
  output: s.object({
    nextcloud: s.object({ system: s.object({ version: s.string() }, 'allow'), storage: counts, shares: counts }),
    server: s.object({
      webserver: s.string(),
      php: s.object({ version: s.string() }, 'allow'),
      fpm: s.any(),
      database: s.object({ type: s.string(), version: s.string(), size: s.string() }),
    }),
    activeUsers: counts,
  }),
  responses: { 401: s.object({ message: s.string() }) },
  notImplemented: ['The machine is a recorded one; apps have no updates'],
  handle: (args) => {
    const { world, profile, ok, respond } = args
    if (!isAllowed(args)) return respond(401, { message: 'Unauthorized' })
    const host = hostOf(world, profile)
    return ok({
      nextcloud: { system: systemOf(args, host), storage: storageOf(world), shares: sharesOf(world) },
      server: {
        webserver: host.webserver,
        php: { ...host.php, extensions: sortedExtensions(host.extensions) },
        fpm: host.fpm,
        database: { type: getSystemString(world, 'dbtype', ''), ...host.database },
      },
      activeUsers: Object.fromEntries(PERIODS.map(([name, seconds]) => [name, statistics.activeSince(world, seconds)])),
    })
  },
})

const infoInput = { skipApps: p.bool(), skipUpdate: p.bool() }
type InfoArguments = Pick<
  HandlerArguments<'/', typeof infoInput, Record<never, never>>,
  'input' | 'world' | 'actor' | 'request'
>

function isAllowed({ world, actor, request }: InfoArguments): boolean {
  const token = request.header('nc-token')
  if (token !== '' && token !== '0' && token === getApp(world, APP, 'token')) return true
  return actor.userId !== null && groups.isAdmin(world, actor.userId)
}

function systemOf({ input, world }: InfoArguments, host: Host): PhpArray {
  const yes = (key: string, fallback: boolean) => (getSystemBool(world, key, fallback) ? 'yes' : 'no')
  const text = (key: string, fallback?: string) => getSystem<PhpValue>(world, key, fallback ?? null)
  return {
    version: text('version'),
    theme: text('theme', 'none'),
    enable_avatars: yes('enable_avatars', true),
    enable_previews: yes('enable_previews', true),
    'memcache.local': text('memcache.local', 'none'),
    'memcache.distributed': text('memcache.distributed', 'none'),
    'filelocking.enabled': yes('filelocking.enabled', true),
    'memcache.locking': text('memcache.locking', 'none'),
    debug: yes('debug', false),
    freespace: host.freespace,
    cpuload: host.cpuload,
    cpunum: host.cpunum,
    ...host.memory,
    ...(input.skipApps
      ? {}
      : { apps: { num_installed: apps.enabled(world).length, num_updates_available: 0, app_updates: [] } }),
    ...(input.skipUpdate ? {} : { update: updateOf(world) }),
  }
}

/** What the last look for updates of the server found. */
function updateOf(world: World): PhpArray {
  const at = Math.trunc(Number(getApp(world, 'core', 'lastupdatedat', '0')) || 0)
  const found = parseJson(getApp(world, 'core', 'lastupdateResult'))
  if (!isPhpArray(found)) return { lastupdatedat: at, available: false }
  const { version } = membersOf(found)
  return {
    lastupdatedat: at,
    available: Object.keys(found).length > 0,
    ...(version === undefined ? {} : { available_version: version }),
  }
}

function storageOf(world: World): PhpArray {
  const counted = statistics.storageCounts(world)
  return {
    num_users: counted.seenAccounts,
    num_disabled_users: counted.disabledAccounts,
    num_files: counted.files,
    num_storages: counted.storages,
    num_storages_local: counted.local,
    num_storages_home: counted.homes,
    num_storages_other: counted.other,
    size_appdata_storage: counted.appdataBytes,
    num_files_appdata: counted.appdataFiles,
  }
}

function sharesOf(world: World): PhpArray {
  const counted = statistics.shareCounts(world)
  return {
    num_shares: counted.all,
    num_shares_user: counted.user,
    num_shares_groups: counted.group,
    num_shares_link: counted.link,
    num_shares_mail: counted.email,
    num_shares_room: counted.room,
    num_shares_link_no_password: counted.linkWithoutPassword,
    num_fed_shares_sent: counted.sent,
    num_fed_shares_received: counted.received,
    ...Object.fromEntries(
      counted.byPermissions.map(({ type, permissions, count }) => [`permissions_${type}_${permissions}`, count]),
    ),
  }
}

/** By name, each under its place among those that PHP loaded. */
const sortedExtensions = (loaded: readonly string[]): PhpValue =>
  phpArray(
    loaded.map((name, place): [number, string] => [place, name]).sort(([, a], [, b]) => (a < b ? -1 : a > b ? 1 : 0)),
  )

const HOUR = 3600
const DAY = 24 * HOUR
const PERIODS: readonly (readonly [name: string, seconds: number])[] = [
  ['last5minutes', 300],
  ['last1hour', HOUR],
  ['last24hours', DAY],
  ['last7days', 7 * DAY],
  ['last1month', 30 * DAY],
  ['last3months', 90 * DAY],
  ['last6months', 180 * DAY],
  ['lastyear', 365 * DAY],
]
