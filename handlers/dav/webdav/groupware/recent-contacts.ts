import type { AccessControl } from '#dav/acl.ts'
import type { DavContext, Resource } from '#dav/resource.ts'
import { d, oc } from '#dav/xml.ts'
import { recentContacts } from '#handlers/contactsinteraction/api.ts'
import { httpDate } from '#lib/http-date.ts'
import { md5 } from '#lib/md5.ts'
import { notFound, unexpected } from '#line/dav-exit.ts'
import { BOOK_PROPERTIES } from './book-properties.ts'
import { reportCards } from './card-reports.ts'
import { shownCard } from './cards.ts'
import { groupwareResource } from './collections.ts'
import { card, cs, reportsOf, SYNC } from './names.ts'
import { reportSync } from './sync.ts'

export const RECENT = 'z-app-generated--contactsinteraction--recent'

const accessFor = (owner: string, isBook: boolean): AccessControl => {
  const principal = `principals/users/${owner}`
  const grants = [{ principal, privilege: d('read') }]
  return { owner: principal, grants: isBook ? [...grants, { principal, privilege: d('unbind') }] : grants }
}

/** The server tells which question to its database had no answer (Nextcloud 34.0.1, asked). */
const NO_CONTACT =
  'Contact does not exist: Did expect one result but found none when executing: query "SELECT * FROM ' +
  '`*PREFIX*recent_contact` WHERE (`id` = :dcValue1) AND (`actor_uid` = :dcValue2)"; '

/** People whom an account had to do with lately. */
export function recentBook(dav: DavContext, owner: string, path: string): Resource {
  const { world } = dav
  const last = recentContacts.lastContactOf(world, owner)
  const members = () => recentContacts.listOf(world, owner).map((one) => cardOf(dav, owner, path, one))
  const resource: Resource = groupwareResource(dav, {
    path,
    collection: true,
    acl: accessFor(owner, true),
    reports: reportsOf({ middle: [card('addressbook-multiget'), card('addressbook-query')] }),
    properties: ['{}principaluri', d('displayname'), oc('read-only'), cs('getctag')],
    ...(last === null ? {} : { lastModified: last }),
    property(name) {
      switch (name) {
        case '{}principaluri':
          return `principals/users/${owner}`
        case d('displayname'):
          return 'Recently contacted'
        case oc('read-only'):
          return true
        case cs('getctag'):
          return SYNC + (last ?? 0)
        case d('getlastmodified'):
          return last === null ? undefined : httpDate(last)
        default:
          return BOOK_PROPERTIES.get(name)
      }
    },
    members,
    remove() {
      throw unexpected('Exception', 'This addressbook is immutable')
    },
    report: (root) => reportCards(dav, resource, root, members) ?? reportSync(dav, resource, root, undefined),
  })
  return resource
}

export function findRecent(dav: DavContext, owner: string, path: string, uri: string): Resource {
  const found = recentContacts.listOf(dav.world, owner).find(({ id }) => String(id) === uri)
  if (!found) throw notFound(NO_CONTACT)
  return cardOf(dav, owner, path, found)
}

function cardOf(dav: DavContext, owner: string, path: string, one: recentContacts.RecentContact): Resource {
  const { id, data, lastContact } = one
  const etag = `"${md5(String(lastContact))}"`
  const source = { path, access: accessFor(owner, false) }
  return {
    ...shownCard(dav, source, { uri: String(id), data, etag, modifiedAt: lastContact }),
    remove: () => {
      recentContacts.remove(dav.world, one)
    },
  }
}
