import { defineEndpoint, p, s } from '#app/index.ts'
import { findTeams, teamSharee } from '#handlers/circles/sharees.ts'
import { exampleContact } from '#handlers/dav/data.ts'
import { withoutHttps } from '#lib/cloud-id.ts'
import { isEmailAddress } from '#lib/email-address.ts'
import { isNumeric, isPhpArray, type PhpArray, toInt } from '#lib/php.ts'
import type { Profile } from '#profiles/profile.ts'
import * as groups from '#world/accounts/groups.ts'
import { isEnabled } from '#world/settings/apps.ts'
import { getSystem } from '#world/settings/config.ts'
import type { Sharee } from '#world/sharing/sharees.ts'
import * as shares from '#world/sharing/shares.ts'
import { settings, sharees, TYPE } from '#world/sharing/shares.ts'
import type { World } from '#world/world.ts'
import { nextPageLink } from './next-page-link.ts'
import { statusOf, statusSchema } from './user-status.ts'

const value = s.object({
  shareType: s.int(),
  shareWith: s.string(),
  server: s.optional(s.string()),
  isTrustedServer: s.optional(s.bool()),
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
const list = () => s.list(sharee)
const five = { users: list(), groups: list(), remotes: list(), remote_groups: list(), emails: list() }

/** What a page may hold at most unless the administrator says otherwise. */
const MAX_RESULTS = 25

interface SearchResult {
  readonly exact: boolean
  readonly item: PhpArray
}
type Kind = 'users' | 'groups' | 'remotes' | 'remote_groups' | 'emails'
type Results = Record<Kind, SearchResult[]>

export const searchSharees = defineEndpoint({
  id: 'files_sharing-shareesapi-search',
  app: 'files_sharing',
  method: 'GET',
  path: '/apps/files_sharing/api/v1/sharees',
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
    exact: s.object({ ...five, circles: s.list(teamSharee), rooms: s.empty() }),
    ...five,
    lookup: s.empty(),
    circles: s.list(teamSharee),
    rooms: s.empty(),
    lookupEnabled: s.bool(),
  }),
  failures: { 400: ['Missing itemType', 'Invalid perPage argument', 'Invalid page'] },
  probe: { search: 'a', itemType: 'file' },
  notImplemented: ['the global lookup server'],
  handle: ({ input, world, profile, me, ok, fail, request }) => {
    const { search, itemType } = input
    const shortest = getSystem(world, 'sharing.minSearchStringLength', 0)
    const isTooShort = new TextEncoder().encode(search).length < shortest
    if (isTooShort || settings.isExcluded(world, groups.groupsOf(world, me))) return ok(formatResults(NOTHING, []))
    const most = getSystem(world, 'sharing.maxAutocompleteResults', MAX_RESULTS)
    const perPage = most > 0 ? Math.min(input.perPage, most) : input.perPage
    if (perPage <= 0) return fail(400, 'Invalid perPage argument')
    if (input.page <= 0) return fail(400, 'Invalid page')
    if (itemType === null) return fail(400)
    const types = requestedTypes(typesFor(world, itemType), input.shareType).sort((a, b) => a - b)
    const query = {
      me,
      text: search.trim(),
      limit: perPage,
      offset: perPage * (input.page - 1),
      isAddress: isEmailAddress,
      example: exampleContact.of(profile),
    }
    const found = searchAll(world, profile, query, types, request.baseUrl)
    const teams = types.includes(TYPE.team)
      ? findTeams({ world, host: request.host }, { ...query, short: isShort(input.shareType) })
      : []
    const next = { search, itemType, shareType: types, perPage, page: input.page + 1 }
    return ok(formatResults(found, teams), {
      headers: { Link: nextPageLink(request, '/apps/files_sharing/api/v1/sharees', next) },
    })
  },
})

export const recommendSharees = defineEndpoint({
  id: 'files_sharing-shareesapi-find-recommended',
  app: 'files_sharing',
  method: 'GET',
  path: '/apps/files_sharing/api/v1/sharees_recommended',
  access: 'user',
  summary: 'Those with whom one shares most often',
  input: {
    itemType: p.string().describe('What shall be shared: `file`, `folder`, …'),
    shareType: p.mixed().describe('Kinds of recipients: a number or a list of them'),
  },
  output: s.object({ exact: s.object(five), ...five }),
  probe: { itemType: 'file' },
  handle: ({ input, world, me, ok }) => {
    const types = requestedTypes(recommendedTypes(world, input.itemType), input.shareType)
    const found = frequent(world, me, types)
    const exact = Object.fromEntries(
      KINDS.map((kind) => [kind, found.filter((item) => KIND_OF[typeOf(item)] === kind)]),
    )
    return ok({ exact, users: [], groups: [], remotes: [], remote_groups: [], emails: [] })
  },
})

const KINDS: readonly Kind[] = ['users', 'groups', 'remotes', 'remote_groups', 'emails']
/** The kind of recipients that a type of shares has. */
export const KIND_OF: Readonly<Record<number, Kind>> = {
  [TYPE.user]: 'users',
  [TYPE.group]: 'groups',
  [TYPE.remote]: 'remotes',
  [TYPE.remoteGroup]: 'remote_groups',
  [TYPE.email]: 'emails',
}
const NOTHING: Results = { users: [], groups: [], remotes: [], remote_groups: [], emails: [] }
const typeOf = (item: PhpArray) => (item.value as { shareType: number }).shareType

/** The kinds of recipients that a kind of thing can have. */
function typesFor(world: World, itemType: string): number[] {
  const types: number[] = [TYPE.user]
  const isFile = itemType === 'file' || itemType === 'folder'
  if (settings.allowsGroups(world)) types.push(TYPE.group)
  if ((isFile || itemType === 'teams') && settings.allowsOutgoingRemote(world)) types.push(TYPE.remote)
  if (isFile && settings.allowsOutgoingRemoteGroups(world)) types.push(TYPE.remoteGroup)
  if (!isFile || isEnabled(world, 'sharebymail')) types.push(TYPE.email)
  if (isEnabled(world, 'circles')) types.push(TYPE.team)
  if (itemType === 'calendar') types.push(TYPE.remote)
  return types
}

function recommendedTypes(world: World, itemType: string): number[] {
  if (itemType !== 'file' && itemType !== 'folder') return [TYPE.user, TYPE.group, TYPE.email]
  return typesFor(world, itemType)
}

/** The kinds that were asked for among those that are possible. */
function requestedTypes(types: readonly number[], parameter: unknown): number[] {
  if (isPhpArray(parameter)) {
    const wanted = Object.values(parameter).map(String)
    return types.filter((type) => wanted.includes(String(type)))
  }
  return isNumeric(parameter) ? types.filter((type) => type === toInt(parameter)) : [...types]
}

/** Everybody of some types whom a text finds, each kind in the order in which its search lists them. */
export function searchAll(
  world: World,
  profile: Profile,
  query: sharees.Question,
  types: readonly number[],
  baseUrl: string,
): Results {
  const found: Results = { users: [], groups: [], remotes: [], remote_groups: [], emails: [] }
  const has = (type: number) => types.includes(type)
  if (has(TYPE.user)) found.users = searchAccounts(world, profile, query)
  if (has(TYPE.group)) found.groups = sharees.findGroups(world, query).map(formatGroup)
  if (has(TYPE.email)) found.emails = sharees.findMails(world, query).map(formatMail)
  const remote = has(TYPE.remote) || has(TYPE.remoteGroup) ? sharees.findRemote(world, query, baseUrl) : null
  if (remote && has(TYPE.remote)) found.remotes = [{ exact: true, item: formatRemote(remote) }]
  if (remote && has(TYPE.remoteGroup)) found.remote_groups = [{ exact: true, item: formatRemoteGroup(remote) }]
  const isOwnContact = found.emails.some(
    ({ exact, item }) => exact && item.name && item.label !== item.uuid && isAddressOf(item, query.text),
  )
  if (isOwnContact) found.remotes = []
  if (query.text.includes('@') && found.users.some(({ exact }) => exact))
    Object.assign(found, { remotes: [], emails: [] })
  return found
}

const isAddressOf = (item: PhpArray, text: string) =>
  (item.value as { shareWith: string }).shareWith.toLowerCase() === text.toLowerCase()

function searchAccounts(world: World, profile: Profile, query: sharees.Question): SearchResult[] {
  const known = sharees.findAccounts(world, query)
  const more = sharees.findAccountContacts(world, query, known)
  return [...known, ...more].map(({ exact, found }) => ({ exact, item: formatAccount(world, profile, found) }))
}

function formatAccount(world: World, profile: Profile, { user, address, contact }: sharees.AccountFound): PhpArray {
  const shareWith = { shareType: TYPE.user, shareWith: user.id }
  if (contact) {
    const label = `${contact.name} (${contact.emails[0]})`
    return {
      label,
      uuid: contact.uid,
      name: contact.name,
      value: shareWith,
      shareWithDisplayNameUnique: contact.emails[0],
    }
  }
  const status = statusOf(world, profile, user.id)
  return {
    label: address === null ? user.displayName : `${user.displayName} (${address})`,
    subline: status?.message ?? '',
    icon: 'icon-user',
    value: shareWith,
    shareWithDisplayNameUnique: address ?? (user.email || user.id),
    status: status ?? [],
  }
}

const formatGroup = ({ exact, found }: Sharee<groups.Group>): SearchResult => ({
  exact,
  item: { label: found.displayName, value: { shareType: TYPE.group, shareWith: found.id } },
})

const formatRemote = ({ user, server, cloudId, trusted }: sharees.RemoteFound): PhpArray => ({
  label: `${user} (${server})`,
  uuid: user,
  name: user,
  value: { shareType: TYPE.remote, shareWith: cloudId, server, isTrustedServer: trusted },
})

function formatRemoteGroup({ user, server, cloudId }: sharees.RemoteFound): PhpArray {
  const remote = server.includes('://') ? server : `https://${withoutHttps(server)}`
  return {
    label: `${user} (${remote})`,
    guid: user,
    name: user,
    value: { shareType: TYPE.remoteGroup, shareWith: cloudId, server: remote },
  }
}

function formatMail({ exact, found: { address, contact } }: Sharee<sharees.MailFound>): SearchResult {
  const shareWith = { shareType: TYPE.email, shareWith: address }
  if (!contact) return { exact, item: { label: address, uuid: address, value: shareWith } }
  const label = `${contact.name} (${address})`
  return { exact, item: { label, uuid: contact.uid, name: contact.name, type: '', value: shareWith } }
}

/** Who asks for no list of kinds, or for rooms among them, is taken for a dialogue and told less of teams. */
const isShort = (parameter: unknown) =>
  !isPhpArray(parameter) || Object.values(parameter).map(String).includes(String(TYPE.room))

function formatResults(found: Results, teams: readonly SearchResult[]): PhpArray {
  const teamsOf = (exact: boolean) => teams.filter((one) => one.exact === exact).map((one) => one.item)
  const part = (kind: Kind, exact: boolean) => found[kind].filter((one) => one.exact === exact).map((one) => one.item)
  const all = (exact: boolean) => Object.fromEntries(KINDS.map((kind) => [kind, part(kind, exact)]))
  return {
    exact: { ...all(true), circles: teamsOf(true), rooms: [] },
    ...all(false),
    lookup: [],
    circles: teamsOf(false),
    rooms: [],
    lookupEnabled: false,
  }
}

/** The five recipients that one shares with most; of equals, the one of the earlier kind and share. */
function frequent(world: World, me: string, types: readonly number[]): PhpArray[] {
  const found: { count: number; label: string | null; value: { shareType: number; shareWith: string } }[] = []
  for (const type of types) {
    for (const share of shares.lists.ofType(world, me, type as shares.ShareType)) {
      const shareWith = share.sharedWith ?? ''
      if (shareWith.trim() === '') continue
      const known = found.find(({ value }) => value.shareType === type && value.shareWith === shareWith)
      if (known) known.count++
      else found.push({ count: 1, label: shares.recipientName(world, share), value: { shareType: type, shareWith } })
    }
  }
  return found.sort((a, b) => b.count - a.count).slice(0, 5)
}
