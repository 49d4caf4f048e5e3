import { propertiesOf, readComponent, textOf } from '#lib/icalendar/component.ts'
import { s } from '#lib/schema.ts'
import { defineTable } from '../define-table.ts'
import * as books from '../groupware/address-books.ts'
import { receivedBy } from '../groupware/shares.ts'
import { defineReactions } from '../reactions.ts'
import { type Enumeration, enumeration, isExcluded, ownGroupsOnly } from '../sharing/settings.ts'
import type { World } from '../world.ts'
import * as accounts from './accounts.ts'
import * as groups from './groups.ts'
import { isKnown } from './known-users.ts'
import * as users from './users.ts'

/** A card of an address book, as far as searches look at it. */
export interface Contact {
  readonly uid: string
  readonly name: string
  readonly emails: readonly string[]
  /** Where a card that has a picture lies below the WebDAV server. */
  readonly photo?: string | undefined
}

export interface Search {
  readonly text: string
  readonly limit: number
  readonly offset: number
}

/** Cards of accounts whose address or name contains a text, or is that text where lists are not allowed. */
export function ofServer(world: World, search: Search & { readonly rules: Enumeration }): Contact[] {
  const { rules, text } = search
  if (!rules.allowed && !rules.fullMatch) return []
  const isHit = (value: string) => (rules.allowed ? lower(value).includes(lower(text)) : value === text)
  const found: Contact[] = []
  const end = search.offset + search.limit + 1
  for (const user of candidates(world, text)) {
    if (found.length >= end) break
    const card = cardOf(world, user)
    if (card && hits(card, text, isHit)) found.push(card)
  }
  return page(found, search)
}

/** Accounts that may have a card with a text, each once. */
function* candidates(world: World, text: string): IterableIterator<users.User> {
  const seen = new Set<string>()
  for (const user of users.each(world, text)) {
    seen.add(user.id)
    yield user
  }
  if (text !== '') yield* mailed(world, text).filter(({ id }) => !seen.has(id))
}

const mailed = (world: World, text: string) =>
  additionalMails(world).flatMap(({ address, user }) => (lower(address).includes(lower(text)) ? [user] : []))

/** All additional addresses with their accounts. */
export function additionalMails(world: World): readonly { readonly address: string; readonly user: users.User }[] {
  return world.derive('contacts.mails', [accounts.accountsTable, users.usersTable], () =>
    [...world.table(accounts.accountsTable).entries()].flatMap(([key, { mails }]) => {
      const user = users.find(world, key)
      return user ? mails.map((mail) => ({ address: mail.value, user })) : []
    }),
  )
}

/**
 * Accounts that have a card in the address book of accounts, by lower-case id. They get it when they are made or
 * changed: the account that an installation begins with has none at first (Nextcloud 34.0.1, corpus).
 */
export interface AccountCard {
  readonly userId: string
  /** What the address book counted to when the card was written last. */
  readonly token?: number | undefined
  /** When that was, in seconds since 1970. */
  readonly at?: number | undefined
}

export const cardsTable = defineTable<AccountCard>('accountCards', {
  record: s.object({ userId: s.string(), token: s.optional(s.int()), at: s.optional(s.int()) }),
})

/** Accounts whose cards are gone, by lower-case id, with what the address book counted to. */
export const goneCardsTable = defineTable<{ readonly userId: string; readonly token: number }>('goneAccountCards', {
  record: s.object({ userId: s.string(), token: s.int() }),
})

const TOKENS = 'accountCardToken'

/** What the address book of accounts counts to: grows with every change of a card. */
export const bookToken = (world: World): number => world.lastId(TOKENS) + 1

/** The cards of all accounts that have one, by id. */
export function cardsOfServer(world: World): AccountCard[] {
  const table = world.table(cardsTable)
  return table
    .sortedKeys()
    .map((key) => table.get(key)!)
    .filter(({ userId }) => users.find(world, userId)?.enabled)
}

/** Accounts that have no card any more since a token. */
export function goneSince(world: World, since: number): string[] {
  const gone = [...world.table(goneCardsTable).values()].filter(({ token }) => token >= since)
  const disabled = [...world.table(cardsTable).values()].filter(
    ({ userId, token = 0 }) => token >= since && users.find(world, userId)?.enabled === false,
  )
  return [...gone, ...disabled].map(({ userId }) => userId)
}

export const contactReactions = defineReactions(
  {
    'user.created': (world, { userId }) => writeCard(world, userId),
    'user.changed': (world, { userId }) => writeCard(world, userId),
    'account.changed': (world, { userId }) => writeCard(world, userId),
    'user.deleted': (world, { userId }) => {
      if (!world.table(cardsTable).delete(userId.toLowerCase())) return
      world.table(goneCardsTable).set(userId.toLowerCase(), { userId, token: world.nextId(TOKENS) })
    },
  },
  { evenIfDisabled: true },
)

/** An installation is there before its address book: accounts that it has by now get no card before they change. */
export function forgetCards(world: World): void {
  world.table(cardsTable).clear()
  world.lastId(TOKENS, 0)
}

/** The card of an account, unless the viewer may not find those who are on this server. */
export function findAccount(world: World, user: users.User, viewer: string): Contact | undefined {
  const mine = groups.groupsOf(world, viewer)
  if (isExcluded(world, mine)) return undefined
  const rules = enumeration(world)
  const own = ownGroupsOnly(world)
  const counting = mine.filter((id) => !own?.except.includes(id))
  const sharesGroup = groups.groupsOf(world, user.id).some((id) => counting.includes(id))
  if (!rules.allowed && !rules.fullMatch) return undefined
  const isLimited = rules.allowed && (rules.ownGroups || rules.phoneBook)
  const isNear = (rules.ownGroups && sharesGroup) || (rules.phoneBook && isKnown(world, viewer, user.id))
  if (isLimited && !isNear) return undefined
  if (own && !sharesGroup) return undefined
  return cardOf(world, user) ?? undefined
}

/** What the account is called that has an address, if the viewer may find it by exactly that. */
export function nameOfAddress(world: World, address: string, viewer: string): string | undefined {
  const found = [...users.findByEmail(world, address), ...mailed(world, address)]
  return found
    .map((user) => findAccount(world, user, viewer))
    .find((card) => card?.emails.includes(address) && card.name !== '')?.name
}

/** A card says what an account shows to others on this server; disabled accounts have none. */
export function cardOf(world: World, user: users.User): Contact | null {
  if (!user.enabled || !world.table(cardsTable).has(user.id.toLowerCase())) return null
  const additional = accounts.mails(world, user).filter((mail) => mail.scope !== 'v2-private')
  const emails = [...(user.email === null ? [] : [user.email]), ...additional.map((mail) => mail.value)]
  return { uid: user.id, name: user.displayName, emails }
}

/** Contacts of the address books that an account sees. */
export function ofAccount(world: World, userId: string, search: Search): Contact[] {
  const isHit = (value: string) => lower(value).includes(lower(search.text))
  const seen = [
    ...books.listOf(world, userId).map(({ id }) => id),
    ...receivedBy(world, 'addressbook', userId).map(({ collectionId }) => collectionId),
  ]
  const all = readCards(world)
  return page(
    seen.flatMap((id) => all.get(id) ?? []).filter((card) => hits(card, search.text, isHit)),
    search,
  )
}

/** What searches look at of all cards, by the ids of their address books. */
const readCards = (world: World): ReadonlyMap<number, readonly Contact[]> =>
  world.derive('contacts.cards', [books.cardsTable, books.addressBooksTable], () => {
    const found = new Map<number, Contact[]>()
    for (const { bookId, uri, data } of [...world.table(books.cardsTable).values()].sort((a, b) => a.id - b.id)) {
      const card = readComponent(data)
      const emails = propertiesOf(card, 'EMAIL').map(({ value }) => value)
      const book = books.find(world, bookId)
      const path = `addressbooks/users/${book?.owner}/${book?.uri}/${uri}`
      const photo = propertiesOf(card, 'PHOTO').length > 0 ? path : undefined
      const contact = { uid: textOf(card, 'UID') ?? '', name: textOf(card, 'FN') ?? '', emails, photo }
      found.set(bookId, [...(found.get(bookId) ?? []), contact])
    }
    return found
  })

const lower = (text: string) => text.replace(/[A-Z]+/g, (run) => run.toLowerCase())

/** Addresses have no blanks, so a text with one is not looked for in them. */
function hits({ name, emails }: Contact, text: string, isHit: (value: string) => boolean): boolean {
  return text === '' || isHit(name) || (!text.includes(' ') && emails.some(isHit))
}

const page = (list: Contact[], { limit, offset }: Search) => list.slice(offset, offset + limit + 1)

function writeCard(world: World, userId: string): void {
  const token = world.nextId(TOKENS)
  world.table(cardsTable).set(userId.toLowerCase(), { userId, token, at: world.clock.seconds() })
  world.table(goneCardsTable).delete(userId.toLowerCase())
}
