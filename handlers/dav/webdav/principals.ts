import { pathOfAddress } from '#dav/address.ts'
import type { PropertyValue } from '#dav/multistatus.ts'
import { addressOf, searchedPrincipals, withProtocol } from '#dav/protocol-properties.ts'
import { childOf, type ReadElement } from '#dav/read-xml.ts'
import type { DavContext, Resource } from '#dav/resource.ts'
import { d, element, type XmlElement } from '#dav/xml.ts'
import { notFound, unexpected } from '#line/dav-exit.ts'
import * as groups from '#world/accounts/groups.ts'
import * as users from '#world/accounts/users.ts'
import { makeCalendar } from '#world/groupware/beginnings.ts'
import * as calendars from '#world/groupware/calendars.ts'
import { getUser, setUser } from '#world/settings/config.ts'
import { folder, unlisted } from './collections.ts'
import { searchableProperties } from './principal-search-properties.ts'

/** Kinds of principals, in the order in which they are listed. */
const KINDS = ['users', 'groups', 'system', 'calendar-resources', 'calendar-rooms', 'remote-users']

const cal = (name: string) => `{urn:ietf:params:xml:ns:caldav}${name}`
const cs = (name: string) => `{http://calendarserver.org/ns/}${name}`
const sabre = (name: string) => `{http://sabredav.org/ns}${name}`
const ncCom = (name: string) => `{http://nextcloud.com/ns}${name}`
const card = (name: string) => `{urn:ietf:params:xml:ns:carddav}${name}`

export const principalsFolder = (dav: DavContext): Resource =>
  folder('principals', () => KINDS.map((kind) => unlisted(dav, `principals/${kind}`)))

/** `principals/users/alice` */
export function findPrincipal(dav: DavContext, [kind, name, inside]: string[]): Resource {
  const path = `principals/${kind}`
  if (!KINDS.includes(kind!)) throw notFound(`File not found: ${kind} in 'principals'`)
  if (name === undefined) return { ...unlisted(dav, path), report: (root) => searchableProperties(dav, root) }
  const user = kind === 'users' ? users.find(dav.world, name) : undefined
  const group = kind === 'groups' ? groups.find(dav.world, name) : undefined
  const system = kind === 'system' && SYSTEM.includes(name) ? { id: name, displayName: name } : undefined
  const found = user ?? group ?? system
  if (!found) throw notFound(`Principal with name ${name} not found`)
  if (inside !== undefined) {
    throw notFound(
      PROXIES.includes(inside)
        ? `Principal with name ${inside} not found`
        : `Node with name '${inside}' could not be found`,
    )
  }
  return principal(dav, `${path}/${found.id}`, found.displayName, user?.id)
}

/** Those who may act for others are listed below accounts, and nobody finds them there (Nextcloud 34.0.1, asked). */
const PROXIES = ['calendar-proxy-read', 'calendar-proxy-write']
/** The server itself, and everybody. */
const SYSTEM = ['system', 'public']

/** @param userId `undefined`: it is no account's */
function principal(dav: DavContext, path: string, displayName: string, userId: string | undefined): Resource {
  const own: Readonly<Record<string, () => PropertyValue | undefined>> = {
    [d('resourcetype')]: () => [element(d('collection')), element(d('principal'))],
    [d('displayname')]: () => displayName,
    [d('principal-URL')]: () => hrefs(dav, [path]),
    [d('alternate-URI-set')]: () => [],
    [cal('calendar-user-type')]: () => 'INDIVIDUAL',
    ...(userId === undefined ? {} : homes(dav, userId)),
  }
  return withProtocol(dav, {
    path,
    collection: true,
    acl: {
      owner: path,
      grants: [
        { principal: d('owner'), privilege: d('all') },
        { principal: d('authenticated'), privilege: d('read') },
      ],
    },
    reports: dav.server.reports,
    members: () => {
      if (userId === undefined) return []
      throw notFound(`Principal with name ${PROXIES[0]} not found`)
    },
    property: (name) => own[name]?.(),
    ...(userId === undefined ? {} : { patchAll: (changes) => patchPrincipal(dav, userId, changes) }),
  })
}

function homes(dav: DavContext, userId: string): Readonly<Record<string, () => PropertyValue | undefined>> {
  const { world } = dav
  const member = () => groups.groupsOf(world, userId).map((id) => `principals/groups/${id}`)
  const user = users.find(world, userId)
  const email = user?.email ?? null
  const own = `principals/users/${userId}`
  const mailto = email === null ? [] : [element(d('href'), `mailto:${email}`)]
  return {
    [d('alternate-URI-set')]: () => mailto,
    [d('group-membership')]: () => hrefs(dav, member()),
    [d('group-member-set')]: () => [],
    [cal('calendar-user-address-set')]: () => [...mailto, ...hrefs(dav, [own])],
    [cs('email-address-set')]: () => (email === null ? [] : [element(cs('email-address'), email)]),
    [sabre('email-address')]: () => email ?? undefined,
    [cs('calendar-proxy-read-for')]: () => [],
    [cs('calendar-proxy-write-for')]: () => [],
    [cs('notification-URL')]: () => hrefs(dav, [`calendars/${userId}/notifications`]),
    [cal('calendar-home-set')]: () => hrefs(dav, [`calendars/${userId}`]),
    [cal('schedule-inbox-URL')]: () => hrefs(dav, [`calendars/${userId}/inbox`]),
    [cal('schedule-outbox-URL')]: () => hrefs(dav, [`calendars/${userId}/outbox`]),
    [cal('schedule-default-calendar-URL')]: () => hrefs(dav, [defaultCalendar(dav, userId)]),
    [card('addressbook-home-set')]: () => hrefs(dav, [`addressbooks/users/${userId}`]),
    [ncCom('language')]: () => user?.language || 'en',
  }
}

/** Where invitations go. An account that has no calendar gets one when it is asked for. */
function defaultCalendar({ world, userId: viewer }: DavContext, userId: string): string {
  const chosen = getUser(world, userId, 'dav', DEFAULT_CALENDAR, '')
  const uri = chosen !== '' && calendars.findByUri(world, userId, chosen) ? chosen : calendars.PERSONAL
  if (!calendars.findByUri(world, userId, uri)) makeCalendar(world, userId)
  if (viewer !== userId) throw notFound(`Calendar with name '${uri}' could not be found`)
  return `calendars/${userId}/${uri}`
}

const DEFAULT_CALENDAR = 'defaultCalendar'

/** The default calendar can be chosen; anything else is set and forgotten (Nextcloud 34.0.1, asked). */
function patchPrincipal(
  dav: DavContext,
  userId: string,
  changes: ReadonlyMap<string, ReadElement | null>,
): ReadonlyMap<string, number> {
  const name = cal('schedule-default-calendar-URL')
  const wanted = changes.get(name)
  if (wanted) {
    const address = childOf(wanted, d('href'))?.text ?? ''
    const path = pathOfAddress(dav, address)
    const uri = path.split('/')[2] ?? ''
    const isOwn = path.startsWith(`calendars/${userId}/`) && calendars.findByUri(dav.world, userId, uri)
    if (!isOwn) {
      const problem = `Node with name '${uri}' could not be found`
      throw unexpected('Sabre\\DAV\\Exception', `Property "${name}" has an invalid value: ${problem}`)
    }
    setUser(dav.world, userId, 'dav', DEFAULT_CALENDAR, uri)
  }
  return new Map([...changes.keys()].filter((one) => one === name || one === d('displayname')).map((one) => [one, 200]))
}

/** What everything outside files says about who asks and where others are. */
export function principalProperty(dav: DavContext, name: string): PropertyValue | undefined {
  if (name === d('current-user-principal')) return hrefs(dav, [`principals/users/${dav.userId}`])
  if (name === d('principal-collection-set')) return searchedPrincipals(dav)
  return undefined
}

const hrefs = (dav: DavContext, paths: readonly string[]): XmlElement[] => paths.map((path) => addressOf(dav, path))
