import { md5 } from '#lib/md5.ts'
import { s } from '#lib/schema.ts'
import { defineTable } from '../define-table.ts'
import type { World } from '../world.ts'
import { forgetChanges, noteChange } from './changes.ts'
import { forgetShares } from './shares.ts'

declare module '#world/events.ts' {
  interface WorldEvents {
    'address-book.created': { readonly book: AddressBook }
    'address-book.changed': { readonly book: AddressBook }
    'address-book.deleted': { readonly book: AddressBook }
    'card.created': { readonly card: Card; readonly book: AddressBook }
    'card.changed': { readonly card: Card; readonly book: AddressBook }
    'card.moved': {
      readonly card: Card
      readonly book: AddressBook
      readonly from: AddressBook
      readonly oldUri: string
    }
    'card.deleted': { readonly card: Card; readonly book: AddressBook }
  }
}

/** An address book of an account. */
export interface AddressBook {
  readonly id: number
  readonly owner: string
  /** Its name in addresses, unique among the owner's. */
  readonly uri: string
  readonly displayName: string | null
  readonly description: string | null
  /** Grows with every change. */
  readonly token: number
}

/** A contact as one file. */
export interface Card {
  readonly id: number
  readonly bookId: number
  readonly uri: string
  /** A vCard. */
  readonly data: string
  readonly uid: string
  /** Seconds since 1970. */
  readonly modifiedAt: number
}

/** Address books by id. */
export const addressBooksTable = defineTable<AddressBook>('addressBooks', {
  sequence: 'addressBook',
  record: s.object({
    id: s.int(),
    owner: s.string(),
    uri: s.string(),
    displayName: s.nullable(s.string()),
    description: s.nullable(s.string()),
    token: s.int(),
  }),
})

/** Cards of address books by id. */
export const cardsTable = defineTable<Card>('cards', {
  sequence: 'card',
  record: s.object({
    id: s.int(),
    bookId: s.int(),
    uri: s.string(),
    data: s.string(),
    uid: s.string(),
    modifiedAt: s.int(),
  }),
})

export const CONTACTS = 'contacts'

export type BookProperties = Partial<Pick<AddressBook, 'displayName' | 'description'>>

const bookAddress = ({ owner, uri }: Pick<AddressBook, 'owner' | 'uri'>) => `${owner}/${uri}`
const cardAddress = ({ bookId, uri }: Pick<Card, 'bookId' | 'uri'>) => `${bookId}/${uri}`

export const find = (world: World, id: number): AddressBook | undefined =>
  world.table(addressBooksTable).get(String(id))

export function findByUri(world: World, owner: string, uri: string): AddressBook | undefined {
  const table = world.table(addressBooksTable)
  const [key] = table.index('address', bookAddress).keysOf(bookAddress({ owner, uri }))
  return key === undefined ? undefined : table.get(key)
}

export function listOf(world: World, owner: string): AddressBook[] {
  const table = world.table(addressBooksTable)
  const keys = table.index('owner', (book) => book.owner).keysOf(owner)
  return keys.map((key) => table.get(key)!).sort((a, b) => a.id - b.id)
}

export function create(world: World, owner: string, uri: string, properties: BookProperties = {}): AddressBook {
  const id = world.nextId('addressBook')
  const book: AddressBook = { id, owner, uri, displayName: uri, description: null, token: 1, ...properties }
  world.table(addressBooksTable).set(String(id), book)
  world.emit({ type: 'address-book.created', book })
  return book
}

export function change(world: World, { id }: AddressBook, properties: BookProperties): void {
  world.table(addressBooksTable).patch(String(id), properties)
  touch(world, id, { uri: '', operation: 'modified' })
  world.emit({ type: 'address-book.changed', book: find(world, id)! })
}

function touch(world: World, id: number, what: Parameters<typeof noteChange>[4]): void {
  const { token } = find(world, id)!
  noteChange(world, 'addressbook', id, token, what)
  world.table(addressBooksTable).patch(String(id), { token: token + 1 })
}

export function destroy(world: World, book: AddressBook): void {
  world.emit({ type: 'address-book.deleted', book })
  for (const { id } of cardsOf(world, book.id)) world.table(cardsTable).delete(String(id))
  forgetChanges(world, 'addressbook', book.id)
  forgetShares(world, 'addressbook', book.id)
  world.table(addressBooksTable).delete(String(book.id))
}

/** With quotes. */
export const etagOf = ({ data }: Pick<Card, 'data'>): string => `"${md5(data)}"`

export function findCard(world: World, bookId: number, uri: string): Card | undefined {
  const table = world.table(cardsTable)
  const [key] = table.index('address', cardAddress).keysOf(cardAddress({ bookId, uri }))
  return key === undefined ? undefined : table.get(key)
}

/** The cards of a book, the oldest first. */
export function cardsOf(world: World, bookId: number): Card[] {
  const table = world.table(cardsTable)
  const keys = table.index('book', (card) => String(card.bookId)).keysOf(String(bookId))
  return keys.map((key) => table.get(key)!).sort((a, b) => a.id - b.id)
}

export function addCard(world: World, bookId: number, uri: string, uid: string, data: string): Card | 'uid-exists' {
  if (cardsOf(world, bookId).some((card) => card.uid === uid)) return 'uid-exists'
  const card: Card = { id: world.nextId('card'), bookId, uri, data, uid, modifiedAt: world.clock.seconds() }
  world.table(cardsTable).set(String(card.id), card)
  touch(world, bookId, { uri, operation: 'added' })
  world.emit({ type: 'card.created', card, book: find(world, bookId)! })
  return card
}

export function replaceCard(world: World, { id, bookId, uri }: Card, uid: string, data: string): Card {
  world.table(cardsTable).patch(String(id), { uid, data, modifiedAt: world.clock.seconds() })
  touch(world, bookId, { uri, operation: 'modified' })
  const card = world.table(cardsTable).get(String(id))!
  world.emit({ type: 'card.changed', card, book: find(world, bookId)! })
  return card
}

export function moveCard(world: World, { id, bookId, uri: oldUri }: Card, to: number, uri: string): void {
  const from = find(world, bookId)!
  world.table(cardsTable).patch(String(id), { bookId: to, uri })
  touch(world, bookId, { uri: oldUri, operation: 'deleted' })
  touch(world, to, { uri, operation: 'added' })
  world.emit({
    type: 'card.moved',
    card: world.table(cardsTable).get(String(id))!,
    book: find(world, to)!,
    from,
    oldUri,
  })
}

export function removeCard(world: World, card: Card): void {
  const book = find(world, card.bookId)!
  world.table(cardsTable).delete(String(card.id))
  touch(world, card.bookId, { uri: card.uri, operation: 'deleted' })
  world.emit({ type: 'card.deleted', card, book })
}
