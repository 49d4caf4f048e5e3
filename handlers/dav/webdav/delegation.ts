import { pathOfAddress } from '#dav/address.ts'
import { addressOf } from '#dav/protocol-properties.ts'
import { childrenOf, type ReadElement } from '#dav/read-xml.ts'
import type { DavContext, Resource } from '#dav/resource.ts'
import { d, element } from '#dav/xml.ts'
import { forbidden, notFound, unexpected } from '#line/dav-exit.ts'
import * as users from '#world/accounts/users.ts'
import {
  type Delegate,
  type DelegateAccess,
  delegate,
  delegatesOf,
  delegationsOf,
  keepDelegates,
  proxyOf,
} from '#world/groupware/delegates.ts'
import type { World } from '#world/world.ts'
import { groupwareResource } from './groupware/collections.ts'

const cs = (name: string) => `{http://calendarserver.org/ns/}${name}`
const cal = (name: string) => `{urn:ietf:params:xml:ns:caldav}${name}`
const card = (name: string) => `{urn:ietf:params:xml:ns:carddav}${name}`

const PREFIX = 'principals/users'
const problem = (message: string) => unexpected('Sabre\\DAV\\Exception', message)

/** The principals that stand for those who act for an account: who may read, and who may also write. */
const PROXIES: ReadonlyMap<string, DelegateAccess> = new Map([
  ['calendar-proxy-read', 'read'],
  ['calendar-proxy-write', 'read-write'],
])

/** Below the principal of an account. @throws DavError 404 */
export function findProxy(dav: DavContext, owner: string, name: string): Resource {
  const access = PROXIES.get(name)
  if (!access) throw notFound(`Node with name ${name} was not found`)
  return proxyResource(dav, owner, access)
}

export const proxiesOf = (dav: DavContext, owner: string): Resource[] =>
  [...PROXIES.values()].map((access) => proxyResource(dav, owner, access))

/** Nobody but the account itself sees it, and sets who belongs to it. */
function proxyResource(dav: DavContext, owner: string, access: DelegateAccess): Resource {
  const path = proxyOf({ owner, access })
  const name = path.slice(path.lastIndexOf('/') + 1)
  // Its home is where an account of its name would have one (Nextcloud 34.0.1, asked).
  const home = (place: string) => [addressOf(dav, place)]
  const own: Readonly<Record<string, () => ReturnType<Resource['property']>>> = {
    [d('resourcetype')]: () => [element(d('principal')), element(cs(name))],
    [d('displayname')]: () => name,
    [d('principal-URL')]: () => home(path),
    [d('alternate-URI-set')]: () => [],
    [d('group-member-set')]: () => membersOf(dav, owner, access),
    [d('group-membership')]: () => [],
    [cal('calendar-user-type')]: () => 'INDIVIDUAL',
    [cal('calendar-user-address-set')]: () => home(path),
    [cs('calendar-proxy-read-for')]: () => [],
    [cs('calendar-proxy-write-for')]: () => [],
    [cs('email-address-set')]: () => [],
    [cs('notification-URL')]: () => home(`calendars/${name}/notifications`),
    [cal('calendar-home-set')]: () => home(`calendars/${name}`),
    [cal('schedule-inbox-URL')]: () => home(`calendars/${name}/inbox`),
    [cal('schedule-outbox-URL')]: () => home(`calendars/${name}/outbox`),
    [cal('schedule-default-calendar-URL')]: () => {
      throw notFound(`Principal with name ${name} not found`)
    },
    [card('addressbook-home-set')]: () => home(`addressbooks/users/${name}`),
  }
  return groupwareResource(dav, {
    path,
    collection: false,
    endsInSlash: true,
    acl: { owner: `${PREFIX}/${owner}`, grants: [{ principal: d('owner'), privilege: d('all') }] },
    reports: dav.server.reports,
    property: (asked) => own[asked]?.(),
    patchAll: (changes) => patchProxy(dav, owner, access, changes),
    remove() {
      throw forbidden('Permission denied to delete node')
    },
    move() {
      throw forbidden('Permission denied to rename file')
    },
  })
}

const hrefsTo = (dav: DavContext, delegates: readonly Delegate[]) =>
  delegates.map(({ userId }) => addressOf(dav, `${PREFIX}/${userId}`))

const membersOf = (dav: DavContext, owner: string, access: DelegateAccess) =>
  hrefsTo(
    dav,
    delegatesOf(dav.world, owner).filter((one) => one.access === access),
  )

/** The proxies that an account belongs to, as principals. */
export const proxiesFor = (world: World, userId: string): string[] => delegationsOf(world, userId).map(proxyOf)

/** For whom an account acts in one way. */
export const actsFor = (dav: DavContext, userId: string, access: DelegateAccess) =>
  delegationsOf(dav.world, userId)
    .filter((one) => one.access === access)
    .map(({ owner }) => addressOf(dav, `${PREFIX}/${owner}`))

/** Who belongs to it can be set; a name is set and forgotten, and anything else is kept. */
function patchProxy(
  dav: DavContext,
  owner: string,
  access: DelegateAccess,
  changes: ReadonlyMap<string, ReadElement | null>,
): ReadonlyMap<string, number> {
  const statuses = new Map<string, number>()
  const members = changes.get(d('group-member-set'))
  if (members !== undefined) {
    setMembers(dav, owner, access, members)
    statuses.set(d('group-member-set'), members === null ? 204 : 200)
  }
  if (changes.has(d('displayname'))) statuses.set(d('displayname'), 200)
  return statuses
}

/** Whoever stands before one that is refused has become a member (Nextcloud 34.0.1, source). */
function setMembers({ world, ...dav }: DavContext, owner: string, access: DelegateAccess, set: ReadElement | null) {
  const addresses = set === null ? [] : childrenOf(set, d('href')).map(({ text }) => text)
  const members = addresses.map((address) => pathOfAddress({ world, ...dav }, address))
  const ids = members.map((member) => {
    const [prefix, name] = [member.slice(0, member.lastIndexOf('/')), member.slice(member.lastIndexOf('/') + 1)]
    if (prefix !== PREFIX) throw problem(`Invalid member group prefix: ${prefix}`)
    const user = users.find(world, name)
    if (!user) throw problem('Principal not found')
    delegate(world, owner, user.id, access)
    return user.id
  })
  keepDelegates(world, owner, access, ids)
}
