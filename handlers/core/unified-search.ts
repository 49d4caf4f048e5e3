import { defineEndpoint, type HandlerArguments, p, s } from '#app/index.ts'
import { fileIcon } from '#handlers/theming/file-icons.ts'
import { md5 } from '#lib/md5.ts'
import { jsonEncode, type PhpArray, toInt } from '#lib/php.ts'
import type { Failures } from '#line/endpoint.ts'
import type { ParamShape } from '#line/params.ts'
import * as groups from '#world/accounts/groups.ts'
import * as files from '#world/files/files.ts'
import { hasPreview } from '#world/files/previews.ts'
import * as apps from '#world/settings/apps.ts'
import type { World } from '#world/world.ts'

interface Provider {
  readonly id: string
  readonly appId: string
  readonly name: string
  readonly filters: Readonly<Record<string, string>>
}

/** Pages of settings, in the order in which they are listed. */
interface Section {
  readonly title: string
  readonly kind: 'Personal' | 'Administration'
  readonly path: string
}

type Arguments = Pick<HandlerArguments<string, ParamShape, Failures>, 'world' | 'me' | 'profile' | 'request'>

const provider = s.object({
  id: s.string(),
  appId: s.string(),
  name: s.string(),
  icon: s.string(),
  order: s.int(),
  isExternalProvider: s.bool(),
  triggers: s.list(s.string()),
  filters: s.record(s.string()),
  inAppSearch: s.bool(),
})

export const getProviders = defineEndpoint({
  id: 'core-unified_search-get-providers',
  app: 'core',
  method: 'GET',
  path: '/search/providers',
  access: 'user',
  summary: 'What one can search in',
  // The order stays the same wherever one searches from (Nextcloud 34.0.1, asked).
  input: { from: p.string().default('').describe('The address from which one searches') },
  output: s.list(provider),
  handle: ({ world, profile, ok }) => {
    const providers = providersOf(world, profile.data.searchProviders as (Provider & PhpArray)[])
    return ok(providers, { etag: md5(jsonEncode(providers)) })
  },
})

const providersOf = <T extends Provider>(world: World, all: readonly T[]): T[] =>
  all.filter(({ appId }) => apps.isEnabled(world, appId))

const MOST = 25

/** Without anything to look for, 400; an unknown provider ends in an internal error. */
export const search = defineEndpoint({
  id: 'core-unified_search-search',
  app: 'core',
  method: 'GET',
  path: '/search/providers/{providerId}/search',
  access: 'user',
  summary: 'Search with one provider',
  input: {
    term: p.string().default('').describe('What to look for'),
    sortOrder: p.int().orNull(),
    limit: p.limit().orNull().describe('At most so many; five without it'),
    cursor: p.mixed().describe('Where the page before ended'),
    from: p.string().default('').describe('The page from which one searches'),
  },
  output: s.object({
    name: s.string(),
    isPaginated: s.bool(),
    entries: s.list(
      s.object({
        thumbnailUrl: s.string(),
        title: s.string(),
        subline: s.string(),
        resourceUrl: s.string(),
        icon: s.string(),
        rounded: s.bool(),
        attributes: s.record(s.string()),
      }),
    ),
    cursor: s.nullable(s.union(s.int(), s.string())),
  }),
  responses: { 400: s.string() },
  probe: { providerId: 'files', term: 'a' },
  notImplemented: ['Filters other than the text', 'Comments, tags and apps: nothing is found among them'],
  handle: (args) => {
    const { input, world, profile, ok, respond, crash } = args
    const found = providersOf(world, profile.data.searchProviders as Provider[]).find(
      ({ id }) => id === input.providerId,
    )
    if (input.term === '') return respond(400, 'No valid filters provided')
    if (!found) return crash()
    const limit = Math.min(input.limit ?? 5, MOST)
    const offset = toInt(input.cursor ?? 0)
    const complete = (entries: PhpArray[]) => ok({ name: found.name, isPaginated: false, entries, cursor: null })
    const page = (entries: PhpArray[]) =>
      ok({
        name: found.name,
        isPaginated: true,
        entries: entries.slice(offset, offset + limit),
        cursor: offset + limit,
      })
    if (found.id === 'files') return page(searchFiles(args, input.term))
    if (found.id === 'circles') return page([])
    return complete(found.id === 'settings' ? searchSettings(args, input.term) : [])
  },
})

/** Files and folders whose names contain a text, the newest first. */
function searchFiles(args: Arguments, term: string): PhpArray[] {
  const { world, me } = args
  const root = files.resolve(world, me, '/')
  const wanted = term.toLowerCase()
  const all = root ? below(world, root) : []
  return all
    .filter(({ path }) => files.baseName(path).toLowerCase().includes(wanted))
    .sort((a, b) => b.node.mtime - a.node.mtime || b.node.id - a.node.id)
    .map((entry) => formatFile(args, entry))
}

function below(world: World, folder: files.Entry): files.Entry[] {
  return files.list(world, folder).flatMap((entry) => [entry, ...(files.isFolder(entry) ? below(world, entry) : [])])
}

function formatFile({ world, me, profile, request }: Arguments, entry: files.Entry): PhpArray {
  const { node, path } = entry
  const folder = files.dirName(path)
  return {
    thumbnailUrl: hasPreview(node) ? `${request.baseUrl}/index.php/core/preview?x=32&y=32&fileId=${node.id}` : '',
    title: files.baseName(path),
    subline: folder === '/' ? '' : `in ${folder.slice(1)}`,
    resourceUrl: `${request.baseUrl}/index.php/f/${node.id}`,
    icon: files.isFolder(entry) ? 'icon-folder' : fileIcon(node.mime, me, { world, profile }),
    rounded: false,
    attributes: { fileId: String(node.id), path },
  }
}

/** Pages of settings whose titles contain a text; those of the administration are for administrators. */
function searchSettings({ world, me, profile, request }: Arguments, term: string): PhpArray[] {
  const wanted = term.toLowerCase()
  const admin = groups.isAdmin(world, me)
  return (profile.data.settingsSections as readonly Section[])
    .filter(({ title, kind }) => title.toLowerCase().includes(wanted) && (admin || kind === 'Personal'))
    .map(({ title, kind, path }) => ({
      thumbnailUrl: '',
      title,
      subline: kind,
      resourceUrl: request.baseUrl + path,
      icon: 'icon-settings-dark',
      rounded: false,
      attributes: [],
    }))
}
