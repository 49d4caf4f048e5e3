import { type Capabilities, type CapabilityArguments, defineCapabilities } from '#app/capabilities.ts'
import { defineEndpoint, type Encoded, s } from '#app/index.ts'
import { isTimezone } from '#lib/clock-time.ts'
import { md5 } from '#lib/md5.ts'
import { mergePatch } from '#lib/merge-patch.ts'
import { jsonEncode, type PhpValue } from '#lib/php.ts'
import { byRelease, isIn } from '#lib/releases.ts'
import type { Gathered } from '#line/contributions.ts'
import * as users from '#world/accounts/users.ts'
import { isEnabled } from '#world/settings/apps.ts'
import { overrides } from '#world/settings/capability-overrides.ts'
import { getSystemBool, getSystemInt, getSystemString } from '#world/settings/config.ts'
import { versionOf } from '#world/settings/version.ts'
import type { World } from '#world/world.ts'

/** An address in a text, as clients find it in messages. */
const ADDRESS = byRelease(
  '(\\s|\\n|^)(https?:\\/\\/)((?:[-A-Z0-9+_]+\\.)+[-A-Z]+(?:\\/[-A-Z0-9+&@#%?=~_|!:,.;()]*)*)(\\s|\\n|$)',
  { 32: '(\\s|\\n|^)(https?:\\/\\/)([-A-Z0-9+_.]+(?::[0-9]+)?(?:\\/[-A-Z0-9+&@#%?=~_|!:,.;()]*)*)(\\s|\\n|$)' },
)

export const server = defineCapabilities({
  public: false,
  members: { 'core/mod-rewrite-working': { since: 32 } },
  build: ({ world, profile }) => ({
    core: {
      pollinterval: getSystemInt(world, 'pollinterval', 60),
      'webdav-root': getSystemString(world, 'webdav-root', 'remote.php/webdav'),
      'reference-api': true,
      'reference-regex': ADDRESS.at(profile.release),
      'mod-rewrite-working': getSystemBool(world, 'htaccess.IgnoreFrontController', false),
    },
  }),
})

/** Whoever asks from loopback. */
const IS_ALLOWED = byRelease(true, { 32: false })

/** Protection against guessing passwords is off, as on the recorded installation. */
export const bruteForce = defineCapabilities({
  order: 1,
  onPages: false,
  public: true,
  build: ({ profile }) => ({ bruteforce: { delay: 0, 'allow-listed': IS_ALLOWED.at(profile.release) } }),
})

/** Which files the server read metadata from. */
export const metadata = defineCapabilities({
  order: 1,
  public: true,
  until: 31,
  build: () => ({ metadataAvailable: { size: IMAGES, gps: IMAGES } }),
})

const IMAGES = ['/image\\/(png|jpeg|heif|webp|tiff)/']

export const account = defineCapabilities({
  order: 2,
  public: false,
  members: { 'core/user': { since: 32 }, 'core/can-create-app-token': { since: 33 } },
  build: ({ world, actor }) => {
    const user = actor.userId === null ? undefined : users.find(world, actor.userId)
    if (!user) return {}
    return {
      core: {
        user: { language: user.language, locale: user.locale, timezone: timezoneOf(world, user) },
        'can-create-app-token': getSystemBool(world, 'auth_can_create_app_token', true),
      },
    }
  },
})

function timezoneOf(world: World, user: users.User): string {
  return [user.timezone, getSystemString(world, 'default_timezone', 'UTC')].find(isTimezone) ?? 'UTC'
}

/** What the server and its enabled apps can do; anonymous callers see little of it. */
export const getCapabilities = defineEndpoint({
  id: 'core-ocs-get-capabilities',
  app: 'core',
  method: 'GET',
  path: '/cloud/capabilities',
  access: 'public',
  summary: 'Version of the server and what it and its apps can do',
  output: s.object({
    version: s.object({
      major: s.int(),
      minor: s.int(),
      micro: s.int(),
      string: s.string(),
      edition: s.string(),
      extendedSupport: s.bool(),
    }),
    capabilities: s.record(s.record(s.any())),
  }),
  notImplemented: ['Texts in other languages than English'],
  handle: async ({ world, profile, actor, request, catalogue, ok }) => {
    const contributed = await catalogue.gather('capabilities')
    const { data, etag, encoded } = world.remember(`capabilities ${actor.userId} ${request.baseUrl}`, () => {
      const gathered = gatherCapabilities(contributed, { world, actor, request })
      const said = versionOf(world, profile)
      const [major = 0, minor = 0, micro = 0] = said.version
      const version = { major, minor, micro, string: said.versionString, edition: '', extendedSupport: false }
      const whole = { version, capabilities: gathered }
      const encoded: Encoded = new Map()
      return { data: whole, etag: md5(jsonEncode(whole)), encoded }
    })
    return ok(data, { etag, encoded })
  },
})

type Tree = { [key: string]: PhpValue }

/** Contributions of the core, then of apps by their ids; later ones are laid over earlier ones. */
export function gatherCapabilities(
  contributed: readonly Gathered<'capabilities'>[],
  args: Omit<CapabilityArguments, 'profile'>,
  forWhom: 'caller' | 'everybody' = 'caller',
): Tree {
  const rank = (app: string) => (app === 'core' ? '' : app)
  const sorted = contributed
    .filter(
      ({ app, contribution }) =>
        (forWhom === 'everybody' || contribution.public || args.actor.userId !== null) && isEnabled(args.world, app),
    )
    .sort((a, b) =>
      a.app === b.app ? (a.contribution.order ?? 0) - (b.contribution.order ?? 0) : rank(a.app) < rank(b.app) ? -1 : 1,
    )
  const whole: Tree = {}
  for (const { contribution, profile } of sorted) {
    layOver(whole, inRelease(contribution.build({ ...args, profile }), contribution.members, profile.release))
  }
  return overrides(args.world).reduce((below: Tree, patch) => {
    const patched = mergePatch(below, patch)
    return isTree(patched) ? patched : below
  }, whole)
}

/** What an app contributes, without members that the release does not have. */
function inRelease(built: Tree, members: Capabilities['members'], release: number): Tree {
  const gone = Object.keys(members ?? {}).filter((path) => !isIn(members![path]!, release))
  return gone.reduce((tree, path) => without(tree, path.split('/')), built)
}

function without(tree: Tree, [name, ...below]: readonly string[]): Tree {
  const { [name!]: member, ...rest } = tree
  if (below.length === 0 || member === undefined || !isTree(member)) return rest
  return { ...tree, [name!]: without(member, below) }
}

const isTree = (value: PhpValue): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Map)

/** Members of both that are arrays with keys are merged, everything else is replaced. */
function layOver(below: Tree, above: { readonly [key: string]: PhpValue }): void {
  for (const [key, value] of Object.entries(above)) {
    const old = below[key]
    if (!isTree(value)) below[key] = value
    else if (isTree(old)) layOver(old, value)
    else {
      const copy: Tree = {}
      layOver(copy, value)
      below[key] = copy
    }
  }
}
