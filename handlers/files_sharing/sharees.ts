import { defineEndpoint, type FoundSharee, p, type ShareType, s } from '#app/index.ts'
import { statusSchema } from '#app/user-status.ts'
import { type FoundSharees, searchSharees as findSharees, shareTypes } from '#handlers/core/api.ts'
import { isNumeric, isPhpArray, type PhpArray, toInt } from '#lib/php.ts'
import { byRelease } from '#lib/releases.ts'
import * as groups from '#world/accounts/groups.ts'
import { getSystem } from '#world/settings/config.ts'
import * as shares from '#world/sharing/shares.ts'
import { settings, TYPE } from '#world/sharing/shares.ts'
import type { World } from '#world/world.ts'
import { nextPageLink } from './next-page-link.ts'

const value = s.object({
  shareType: s.int(),
  shareWith: s.string(),
  server: s.optional(s.string()),
  isTrustedServer: s.since(32, s.optional(s.bool())),
})
const sharee = s.object({
  count: s.optional(s.int()),
  label: s.string(),
  subline: s.optional(s.string()),
  icon: s.optional(s.string()),
  uuid: s.optional(s.string()),
  guid: s.optional(s.string()),
  name: s.optional(s.string()),
  type: s.optional(s.string()),
  value,
  shareWithDisplayNameUnique: s.optional(s.string()),
  status: s.optional(s.union(statusSchema, s.empty())),
})
/** What apps bring to share with. */
const appSharee = s.object(
  { label: s.string(), value: s.object({ shareType: s.int(), shareWith: s.string() }, 'allow') },
  'allow',
)
const list = () => s.list(sharee)
const five = { users: list(), groups: list(), remotes: list(), remote_groups: list(), emails: list() }

/** What a page may hold at most unless the administrator says otherwise. */
const MAX_RESULTS = 25

/** The types of the server itself, as lists name them. */
const OWN = ['users', 'groups', 'remotes', 'remote_groups', 'emails']
/** Types of apps whose lists are there without the app. */
const ALWAYS = ['circles', 'rooms']

export const searchSharees = defineEndpoint({
  id: 'files_sharing-shareesapi-search',
  app: 'files_sharing',
  method: 'GET',
  path: '/apps/files_sharing/api/v1/sharees',
  changes: [{ until: 31, to: { anonymous: 'empty-page' } }],
  access: 'user',
  summary: 'Accounts, groups, addresses and other servers to share with',
  input: {
    search: p.string().default(''),
    itemType: p.string().orNull().describe('What shall be shared: `file`, `folder`, …'),
    page: p.int().default(1),
    perPage: p.int().default(200),
    shareType: p.mixed().describe('Kinds of recipients: a number or a list of them'),
    lookup: p.bool().default(false),
  },
  output: s.object({
    exact: s.object({ ...five, circles: s.list(appSharee), rooms: s.list(appSharee), lookup: s.optional(s.empty()) }),
    ...five,
    lookup: s.empty(),
    circles: s.list(appSharee),
    rooms: s.list(appSharee),
    lookupEnabled: s.bool(),
  }),
  failures: { 400: ['Missing itemType', 'Invalid perPage argument', 'Invalid page'] },
  probe: { search: 'a', itemType: 'file' },
  notImplemented: ['the global lookup server'],
  handle: async ({ input, world, catalogue, me, ok, fail, request }) => {
    const { search, itemType } = input
    const shortest = getSystem(world, 'sharing.minSearchStringLength', 0)
    const isTooShort = new TextEncoder().encode(search).length < shortest
    if (isTooShort || settings.isExcluded(world, groups.groupsOf(world, me)))
      return ok(formatResults(new Map(), input.lookup, world.release))
    const most = getSystem(world, 'sharing.maxAutocompleteResults', MAX_RESULTS)
    const perPage = most > 0 ? Math.min(input.perPage, most) : input.perPage
    if (perPage <= 0) return fail(400, 'Invalid perPage argument')
    if (input.page <= 0) return fail(400, 'Invalid page')
    if (itemType === null) return fail(400)
    const offered = (await shareTypes(world, catalogue)).filter((one) => isOffered(one, itemType, world))
    const types = requestedTypes(offered, input.shareType).sort((a, b) => a.type - b.type)
    const { page, shareType } = input
    const query = { text: search.trim(), limit: perPage, offset: perPage * (page - 1), shareType }
    const found = await findSharees(types, query, { world, baseUrl: request.baseUrl, me })
    const next = { search, itemType, shareType: types.map(({ type }) => type), perPage, page: page + 1 }
    const hasMore = types.some(({ type, name }) => saysThereIsMore(type, found.get(name) ?? [], perPage))
    const link = { Link: nextPageLink(request, '/apps/files_sharing/api/v1/sharees', next) }
    return ok(formatResults(found, input.lookup, world.release), hasMore ? { headers: link } : {})
  },
})

/**
 * Whether a search says that there may be more. Accounts and groups are said to go on while a page is not full, and
 * servers without an end (Nextcloud 34.0.1, asked).
 */
function saysThereIsMore(type: number, found: readonly FoundSharee[], perPage: number): boolean {
  if (type === TYPE.remote || type === TYPE.remoteGroup) return true
  const ofAddressBook = found.filter(({ item }) => item.uuid !== undefined)
  return (type === TYPE.user || type === TYPE.group) && found.length - ofAddressBook.length < perPage
}

export const recommendSharees = defineEndpoint({
  id: 'files_sharing-shareesapi-find-recommended',
  app: 'files_sharing',
  method: 'GET',
  path: '/apps/files_sharing/api/v1/sharees_recommended',
  changes: [{ until: 31, to: { anonymous: 'empty-page' } }],
  access: 'user',
  summary: 'Those with whom one shares most often',
  input: {
    itemType: p.string().before(28, p.string().orNull()).describe('What shall be shared: `file`, `folder`, …'),
    shareType: p.mixed().describe('Kinds of recipients: a number or a list of them'),
  },
  output: s.object({ exact: s.object(five), ...five }),
  failures: { 400: byRelease<string | null>('Missing itemType', { 28: null }) },
  probe: { itemType: 'file' },
  handle: async ({ input, world, catalogue, me, ok, fail }) => {
    if (input.itemType === null) return fail(400)
    const all = await shareTypes(world, catalogue)
    const found = frequent(world, me, requestedTypes(recommendedTypes(all, input.itemType, world), input.shareType))
    const exact = OWN.map((name): [string, PhpArray[]] => {
      const type = all.find((one) => one.name === name)?.type
      return [name, found.filter(({ value }) => value.shareType === type)]
    })
    return ok({
      exact: Object.fromEntries(exact),
      ...{ users: [], groups: [], remotes: [], remote_groups: [], emails: [] },
    })
  },
})

const isFile = (itemType: string) => itemType === 'file' || itemType === 'folder'

/** Whether a kind of thing can be shared so. */
const isOffered = (type: ShareType, itemType: string, world: World) =>
  type.isOffered?.(itemType, { world }) ?? isFile(itemType)

const RECOMMENDED: readonly number[] = [TYPE.user, TYPE.group, TYPE.email]

const recommendedTypes = <T extends ShareType>(all: readonly T[], itemType: string, world: World) =>
  all.filter((one) => (isFile(itemType) ? isOffered(one, itemType, world) : RECOMMENDED.includes(one.type)))

/** The types that were asked for among those that are possible. */
function requestedTypes<T extends ShareType>(types: readonly T[], parameter: unknown): T[] {
  if (isPhpArray(parameter)) {
    const wanted = Object.values(parameter).map(String)
    return types.filter(({ type }) => wanted.includes(String(type)))
  }
  return isNumeric(parameter) ? types.filter(({ type }) => type === toInt(parameter)) : [...types]
}

/** Whether a lookup server is said to be asked, where nobody switched that off. */
const LOOKS_UP = byRelease(true, { 32: false })

function formatResults(found: FoundSharees, looksUp: boolean, release: number): PhpArray {
  const more = [...found.keys()].filter((name) => !OWN.includes(name) && !ALWAYS.includes(name))
  const lists = (names: readonly string[], exact: boolean) =>
    Object.fromEntries(names.map((name) => [name, itemsOf(found.get(name) ?? [], exact)]))
  return {
    // Whom the lookup server knows: nobody (Nextcloud 27.1.10, asked).
    exact: {
      ...lists([...OWN, ...ALWAYS, ...more], true),
      ...(looksUp && LOOKS_UP.at(release) ? { lookup: [] } : {}),
    },
    ...lists(OWN, false),
    lookup: [],
    ...lists([...ALWAYS, ...more], false),
    lookupEnabled: LOOKS_UP.at(release),
  }
}

const itemsOf = (found: readonly FoundSharee[], exact: boolean) =>
  found.filter((one) => one.exact === exact).map(({ item }) => item)

interface Frequent extends PhpArray {
  readonly value: { readonly shareType: number; readonly shareWith: string }
}

/** The five recipients that one shares with most; of equals, the one of the earlier type and share. */
function frequent(world: World, me: string, types: readonly ShareType[]): Frequent[] {
  const found: { count: number; label: string | null; value: Frequent['value'] }[] = []
  for (const { type } of types) {
    for (const share of shares.lists.ofType(world, me, type)) {
      const shareWith = share.sharedWith ?? ''
      if (shareWith.trim() === '') continue
      const known = found.find(({ value }) => value.shareType === type && value.shareWith === shareWith)
      if (known) known.count++
      else found.push({ count: 1, label: shares.recipientName(world, share), value: { shareType: type, shareWith } })
    }
  }
  return found.sort((a, b) => b.count - a.count).slice(0, 5)
}
