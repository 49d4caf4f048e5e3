import type { AccessControl, Grant } from '#dav/acl.ts'
import { requirePrivilege } from '#dav/acl.ts'
import { invalidResourceType } from '#dav/mkcol.ts'
import type { PropertyValue } from '#dav/multistatus.ts'
import type { ReadElement } from '#dav/read-xml.ts'
import type { DavContext, NewCollection, Resource } from '#dav/resource.ts'
import { d, element, oc } from '#dav/xml.ts'
import { propertiesOf, readComponent, splitText } from '#lib/icalendar/component.ts'
import type { Answer } from '#line/call.ts'
import { badRequest, forbidden, notFound } from '#line/dav-exit.ts'
import * as users from '#world/accounts/users.ts'
import * as books from '#world/groupware/address-books.ts'
import { changesSince } from '#world/groupware/changes.ts'
import { ownAccess, receivedBy, unshare } from '#world/groupware/shares.ts'
import { isEnabled } from '#world/settings/apps.ts'
import type { World } from '#world/world.ts'
import * as properties from '../../state/file-properties.ts'
import { unknownIn } from '../collections.ts'
import type { Changes } from './answers.ts'
import { exportBook } from './book-export.ts'
import { BOOK_PROPERTIES, BOOK_REPORTS } from './book-properties.ts'
import { inviteElements } from './calendar-properties.ts'
import { reportCards } from './card-reports.ts'
import { type CardSource, cardResource, createCard, type TakesCards } from './cards.ts'
import { groupwareResource, notHere } from './collections.ts'
import { card, cs, ncCom, reportsOf, SYNC, sabre } from './names.ts'
import { findRecent, RECENT, recentBook } from './recent-contacts.ts'
import { applyShare, done, postedDocument, readShare } from './share-request.ts'
import { reportSync, type SyncRequest } from './sync.ts'
import { findSystemCard, isExposed, SYSTEM, systemBook } from './system-book.ts'

/** An address book as its owner sees it, or somebody with whom it is shared. */
export interface BookView {
  readonly book: books.AddressBook
  readonly uri: string
  readonly viewer: string
  readonly access: 'own' | 'read' | 'read-write'
}

const own = (book: books.AddressBook): BookView => ({ book, uri: book.uri, viewer: book.owner, access: 'own' })

/** All address books in an account's home but those that the server makes. */
export const viewsOf = (world: World, userId: string): BookView[] => [
  ...books.listOf(world, userId).map(own),
  ...receivedBy(world, 'addressbook', userId).flatMap(({ collectionId, access }): BookView[] => {
    const book = books.find(world, collectionId)
    if (!book || book.owner === userId) return []
    const uri = `${book.uri}_shared_by_${book.owner}`
    return [{ book, uri, viewer: userId, access: access === 'read-write' ? 'read-write' : 'read' }]
  }),
]

/** `addressbooks/users/alice` and everything below it. */
export function findAddressBook(dav: DavContext, [kind, owner, name, uri]: string[]): Resource {
  if (kind === 'system') return findInSystem(dav, owner, name, uri)
  if (kind !== 'users' || owner === undefined) return unknownIn(kind!, 'addressbooks')
  const user = users.find(dav.world, owner)
  if (!user) throw notFound(`Principal with name ${owner} not found`)
  if (name === undefined) return home(dav, user.id)
  const path = `addressbooks/users/${user.id}/${name}`
  if (name === SYSTEM) {
    const book = systemBook(dav, path)
    return uri === undefined ? book : findSystemCard(dav, path, uri)
  }
  if (name === RECENT) return uri === undefined ? recentBook(dav, user.id, path) : findRecent(dav, user.id, path, uri)
  const view = viewsOf(dav.world, user.id).find((one) => one.uri === name)
  if (!view) throw notFound(`Addressbook with name '${name}' could not be found`)
  return uri === undefined ? bookResource(dav, view, path) : findCard(dav, view, path, uri)
}

/** The accounts' own address book, at its own place. */
function findInSystem(
  dav: DavContext,
  owner: string | undefined,
  name: string | undefined,
  uri: string | undefined,
): Resource {
  if (owner !== 'system') throw notFound(`Principal with name ${owner ?? ''} not found`)
  const path = 'addressbooks/system/system/system'
  if (name === undefined) throw notFound(`Node with name '${RECENT}' could not be found`)
  if (name !== 'system') throw notFound(`Addressbook with name '${name}' could not be found`)
  return uri === undefined ? systemBook(dav, path) : findSystemCard(dav, path, uri)
}

function home(dav: DavContext, owner: string): Resource {
  const { world } = dav
  const path = `addressbooks/users/${owner}`
  const resource: Resource = groupwareResource(dav, {
    path,
    collection: true,
    acl: { owner: `principals/users/${owner}`, grants: [{ principal: d('owner'), privilege: d('all') }] },
    reports: reportsOf({}),
    property: (name) => (name === d('resourcetype') ? [element(d('collection'))] : undefined),
    members: () => [
      ...viewsOf(world, owner).map((view) => bookResource(dav, view, `${path}/${view.uri}`)),
      ...(isExposed(dav) ? [systemBook(dav, `${path}/${SYSTEM}`)] : []),
      ...(isEnabled(world, 'contactsinteraction') ? [recentBook(dav, owner, `${path}/${RECENT}`)] : []),
    ],
    createCollection: (made) => createBook(dav, owner, made),
    createFile(name) {
      throw notHere(dav, `${path}/${name}`, 'Creating new files in this collection is not supported')
    },
    remove() {
      throw notHere(dav, path, '')
    },
    report: (root) => reportCards(dav, resource, root, null) ?? reportSync(dav, resource, root, undefined),
  })
  return resource
}

function createBook(dav: DavContext, owner: string, { name, types, properties }: NewCollection): void {
  if (name.startsWith('z-app-generated')) {
    const message = 'The resource you tried to create has a reserved name'
    throw notHere(dav, `addressbooks/users/${owner}/${name}`, message)
  }
  if (!types.includes(card('addressbook'))) throw invalidResourceType('Unknown resourceType for this collection')
  if (name.length > 255) throw badRequest('URI too long. Address book not created')
  const unknown = [...properties.keys()].find((key) => !CHANGES.has(key))
  if (unknown !== undefined) throw badRequest(`Unknown property: ${unknown}`)
  books.create(dav.world, owner, name, readChanges(properties).properties)
}

const CHANGES = new Map<string, (value: ReadElement | null) => books.BookProperties>([
  [d('displayname'), (value) => ({ displayName: value?.text ?? null })],
  [card('addressbook-description'), (value) => ({ description: value?.text ?? null })],
])

function readChanges(changes: ReadonlyMap<string, ReadElement | null>) {
  const statuses = new Map<string, number>()
  let properties: books.BookProperties = {}
  for (const [name, read] of CHANGES) {
    const value = changes.get(name)
    if (value === undefined) continue
    properties = { ...properties, ...read(value) }
    statuses.set(name, value === null ? 204 : 200)
  }
  return { properties, statuses }
}

export function accessOf(world: World, { book, viewer, access }: BookView): AccessControl {
  const owner = `principals/users/${book.owner}`
  const other = `principals/users/${viewer}`
  const grant = (principal: string, name: string): Grant => ({ principal, privilege: d(name) })
  const grants = [grant(owner, 'read'), grant(owner, 'write'), grant(owner, 'write-properties')]
  if (access !== 'own') {
    grants.push(grant(other, 'read'))
    if (access === 'read-write') grants.push(grant(other, 'write'))
    const direct = ownAccess(world, 'addressbook', book.id, viewer)?.access
    if (direct) grants.push(grant(other, 'read'), grant(other, direct === 'read-write' ? 'write' : 'write-properties'))
  }
  return { owner, grants, kind: 'Addressbook' }
}

function cardSource(world: World, view: BookView, path: string): CardSource {
  return { path, access: accessOf(world, view) }
}

function findCard(dav: DavContext, view: BookView, path: string, uri: string): Resource {
  const found = books.findCard(dav.world, view.book.id, uri)
  if (!found) throw notFound('Card not found')
  return cardResource(dav, cardSource(dav.world, view, path), found)
}

const byUri = (a: books.Card, b: books.Card) => (a.uri < b.uri ? -1 : 1)

function bookResource(dav: DavContext, view: BookView, path: string): Resource & TakesCards {
  const { world } = dav
  const { book } = view
  const isShared = view.access !== 'own'
  // Whom it is shared with may call it in another way (Nextcloud 34.0.1, asked).
  const ownName = () => (isShared ? properties.find(world, dav.userId, path, d('displayname')) : undefined)
  const members = () =>
    books
      .cardsOf(world, book.id)
      .sort(byUri)
      .map((one) => cardResource(dav, cardSource(world, view, path), one))
  const resource: Resource = groupwareResource(dav, {
    path,
    collection: true,
    acl: accessOf(world, view),
    reports: BOOK_REPORTS,
    property(name) {
      switch (name) {
        case d('displayname'):
          return ownName() ?? nameOf(world, view)
        case card('addressbook-description'):
          return book.description ?? undefined
        case cs('getctag'):
        case sabre('sync-token'):
          return book.token
        case d('sync-token'):
          return SYNC + book.token
        case oc('owner-principal'):
          return isShared ? `principals/users/${book.owner}` : undefined
        case oc('read-only'):
          return isShared ? view.access === 'read' : undefined
        case oc('invite'):
          return isShared ? [] : inviteElements(world, 'addressbook', book.id)
        case oc('groups'):
          return categories(world, book).map((group) => element(oc('group'), group))
        case ncCom('owner-displayname'):
          return users.find(world, book.owner)?.displayName ?? book.owner
        default:
          return BOOK_PROPERTIES.get(name)
      }
    },
    members,
    createFile: (name, body) => createCard(dav, book, name, body),
    createFolder(name) {
      throw notHere(dav, `${path}/${name}`, 'Creating collections in addressbooks is not allowed')
    },
    patchAll(changes) {
      if (isShared) return new Map()
      const { properties: given, statuses } = readChanges(changes)
      if (statuses.size > 0) books.change(world, book, given)
      return statuses
    },
    remove() {
      if (!isShared) return books.destroy(world, book)
      if (!unshare(world, 'addressbook', book.id, `principals/users/${view.viewer}`)) throw forbidden('')
    },
    move() {
      throw notHere(dav, path, 'Renaming addressbooks is not yet supported')
    },
    report: (root) =>
      reportCards(dav, resource, root, members) ??
      reportSync(dav, resource, root, (request) => changesOf(dav, view, path, request)),
    post: (body) => post(dav, view, resource, body),
    getInstead: () => exportBook(dav, view.uri, members),
  })
  return {
    ...resource,
    takeCard(moved, uri) {
      books.moveCard(world, moved, book.id, uri)
      return []
    },
  }
}

function nameOf(world: World, { book, access }: BookView): PropertyValue | undefined {
  const name = book.displayName ?? undefined
  if (access === 'own' || name === undefined) return name
  return `${name} (${users.find(world, book.owner)?.displayName ?? book.owner})`
}

/** All categories of the cards of a book, each once. */
const categories = (world: World, book: books.AddressBook): string[] => [
  ...new Set(
    books
      .cardsOf(world, book.id)
      .flatMap(({ data }) => (data.includes('CATEGORIES') ? propertiesOf(readComponent(data), 'CATEGORIES') : []))
      .flatMap(({ value }) => splitText(value, ',').join(',')),
  ),
]

function changesOf(dav: DavContext, view: BookView, path: string, { token, limit }: SyncRequest): Changes {
  const { world } = dav
  const { book } = view
  const current = SYNC + book.token
  const shown = (cards: readonly books.Card[]) =>
    cards.map((one) => cardResource(dav, cardSource(dav.world, view, path), one))
  const [, lastId = '0', initial = String(book.token)] = /^init_(\d+)_(\d+)$/.exec(token) ?? []
  if (token === '' || token === '0' || token.startsWith('init_')) {
    const rest = books.cardsOf(world, book.id).filter(({ id }) => id > Number(lastId))
    const page = limit ? rest.slice(0, limit) : rest
    const isTruncated = limit !== null && limit > 0 && page.length >= limit
    const next = isTruncated ? `${SYNC}init_${page.at(-1)!.id}_${initial}` : SYNC + initial
    return { token: next, present: shown(page.toSorted(byUri)), gone: [], isTruncated }
  }
  const changes = [...changesSince(world, 'addressbook', book.id, Number(token) || 0)].filter(([uri]) => uri !== '')
  const wanted = limit ? changes.slice(0, limit) : changes
  const found = wanted.flatMap(([uri, operation]) =>
    operation === 'deleted' ? [] : (books.findCard(world, book.id, uri) ?? []),
  )
  const gone = wanted.flatMap(([uri, operation]) => (operation === 'deleted' ? [uri] : []))
  return { token: current, present: shown(found.sort(byUri)), gone }
}

function post(dav: DavContext, view: BookView, resource: Resource, body: Uint8Array): Answer | undefined {
  const root = postedDocument(dav, body)
  if (root?.name !== oc('share')) return undefined
  const change = readShare(dav.world, root, view.book.owner)
  requirePrivilege(dav, resource, d('write'))
  if (view.access !== 'own') throw forbidden('')
  applyShare(dav.world, 'addressbook', view.book.id, change)
  return done(200)
}
