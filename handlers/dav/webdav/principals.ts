import type { PropertyValue } from '#dav/multistatus.ts'
import { type DavContext, encodePath, type Resource } from '#dav/resource.ts'
import { d, element, type XmlElement } from '#dav/xml.ts'
import { notFound } from '#line/dav-exit.ts'
import * as groups from '#world/accounts/groups.ts'
import * as users from '#world/accounts/users.ts'
import { folder, unlisted } from './collections.ts'

/** Kinds of principals, in the order in which they are listed. */
const KINDS = ['users', 'groups', 'system', 'calendar-resources', 'calendar-rooms', 'remote-users']
/** Those that others are told to look in. */
const SEARCHED = ['users', 'groups', 'calendar-resources', 'calendar-rooms']

const cal = (name: string) => `{urn:ietf:params:xml:ns:caldav}${name}`
const sabre = (name: string) => `{http://sabredav.org/ns}${name}`
const cs = (name: string) => `{http://calendarserver.org/ns/}${name}`
const card = (name: string) => `{urn:ietf:params:xml:ns:carddav}${name}`

export const principalsFolder = (dav: DavContext): Resource =>
  folder('principals', () => KINDS.map((kind) => unlisted(dav, `principals/${kind}`)))

/** `principals/users/alice` */
export function findPrincipal(dav: DavContext, [kind, name]: string[]): Resource {
  const path = `principals/${kind}`
  if (!KINDS.includes(kind!)) throw notFound(`File not found: ${kind} in 'principals'`)
  if (name === undefined) return unlisted(dav, path)
  const user = kind === 'users' ? users.find(dav.world, name) : undefined
  const group = kind === 'groups' ? groups.find(dav.world, name) : undefined
  if (!user && !group) throw notFound(`Principal with name ${name} not found`)
  return principal(dav, `${path}/${user?.id ?? group!.id}`, (user ?? group)!.displayName, user?.id)
}

function principal(dav: DavContext, path: string, displayName: string, userId: string | undefined): Resource {
  const own: Readonly<Record<string, () => PropertyValue | undefined>> = {
    [d('resourcetype')]: () => [element(d('collection')), element(d('principal'))],
    [d('displayname')]: () => displayName,
    [d('principal-URL')]: () => hrefs(dav, [path]),
    [d('alternate-URI-set')]: () => [],
    ...(userId === undefined ? {} : homes(dav, userId)),
  }
  return {
    path,
    collection: true,
    members: () => [],
    property: (name) => own[name]?.() ?? principalProperty(dav, name),
  }
}

function homes(dav: DavContext, userId: string): Readonly<Record<string, () => PropertyValue | undefined>> {
  const member = () => groups.groupsOf(dav.world, userId).map((id) => `principals/groups/${id}`)
  const email = users.find(dav.world, userId)?.email ?? null
  const own = `principals/users/${userId}`
  return {
    [d('group-membership')]: () => hrefs(dav, member()),
    [d('owner')]: () => hrefs(dav, [own]),
    [cal('calendar-user-address-set')]: () => [
      ...(email === null ? [] : [element(d('href'), `mailto:${email}`)]),
      ...hrefs(dav, [own]),
    ],
    [sabre('email-address')]: () => email ?? undefined,
    [cs('email-address-set')]: () => (email === null ? [] : [element(cs('email-address'), email)]),
    [cal('calendar-home-set')]: () => hrefs(dav, [`calendars/${userId}`]),
    [card('addressbook-home-set')]: () => hrefs(dav, [`addressbooks/users/${userId}`]),
  }
}

/** What everything outside files says about who asks and where others are. */
export function principalProperty(dav: DavContext, name: string): PropertyValue | undefined {
  if (name === d('current-user-principal')) return hrefs(dav, [`principals/users/${dav.userId}`])
  if (name === d('principal-collection-set'))
    return hrefs(
      dav,
      SEARCHED.map((kind) => `principals/${kind}`),
    )
  return undefined
}

const hrefs = ({ server }: DavContext, paths: readonly string[]): XmlElement[] =>
  paths.map((path) => element(d('href'), `${server.base}${encodePath(path)}/`))
