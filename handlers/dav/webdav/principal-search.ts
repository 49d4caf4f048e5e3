import { multistatus } from '#dav/multistatus.ts'
import { isMinimal, propertyNames, responseFor } from '#dav/propfind.ts'
import { childOf, childrenOf, type ReadElement } from '#dav/read-xml.ts'
import type { DavContext } from '#dav/resource.ts'
import { d } from '#dav/xml.ts'
import type { Answer } from '#line/call.ts'
import { badRequest } from '#line/dav-exit.ts'
import * as groups from '#world/accounts/groups.ts'
import { isKnown } from '#world/accounts/known-users.ts'
import * as users from '#world/accounts/users.ts'
import { getSystemInt } from '#world/settings/config.ts'
import { type Enumeration, enumeration, isApiEnabled, ownGroupsOnly } from '#world/sharing/settings.ts'
import type { World } from '#world/world.ts'
import { findPrincipal } from './principals.ts'

const EMAIL = '{http://sabredav.org/ns}email-address'
const ADDRESS = '{urn:ietf:params:xml:ns:caldav}calendar-user-address-set'
const USUAL_RESULTS = 25
const INCOMPLETE = 'The {DAV:}property-search element must contain one {DAV:}match and one {DAV:}prop element'
/** Collections that a search of all principals looks into. */
const COLLECTIONS = ['users', 'groups'] as const

/**
 * `DAV:principal-property-search`: accounts by name or address and groups by name, as far as people may find each
 * other (Nextcloud 34.0.1, asked).
 */
export function searchPrincipals(dav: DavContext, path: string, root: ReadElement): Answer | undefined {
  if (root.name !== d('principal-property-search')) return undefined
  if (dav.call.header('depth') !== '0') throw badRequest('Depth must be 0')
  const wanted = new Map<string, string>()
  for (const search of childrenOf(root, d('property-search'))) {
    const text = childOf(search, d('match'))?.text ?? ''
    const named = childOf(search, d('prop'))?.children ?? []
    if (text === '' || named.length === 0) throw badRequest(INCOMPLETE)
    for (const { name } of named) wanted.set(name, text)
  }
  if (wanted.size === 0)
    throw badRequest('The {DAV:}principal-property-search report must contain at least 1 {DAV:}property-search element')
  const requested = propertyNames(childOf(root, d('prop')))
  const everywhere = childOf(root, d('apply-to-principal-collection-set')) !== undefined
  const collections = COLLECTIONS.filter((kind) => everywhere || path === `principals/${kind}`)
  const found = collections.flatMap((kind) => matching(dav, kind, wanted, root.attributes.test !== 'anyof'))
  const parts = found.map(([kind, id]) => responseFor(dav, findPrincipal(dav, [kind, id]), requested, isMinimal(dav)))
  return {
    status: 207,
    headers: [
      ['Vary', 'Brief,Prefer'],
      ['Content-Type', 'application/xml; charset=utf-8'],
    ],
    body: multistatus(parts, dav.server.namespaces),
  }
}

/** Principals that every property finds, or any. */
function matching(
  dav: DavContext,
  kind: (typeof COLLECTIONS)[number],
  wanted: ReadonlyMap<string, string>,
  all: boolean,
): [string, string][] {
  if (!isApiEnabled(dav.world)) return []
  const search = kind === 'users' ? accountsBy : groupsBy
  const [first, ...others] = [...wanted].map(([name, text]) => search(dav, name, text))
  const ids = all
    ? (first ?? []).filter((id) => others.every((other) => other.includes(id)))
    : [...new Set([...(first ?? []), ...others.flat()])]
  return ids.map((id) => [kind, id])
}

function groupsBy({ world }: DavContext, name: string, text: string): string[] {
  if (name !== d('displayname')) return []
  return groups.search(world, { search: text, limit: USUAL_RESULTS, offset: 0 }).map(({ id }) => id)
}

/** The account of a mail address, as far as whoever asks may find it. */
export const findByEmail = (dav: DavContext, email: string): string | undefined =>
  isApiEnabled(dav.world) ? accountsBy(dav, EMAIL, email)[0] : undefined

function accountsBy(dav: DavContext, name: string, text: string): string[] {
  if (name === ADDRESS) return accountsBy(dav, EMAIL, text)
  const { world, userId: me } = dav
  const rules = enumeration(world)
  const candidates =
    name === EMAIL ? users.findByEmail(world, text) : name === d('displayname') ? named(world, text) : []
  const isIt = (user: users.User) =>
    name === EMAIL ? rules.matchesEmail : user.displayName.toLowerCase() === text.toLowerCase()
  return candidates
    .filter((user) => (rules.fullMatch && isIt(user)) || mayList(world, me, user.id, rules))
    .filter((user) => isReachable(world, me, user.id))
    .map(({ id }) => id)
}

function named(world: World, text: string): users.User[] {
  const limit = getSystemInt(world, 'sharing.maxAutocompleteResults', USUAL_RESULTS)
  return users.search(world, { search: text, limit: limit > 0 ? limit : null })
}

function mayList(world: World, me: string, userId: string, rules: Enumeration): boolean {
  if (!rules.allowed) return false
  if (rules.phoneBook && isKnown(world, me, userId)) return true
  return !rules.ownGroups || shareGroup(world, me, userId)
}

const shareGroup = (world: World, me: string, userId: string) =>
  groups.groupsOf(world, me).some((id) => groups.isMember(world, id, userId))

const isReachable = (world: World, me: string, userId: string) => !ownGroupsOnly(world) || shareGroup(world, me, userId)
