import type { ReadElement } from '#dav/read-xml.ts'
import type { DavContext, Resource } from '#dav/resource.ts'
import { d, FILES_NAMESPACES, oc } from '#dav/xml.ts'
import { answerPageNotBuilt } from '#line/answer.ts'
import { forbidden, notFound, unexpected } from '#line/dav-exit.ts'
import { Exit } from '#line/failures.ts'
import * as users from '#world/accounts/users.ts'
import { findAvatar } from './avatars.ts'
import { uploadMany } from './bulk.ts'
import { folder, unknownIn, unlisted } from './collections.ts'
import { commentsFolder, findComment } from './comments.ts'
import { findFile } from './files.ts'
import { locking } from './locks.ts'
import { searchPrincipals } from './principal-search.ts'
import { searchableProperties } from './principal-search-properties.ts'
import { findPrincipal, principalProperty, principalsFolder } from './principals.ts'
import { search } from './search.ts'
import type { ServerKind } from './server.ts'
import { assignedFolder, findRelation, findTag, relationsFolder, tagsFolder } from './system-tags.ts'
import { findTrashed } from './trashbin.ts'
import { openUpload } from './uploads.ts'
import { findVersion } from './versions.ts'

const SHARING = ['oc-resource-sharing']
const CALENDARS = [
  'calendar-access',
  'calendar-proxy',
  'calendar-auto-schedule',
  'calendar-availability',
  'nc-calendar-trashbin',
  'nc-calendar-webcal-cache',
  'calendarserver-subscribed',
  'oc-calendar-publishing',
  'calendarserver-sharing',
]
const ADDRESS_BOOKS = ['addressbook']

export const CALENDAR_NAMESPACES = [
  ['urn:ietf:params:xml:ns:caldav', 'cal'],
  ['http://calendarserver.org/ns/', 'cs'],
] as const
export const CARD_NAMESPACES = [['urn:ietf:params:xml:ns:carddav', 'card']] as const

/** The newer server: a folder for everything that accounts have. Calendars and address books add features of their own. */
function server(more: readonly string[], namespaces: Iterable<readonly [string, string]>): ServerKind {
  const [dav, sabre, ...files] = FILES_NAMESPACES
  return {
    features: [
      '1, 3, extended-mkcol, access-control, calendarserver-principal-property-search',
      ...more,
      'nc-paginate, nextcloud-checksum-update, nc-calendar-search, nc-enable-birthday-calendar, 2',
    ].join(', '),
    reports: [
      d('expand-property'),
      d('principal-match'),
      d('principal-property-search'),
      d('principal-search-property-set'),
      oc('filter-comments'),
      oc('filter-files'),
    ],
    report: (dav, path, root) => searchableProperties(dav, root) ?? searchPrincipals(dav, path, root),
    namespaces: new Map([dav!, sabre!, ...namespaces, ...files]),
    ...locking,
    methods: { ...locking.methods, SEARCH: search },
    extended: true,
    full: true,
    find: (dav, path) => findInRoot(dav, path),
    post: (dav, path, body) => (path === 'bulk' ? uploadMany(dav, body) : undefined),
  }
}

const filesServer = server([], [])
const principalsServer = server(
  [...SHARING, ...CALENDARS, ...ADDRESS_BOOKS],
  [...CALENDAR_NAMESPACES, ...CARD_NAMESPACES],
)
const calendarsServer = server([...SHARING, ...CALENDARS], CALENDAR_NAMESPACES)
const addressBooksServer = server([...SHARING, ...ADDRESS_BOOKS], CARD_NAMESPACES)

const SERVERS: ReadonlyMap<string, ServerKind> = new Map([
  ['calendars', calendarsServer],
  ['public-calendars', calendarsServer],
  ['system-calendars', calendarsServer],
  ['addressbooks', addressBooksServer],
])

const GROUPWARE = /(?:^|\/remote\.php\/dav\/)(?:calendars|public-calendars|addressbooks)(?:\/|$)/

/** The server for a path. The bare `principals` is none of the calendars' business. */
function serverFor(path: string): ServerKind {
  const [top, ...rest] = path.split('/')
  if (top === 'principals') return rest.length > 0 ? principalsServer : filesServer
  return rest.length === 0 && top !== 'calendars' ? filesServer : (SERVERS.get(top!) ?? filesServer)
}

/**
 * The server for a request. Calendars and contacts are loaded with the first request that names any.
 * @param others addresses that the request names besides: where a MOVE goes
 */
export async function davServerFor(path: string, others: string, method: string): Promise<ServerKind> {
  const server = serverFor(path)
  const leadsThere = method === 'REPORT' && server === principalsServer
  if (!leadsThere && !GROUPWARE.test(path) && !GROUPWARE.test(others)) return server
  const groupware = await import('./groupware/index.ts')
  const tops = new Map<string, Top>([
    ...TOPS,
    ['calendars', { here: unlisted, find: groupware.findCalendar }],
    ['public-calendars', { ...PUBLIC_CALENDARS, find: groupware.findPublicCalendar }],
    ['addressbooks', { here: addressBooksFolder, find: findInAddressBooks(groupware.findAddressBook) }],
  ])
  const isCalendars = server === calendarsServer
  return {
    ...server,
    find: (dav, at) => findInRoot(dav, at, tops),
    ...(isCalendars ? { moreMethods: (dav, at) => (isHome(dav, at) ? ['MKCALENDAR'] : []) } : {}),
    methods: { ...server.methods, ...(isCalendars ? { MKCALENDAR: groupware.makeCalendar } : {}) },
  }
}

/** Whether something at a path would be in the home of an account's calendars. */
const isHome = (_dav: DavContext, path: string): boolean => path.split('/').length === 3

const addressBooksFolder = (dav: DavContext): Resource =>
  folder('addressbooks', () => ['users', 'system'].map((kind) => unlisted(dav, `addressbooks/${kind}`)))

const findInAddressBooks =
  (find: NonNullable<Top['find']>): NonNullable<Top['find']> =>
  (dav, rest) =>
    rest.length === 1 && ['users', 'system'].includes(rest[0]!)
      ? unlisted(dav, `addressbooks/${rest[0]}`)
      : find(dav, rest)

/** What is at the top, and what finds things below it. */
export interface Top {
  here(dav: DavContext, path: string): Resource
  find?(dav: DavContext, rest: string[]): Resource
}

const OTHERS: Top = { here: unlisted }
const SYSTEM_CALENDARS: Top = {
  here: (dav) =>
    folder('system-calendars', () =>
      ['calendar-resources', 'calendar-rooms'].map((kind) => unlisted(dav, `system-calendars/${kind}`)),
    ),
  find: (dav, [kind, ...rest]) =>
    rest.length === 0 && /^calendar-(?:resources|rooms)$/.test(kind!)
      ? unlisted(dav, `system-calendars/${kind}`)
      : unknownIn(kind!, 'system-calendars'),
}
/** It can be listed, and shows none: whoever looks for a calendar knows its token (Nextcloud 34.0.1, asked). */
const PUBLIC_CALENDARS: Top = { here: () => folder('public-calendars') }
const AVATARS: Top = { here: unlisted, find: (dav, [owner, ...rest]) => findAvatar(dav, owner!, rest) }

const TOPS: ReadonlyMap<string, Top> = new Map<string, Top>([
  ['principals', { here: principalsFolder, find: findPrincipal }],
  ['files', { here: unlisted, find: findInFiles }],
  ['calendars', OTHERS],
  ['remote-calendars', OTHERS],
  ['system-calendars', SYSTEM_CALENDARS],
  ['public-calendars', PUBLIC_CALENDARS],
  ['addressbooks', { here: addressBooksFolder }],
  ['systemtags', { here: tagsFolder, find: findTag }],
  ['systemtags-relations', { here: relationsFolder, find: findRelation }],
  ['systemtags-assigned', { here: assignedFolder, find: (_, [type]) => folder(`systemtags-assigned/${type}`) }],
  ['comments', { here: commentsFolder, find: findComment }],
  ['uploads', { here: unlisted, find: openUpload }],
  ['avatars', AVATARS],
  ['provisioning', OTHERS],
  ['trashbin', { here: unlisted, find: findTrashed }],
  ['versions', { here: unlisted, find: findVersion }],
  ['photos', { here: unlisted, find: photosNotBuilt }],
  ['photospublic', { here: unlisted, find: photosNotBuilt }],
])

/**
 * What is at a path of a server.
 * @param tops what is at its top, in the order in which it is listed
 */
export function findInRoot(dav: DavContext, path: string, tops: ReadonlyMap<string, Top> = TOPS): Resource {
  if (path === '') return root(dav, tops)
  const [name, ...rest] = path.split('/')
  const top = tops.get(name!)
  if (!top) return unknownIn(name!, 'root')
  if (rest.length === 0) return top.here(dav, name!)
  return top.find ? top.find(dav, rest) : unknownIn(rest[0]!, name!)
}

/** Albums are not built. */
function photosNotBuilt({ call, profile }: DavContext): never {
  const { method, path } = call
  throw new Exit(answerPageNotBuilt({ id: 'photos:webdav', app: 'photos', method, path }, profile))
}

function root(dav: DavContext, tops: ReadonlyMap<string, Top>): Resource {
  const top = folder('', () => [...tops.keys()].map((name) => unlisted(dav, name)))
  return { ...top, property: (name) => top.property(name) ?? principalProperty(dav, name) }
}

/** Somebody else's files look empty, and nothing can be made there. */
function findInFiles(dav: DavContext, [owner, ...rest]: string[]): Resource {
  const user = users.find(dav.world, owner!)
  if (!user) throw notFound(`Principal with name ${owner} not found`)
  if (user.id === dav.userId)
    return findFile(dav, { userId: user.id, prefix: `files/${user.id}` }, `/${rest.join('/')}`)
  if (rest.length > 0) return unknownIn(rest[0]!, owner!)
  return { ...folder(`files/${user.id}`), createFile: denyFile, patch: forgetProperty }
}

/** What somebody says of the home of another one is taken and forgotten, but for tags (Nextcloud 34.0.1, asked). */
function forgetProperty(name: string, value: ReadElement | null): number {
  const isEmpty = value === null || (value.text === '' && value.children.length === 0)
  if (name === oc('tags') && !isEmpty) {
    const sentence = `Property "${name}" has an invalid value of class OCA\\DAV\\Connector\\Sabre\\TagList`
    throw unexpected('Sabre\\DAV\\Exception', sentence)
  }
  return isEmpty ? 204 : 200
}

function denyFile(name: string): never {
  throw forbidden(`Permission denied to create file (filename ${name})`)
}
