import { requirePrivilege } from '#dav/acl.ts'
import { pathOfAddress, TYPE_ERROR } from '#dav/address.ts'
import type { PropertyValue } from '#dav/multistatus.ts'
import { addressOf, searchedPrincipals, withProtocol } from '#dav/protocol-properties.ts'
import { childOf, type ReadElement } from '#dav/read-xml.ts'
import type { DavContext, Resource } from '#dav/resource.ts'
import { d, element, type XmlElement } from '#dav/xml.ts'
import { forbidden, notFound, unexpected } from '#line/dav-exit.ts'
import * as accounts from '#world/accounts/accounts.ts'
import * as groups from '#world/accounts/groups.ts'
import * as users from '#world/accounts/users.ts'
import { makeCalendar } from '#world/groupware/beginnings.ts'
import * as calendars from '#world/groupware/calendars.ts'
import { getUser, setUser } from '#world/settings/config.ts'
import type { World } from '#world/world.ts'
import { folder, unlisted } from './collections.ts'
import { actsFor, findProxy, proxiesFor, proxiesOf } from './delegation.ts'

/** Kinds of principals, in the order in which they are listed. */
const KINDS = ['users', 'groups', 'system', 'calendar-resources', 'calendar-rooms', 'remote-users']

const cal = (name: string) => `{urn:ietf:params:xml:ns:caldav}${name}`
const cs = (name: string) => `{http://calendarserver.org/ns/}${name}`
const sabre = (name: string) => `{http://sabredav.org/ns}${name}`
const ncCom = (name: string) => `{http://nextcloud.com/ns}${name}`
const card = (name: string) => `{urn:ietf:params:xml:ns:carddav}${name}`

export const principalsFolder = (dav: DavContext): Resource =>
  folder('principals', () => KINDS.map((kind) => unlisted(dav, `principals/${kind}`)))

/** `principals/users/alice`, and what is below it. */
export function findPrincipal(dav: DavContext, [kind, name, inside]: string[]): Resource {
  const path = `principals/${kind}`
  if (!KINDS.includes(kind!)) throw notFound(`File not found: ${kind} in 'principals'`)
  if (name === undefined) return unlisted(dav, path)
  const user = kind === 'users' ? users.find(dav.world, name) : undefined
  const group = kind === 'groups' ? groups.find(dav.world, name) : undefined
  const system = kind === 'system' && SYSTEM.includes(name) ? { id: name, displayName: name } : undefined
  const found = user ?? group ?? system
  if (!found) throw notFound(`Principal with name ${name} not found`)
  if (inside !== undefined) {
    if (user) return findProxy(dav, user.id, inside)
    throw notFound(`Node with name ${inside} was not found`)
  }
  return principal(dav, path, found, user?.id)
}

/** The server itself, and everybody. */
const SYSTEM = ['system', 'public']

/**
 * @param kind `principals/users`
 * @param userId `undefined`: it is no account's
 */
function principal(
  dav: DavContext,
  kind: string,
  { id, displayName }: Pick<users.User, 'id' | 'displayName'>,
  userId: string | undefined,
): Resource {
  const path = `${kind}/${id}`
  const own: Readonly<Record<string, () => PropertyValue | undefined>> = {
    [d('resourcetype')]: () => [element(d('collection')), element(d('principal'))],
    [d('displayname')]: () => displayName,
    [d('principal-URL')]: () => hrefs(dav, [path]),
    [cal('calendar-user-type')]: () => 'INDIVIDUAL',
    ...(userId === undefined ? withoutHome(dav, path) : homes(dav, userId)),
  }
  return withProtocol(dav, {
    path,
    collection: true,
    acl: {
      owner: path,
      grants: [
        { principal: d('owner'), privilege: d('all') },
        { principal: `${path}/calendar-proxy-read`, privilege: d('read') },
        { principal: `${path}/calendar-proxy-write`, privilege: d('read') },
        { principal: d('authenticated'), privilege: d('read') },
      ],
    },
    reports: dav.server.reports,
    members: () => (userId === undefined ? [] : visibleProxies(dav, userId)),
    property: (name) => own[name]?.(),
    createFile(name) {
      throw forbidden(`Permission denied to create file (filename ${name})`)
    },
    createFolder() {
      throw forbidden('Permission denied to create directory')
    },
    ...(userId === undefined ? {} : { patchAll: (changes) => patchPrincipal(dav, userId, changes) }),
  })
}

/** What is below an account is its own alone, and whoever else lists it is refused. */
function visibleProxies(dav: DavContext, userId: string): Resource[] {
  const proxies = proxiesOf(dav, userId)
  for (const proxy of proxies) requirePrivilege(dav, proxy, d('read'))
  return proxies
}

/** What groups and the server itself say (Nextcloud 34.0.1, asked). */
function withoutHome(dav: DavContext, path: string): Readonly<Record<string, () => PropertyValue | undefined>> {
  const [, kind, name = ''] = path.split('/')
  const isGroup = kind === 'groups'
  return {
    ...(isGroup ? { [cal('calendar-user-type')]: () => 'GROUP' } : {}),
    [d('alternate-URI-set')]: () => [],
    [d('group-membership')]: () => [],
    [d('group-member-set')]: () => {
      if (!isGroup) return hrefs(dav, [path])
      if (groups.members(dav.world, name).length > 0) throw unexpected('TypeError', TYPE_ERROR)
      return []
    },
    [cal('calendar-user-address-set')]: () => hrefs(dav, [path]),
    [cs('calendar-proxy-read-for')]: () => [],
    [cs('calendar-proxy-write-for')]: () => [],
    [cs('email-address-set')]: () => [],
    [cs('notification-URL')]: () => [element(d('href'), '/notifications/')],
    [card('addressbook-home-set')]: () => hrefs(dav, [path.replace('principals', 'addressbooks')]),
  }
}

function homes(dav: DavContext, userId: string): Readonly<Record<string, () => PropertyValue | undefined>> {
  const { world } = dav
  const member = () => [
    ...groups.groupsOf(world, userId).map((id) => `principals/groups/${id}`),
    ...proxiesFor(world, userId),
  ]
  const user = users.find(world, userId)
  const email = user?.email ?? null
  const own = `principals/users/${userId}`
  const mailto = mailAddresses(world, user).map((address) => element(d('href'), `mailto:${address}`))
  return {
    [d('alternate-URI-set')]: () => mailto,
    [d('group-membership')]: () => hrefs(dav, member()),
    [d('group-member-set')]: () => [],
    [cal('calendar-user-address-set')]: () => [...mailto, ...hrefs(dav, [own])],
    [cs('email-address-set')]: () => (email === null ? [] : [element(cs('email-address'), email)]),
    [sabre('email-address')]: () => email ?? undefined,
    [cs('calendar-proxy-read-for')]: () => actsFor(dav, userId, 'read'),
    [cs('calendar-proxy-write-for')]: () => actsFor(dav, userId, 'read-write'),
    [cs('notification-URL')]: () => hrefs(dav, [`calendars/${userId}/notifications`]),
    [cal('calendar-home-set')]: () => hrefs(dav, [`calendars/${userId}`]),
    [cal('schedule-inbox-URL')]: () => hrefs(dav, [`calendars/${userId}/inbox`]),
    [cal('schedule-outbox-URL')]: () => hrefs(dav, [`calendars/${userId}/outbox`]),
    [cal('schedule-default-calendar-URL')]: () => hrefs(dav, [defaultCalendar(dav, userId)]),
    [card('addressbook-home-set')]: () => hrefs(dav, [`addressbooks/users/${userId}`]),
    [ncCom('language')]: () => user?.language || 'en',
  }
}

/** The additional addresses of an account, then its own. */
function mailAddresses(world: World, user: users.User | undefined): string[] {
  if (!user) return []
  const additional = accounts.mails(world, user).map(({ value }) => value)
  return [...new Set([...additional, ...(user.email === null ? [] : [user.email])])]
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
  if (changes.has(d('group-member-set'))) {
    throw unexpected('Sabre\\DAV\\Exception', 'Setting members of the group is not supported yet')
  }
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
