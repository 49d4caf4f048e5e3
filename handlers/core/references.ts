import { defineEndpoint, type HandlerArguments, p, s } from '#app/index.ts'
import { type PhpArray, type PhpValue, parseStr, phpArray, toInt, urlencode } from '#lib/php.ts'
import type { Failures } from '#line/endpoint.ts'
import type { ParamShape } from '#line/params.ts'
import * as users from '#world/accounts/users.ts'
import * as files from '#world/files/files.ts'
import { hasPreview } from '#world/files/previews.ts'
import { getAppBool, getSystem, setUser } from '#world/settings/config.ts'
import * as profiles from './state/account-profiles.ts'

const openGraph = s.object({
  id: s.string(),
  name: s.string(),
  description: s.nullable(s.string()),
  thumb: s.nullable(s.string()),
  link: s.string(),
})
const reference = s.nullable(
  s.object({
    richObjectType: s.string(),
    richObject: s.nullable(s.record(s.any())),
    openGraphObject: openGraph,
    accessible: s.bool(),
  }),
)
const output = s.object({ references: s.record(reference) })
const notImplemented = [
  'Titles, descriptions and pictures of pages on the internet',
  'References of apps that are not shipped',
]

/** Anonymous callers get no more than this many at once. */
const MOST_IN_PUBLIC = 15
const NO_PAGE = 'a page on the internet, which is not opened: its address stands for its title'

const text = p.string().describe('Where to look for addresses')
const resolve = p.bool().default(false).describe('Say what they lead to')
const limit = p.limit().default(1)
const references = p.array().describe('Addresses')
const sharingToken = p.string().describe('The link through which one looks')
const address = p.string().describe('An address')

export const extract = defineEndpoint({
  id: 'core-reference_api-extract',
  app: 'core',
  method: 'POST',
  path: '/references/extract',
  access: 'user',
  summary: 'Find addresses in a text',
  input: { text, resolve, limit },
  output,
  notImplemented,
  handle: (args) => {
    const { input, ok } = args
    return ok(
      answer(addressesIn(input.text).slice(0, Math.max(0, input.limit)), (one) =>
        input.resolve ? resolveFor(args, one) : null,
      ),
    )
  },
})

export const extractPublic = defineEndpoint({
  id: 'core-reference_api-extract-public',
  app: 'core',
  method: 'POST',
  path: '/references/extractPublic',
  access: 'public',
  summary: 'Find addresses in a text that a link shows',
  input: { text, sharingToken, resolve, limit },
  output,
  notImplemented,
  handle: (args) => {
    const { input, ok } = args
    const most = Math.max(0, Math.min(input.limit, MOST_IN_PUBLIC))
    return ok(answer(addressesIn(input.text).slice(0, most), (one) => (input.resolve ? page(args, one) : null)))
  },
})

export const resolveOne = defineEndpoint({
  id: 'core-reference_api-resolve-one',
  app: 'core',
  method: 'GET',
  path: '/references/resolve',
  access: 'user',
  summary: `What an address leads to: a file, a profile, or ${NO_PAGE}`,
  input: { reference: address },
  output,
  probe: { reference: 'https://example.org' },
  notImplemented,
  handle: (args) =>
    args.ok(
      answer([args.input.reference], (one) => resolveFor(args, one.trim())),
      { headers: FOR_AN_HOUR },
    ),
})

export const resolveOnePublic = defineEndpoint({
  id: 'core-reference_api-resolve-one-public',
  app: 'core',
  method: 'GET',
  path: '/references/resolvePublic',
  access: 'public',
  summary: `What an address that a link shows leads to: ${NO_PAGE}`,
  input: { reference: address, sharingToken },
  output,
  probe: { reference: 'https://example.org', sharingToken: 'none' },
  notImplemented,
  handle: (args) =>
    args.ok(
      answer([args.input.reference], (one) => page(args, one.trim())),
      { headers: FOR_AN_HOUR },
    ),
})

const FOR_AN_HOUR = { 'Cache-Control': 'private, max-age=3600, must-revalidate, immutable' }

export const resolveMany = defineEndpoint({
  id: 'core-reference_api-resolve',
  app: 'core',
  method: 'POST',
  path: '/references/resolve',
  access: 'user',
  summary: 'What several addresses lead to',
  input: { references, limit },
  output,
  notImplemented,
  handle: (args) => {
    const given = Object.values(args.input.references).slice(0, Math.max(0, args.input.limit))
    if (!given.every((one) => typeof one === 'string')) return args.crash()
    return args.ok(answer(given, (one) => resolveFor(args, one)))
  },
})

export const resolveManyPublic = defineEndpoint({
  id: 'core-reference_api-resolve-public',
  app: 'core',
  method: 'POST',
  path: '/references/resolvePublic',
  access: 'public',
  summary: 'What several addresses that a link shows lead to',
  input: { references, sharingToken, limit },
  output,
  notImplemented,
  handle: (args) => {
    const most = Math.max(0, Math.min(args.input.limit, MOST_IN_PUBLIC))
    const given = Object.values(args.input.references).slice(0, most)
    if (!given.every((one) => typeof one === 'string')) return args.crash()
    return args.ok(answer(given, (one) => page(args, one)))
  },
})

const PROVIDERS = [
  { id: 'profile_picker', title: 'Profile picker', icon_url: '/apps/profile/img/app-dark.svg', order: 10 },
  { id: 'files', title: 'Files', icon_url: '/apps/files/img/folder.svg', order: 0 },
]

export const getProvidersInfo = defineEndpoint({
  id: 'core-reference_api-get-providers-info',
  app: 'core',
  method: 'GET',
  path: '/references/providers',
  access: 'user',
  summary: 'What one can pick references from',
  output: s.list(s.object({ id: s.string(), title: s.string(), icon_url: s.string(), order: s.int() })),
  handle: ({ ok }) => ok(PROVIDERS),
})

export const touchProvider = defineEndpoint({
  id: 'core-reference_api-touch-provider',
  app: 'core',
  method: 'PUT',
  path: '/references/provider/{providerId}',
  access: 'user',
  summary: 'Say that one has just picked from a provider',
  input: { timestamp: p.int().orNull().describe('Seconds since 1970; now without it') },
  output: s.object({ success: s.bool() }),
  handle: ({ input, me, world, ok }) => {
    const known = PROVIDERS.some(({ id }) => id === input.providerId)
    const at = String(input.timestamp ?? world.clock.seconds())
    if (known) setUser(world, me, 'references', `provider-last-use_${input.providerId}`, at)
    return ok({ success: known })
  },
})

/** As the server looks for addresses in a text. */
const ADDRESS = /(\s|\n|^)(https?:\/\/)([-A-Z0-9+_.]+(?::[0-9]+)?(?:\/[-A-Z0-9+&@#%?=~_|!:,.;()]*)*)(\s|\n|$)/gim

const addressesIn = (given: string): string[] => Array.from(given.matchAll(ADDRESS), ([match]) => match.trim())
const isAddress = (given: string) => given.search(ADDRESS) >= 0

const answer = (addresses: readonly string[], of: (address: string) => PhpValue): PhpValue => ({
  references: phpArray(addresses.map((one) => [one, of(one)])),
})

type Arguments = Pick<HandlerArguments<string, ParamShape, Failures>, 'world' | 'request' | 'me'>

/** What an address leads to for somebody who is logged in; `null`: nothing. */
function resolveFor(args: Arguments, given: string): PhpValue {
  const profile = profileIn(args, given)
  if (profile !== null) return formatProfile(args, given, profile)
  const file = fileIn(args, given)
  return file === null ? page(args, given) : formatFile(args, given, file)
}

/** A page on the internet is what it says it is; nothing is fetched. */
function page({ world }: Pick<Arguments, 'world'>, given: string): PhpValue {
  if (getSystem<unknown>(world, 'reference_opengraph', true) !== true || !isAddress(given)) return null
  return formatReference(given, { name: given, description: null, thumb: null, link: given })
}

function formatReference(
  id: string,
  graph: { name: string; description: string | null; thumb: string | null; link: string },
  rich?: { type: string; object: PhpArray; accessible: boolean },
): PhpValue {
  const openGraphObject = { id, ...graph }
  return {
    richObjectType: rich?.type ?? 'open-graph',
    richObject: rich ? rich.object : openGraphObject,
    openGraphObject,
    accessible: rich?.accessible ?? true,
  }
}

/** The id of a file that an address of the files app leads to, or `null` where it is no such address. */
function fileIn({ request }: Arguments, given: string): number | null {
  for (const base of [`${request.baseUrl}/index.php`, request.baseUrl]) {
    if (given.startsWith(`${base}/f/`)) return toInt(given.slice(base.length + 3))
    if (!given.startsWith(`${base}/apps/files/`)) continue
    const query = parseStr(/\?([^#]*)/.exec(given)?.[1] ?? '')
    const id = query.openfile ?? query.fileid
    if (id !== undefined) return toInt(id)
  }
  return null
}

function formatFile({ world, request, me }: Arguments, given: string, id: number): PhpValue {
  const entry = files.entryOf(world, me, id)
  if (!entry) {
    const unknown = { name: given, description: null, thumb: null, link: given }
    return formatReference(given, unknown, { type: 'file', object: { id: given, ...unknown }, accessible: false })
  }
  const { node, path } = entry
  const link = `${request.baseUrl}/index.php/f/${id}`
  const name = files.baseName(path)
  const preview = hasPreview(node)
  const thumb = preview
    ? `${request.baseUrl}/index.php/core/preview?x=1600&y=630&fileId=${id}`
    : `/core/img/filetypes/${iconOf(node.mime)}.svg`
  const object = {
    id: node.id,
    name,
    size: node.size,
    path,
    link,
    mimetype: node.mime,
    mtime: node.mtime,
    'preview-available': preview,
  }
  return formatReference(
    given,
    { name, description: node.mime, thumb, link },
    { type: 'file', object, accessible: true },
  )
}

const iconOf = (mime: string) => (mime === 'httpd/unix-directory' ? 'folder' : mime.split('/')[0]!)

/** The id in the address of a profile, or `null`. */
function profileIn({ world, request }: Arguments, given: string): string | null {
  if (!profiles.isEnabled(world) || !getAppBool(world, 'settings', 'profile_picker_enabled', true)) return null
  for (const base of [`${request.baseUrl}/u/`, `${request.baseUrl}/index.php/u/`]) {
    if (given.startsWith(base) && /^\w+$/.test(given.slice(base.length))) return given.slice(base.length)
  }
  return null
}

function formatProfile({ world, request, me }: Arguments, given: string, userId: string): PhpValue {
  const user = users.find(world, userId)
  if (!user || !profiles.isEnabled(world, user)) return null
  const shown = (field: string) =>
    profiles.isVisible(world, user, field, me) ? profiles.textOf(world, user, field) : null
  const fullBio = shown('biography')
  const location = shown('address')
  const subline = user.email ?? user.displayName
  const object = {
    user_id: userId,
    title: user.displayName,
    subline,
    email: user.email,
    bio: fullBio ? [...fullBio].slice(0, 80).join('') + ([...fullBio].length > 80 ? '...' : '') : null,
    full_bio: fullBio,
    headline: shown('headline'),
    location,
    location_url: location === null ? null : `https://www.openstreetmap.org/search?query=${urlencode(location)}`,
    website: shown('website'),
    organisation: shown('organisation'),
    role: shown('role'),
    url: given,
  }
  const graph = {
    name: user.displayName,
    description: subline,
    thumb: `${request.baseUrl}/index.php/avatar/${encodeURIComponent(userId)}/64`,
    link: given,
  }
  return formatReference(given, graph, { type: 'profile_widget', object, accessible: true })
}
