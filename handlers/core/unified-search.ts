import {
  defineEndpoint,
  defineProfileData,
  p,
  type SearchEntry,
  type SearchFilters,
  type SearchProviderDescription,
  s,
} from '#app/index.ts'
import { md5 } from '#lib/md5.ts'
import { jsonEncode, type PhpArray } from '#lib/php.ts'
import { byRelease } from '#lib/releases.ts'
import type { Contributed } from '#line/contributions.ts'
import type { Profile } from '#profiles/profile.ts'
import * as apps from '#world/settings/apps.ts'
import type { World } from '#world/world.ts'
import { type Refused, readFilters } from './search-filters.ts'

/** A provider as it is listed. */
type Description = PhpArray &
  Required<Omit<SearchProviderDescription, keyof Listing>> & {
    /** The app that must be enabled for it. */
    readonly appId: string
  }

/** What decides of a provider whether and where it is listed; nobody is told. */
type Listing = Pick<SearchProviderDescription, 'listedFrom' | 'listedWith' | 'orderFrom'>

type Described = Description & Listing

const searchProviders = defineProfileData<readonly Description[]>('search-providers')

const provider = s.object({
  id: s.string(),
  appId: s.since(32, s.string()),
  name: s.words(),
  icon: s.since(32, s.string()),
  order: s.int(),
  isExternalProvider: s.since(32, s.bool()),
  triggers: s.since(32, s.list(s.string())),
  filters: s.since(32, s.record(s.string())),
  inAppSearch: s.since(32, s.bool()),
})

export const getProviders = defineEndpoint({
  id: 'core-unified_search-get-providers',
  app: 'core',
  method: 'GET',
  path: '/search/providers',
  access: 'user',
  csrf: false,
  summary: 'What one can search in',
  input: { from: p.string().default('').describe('The address from which one searches') },
  output: s.list(provider),
  data: [searchProviders],
  handle: async ({ input, world, me, profile, catalogue, ok }) => {
    const all = available(world, profile, await catalogue.gather('searchProviders'))
    const providers = all
      .filter(({ listedWith }) => listedWith === undefined || apps.isEnabledFor(world, listedWith, me))
      .flatMap(asListedFrom(input.from))
      .sort((a, b) => Number(a.order) - Number(b.order))
    return ok(providers, { etag: md5(jsonEncode(providers)) })
  },
})

/** A provider as somebody sees it who searches from an address, where its place may be another; or not at all. */
function asListedFrom(from: string): (provider: Described) => Description[] {
  const path = from.replace(/^[a-z]+:\/\/[^/]*/i, '').replace(/[?#].*$/s, '')
  const isFrom = (pattern: string) => new RegExp(`^${pattern}$`).test(path)
  return ({ listedFrom, listedWith: _, orderFrom = {}, ...provider }) => {
    if (provider.order === null || (listedFrom !== undefined && !isFrom(listedFrom))) return []
    const page = Object.keys(orderFrom).find(isFrom)
    return [{ ...provider, order: page === undefined ? provider.order : orderFrom[page]! }]
  }
}

/** What the profile describes, and what apps bring that it does not know. */
function available(
  world: World,
  profile: Profile,
  contributed: readonly Contributed<'searchProviders'>[],
): readonly Described[] {
  const known = searchProviders.of(profile).map((provider): Described => {
    const orderFrom = contributed.find(({ contribution }) => contribution.id === provider.id)?.contribution.orderFrom
    return orderFrom === undefined ? provider : { ...provider, orderFrom }
  })
  const more = contributed.filter(({ contribution }) => !known.some(({ id }) => id === contribution.id)).map(describe)
  return [...known, ...more]
    .sort((a, b) => Number(a.order) - Number(b.order))
    .filter(({ appId }) => apps.isEnabled(world, appId))
}

const USUAL_ORDER = 50

const describe = ({ app, contribution }: Contributed<'searchProviders'>): Described => ({
  id: contribution.id,
  appId: app,
  name: contribution.name ?? contribution.id,
  icon: contribution.icon ?? '',
  order: contribution.order === undefined ? USUAL_ORDER : contribution.order,
  isExternalProvider: contribution.isExternalProvider ?? false,
  triggers: contribution.triggers ?? [contribution.id],
  filters: contribution.filters ?? { term: 'string' },
  inAppSearch: contribution.inAppSearch ?? false,
  ...listingOf(contribution),
})

const listingOf = ({ listedFrom, listedWith, orderFrom }: Listing): Listing => ({
  ...(listedFrom === undefined ? {} : { listedFrom }),
  ...(listedWith === undefined ? {} : { listedWith }),
  ...(orderFrom === undefined ? {} : { orderFrom }),
})

const MOST = 25
/** The only order that a caller can name. */
const NEWEST_FIRST = 1

const isRefused = (filters: SearchFilters | Refused): filters is Refused => 'refused' in filters

/** What is told to those who look for nothing. */
const NO_FILTERS = byRelease<string | null>(null, { 32: 'No valid filters provided' })

/** Without anything to look for, 400; an unknown provider ends in an internal error. */
export const search = defineEndpoint({
  id: 'core-unified_search-search',
  app: 'core',
  method: 'GET',
  path: '/search/providers/{providerId}/search',
  access: 'user',
  csrf: false,
  summary: 'Search with one provider',
  changes: [{ until: 31, to: { notInXml: true } }],
  input: {
    term: p.string().default('').describe('What to look for'),
    sortOrder: p.int().orNull(),
    limit: p.limit().orNull().describe('At most so many; five without it'),
    cursor: p.mixed().describe('Where the page before ended'),
    from: p.string().default('').describe('The page from which one searches'),
  },
  output: s.object({
    name: s.words(),
    isPaginated: s.bool(),
    entries: s.list(
      s.object({
        thumbnailUrl: s.string(),
        title: s.string(),
        subline: s.words(),
        resourceUrl: s.string(),
        icon: s.string(),
        rounded: s.bool(),
        attributes: s.record(s.string()),
      }),
    ),
    cursor: s.nullable(s.union(s.int(), s.string())),
  }),
  responses: { 400: s.nullable(s.string()) },
  probe: { providerId: 'files', term: 'a' },
  data: [searchProviders],
  handle: async ({ input, raw, me, world, profile, request, catalogue, ok, respond, crash }) => {
    const contributed = await catalogue.gather('searchProviders')
    const found = available(world, profile, contributed).find(({ id }) => id === input.providerId)
    const { refuses } = contributed.find(({ contribution: { id } }) => id === input.providerId)?.contribution ?? {}
    const supported = found ?? { id: input.providerId, filters: { term: 'string' } }
    const filters = readFilters(world, { ...supported, ...(refuses && { refuses }) }, raw)
    if (filters === 'crash') return crash()
    if (isRefused(filters)) return respond(400, filters.refused)
    if (Object.keys(filters).length === 0) return respond(400, NO_FILTERS.at(profile.release))
    if (!found) return crash()
    const query = {
      term: filters.term === undefined ? '' : String(filters.term),
      limit: Math.min(input.limit ?? 5, MOST),
      cursor: input.cursor ?? null,
      newestFirst: (input.sortOrder ?? NEWEST_FIRST) === NEWEST_FIRST,
      filters,
    }
    const context = { world, baseUrl: request.baseUrl, catalogue, me }
    const searching = contributed.find(({ contribution }) => contribution.id === found.id)
    const searched = await searching?.contribution.search(query, { ...context, profile: searching.profile })
    const { entries, cursor = null } = searched ?? { entries: [] }
    return ok({ name: found.name, isPaginated: cursor !== null, entries: entries.map(printEntry), cursor })
  },
})

const printEntry = ({
  title,
  subline,
  resourceUrl,
  thumbnailUrl,
  icon,
  rounded,
  attributes,
}: SearchEntry): PhpArray => ({
  thumbnailUrl: thumbnailUrl ?? '',
  title,
  subline: subline ?? '',
  resourceUrl,
  icon: icon ?? '',
  rounded: rounded ?? false,
  attributes: attributes ?? [],
})
