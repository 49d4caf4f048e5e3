import { paginated, type SearchContext, type SearchEntry, type SearchQuery, type SearchResult } from '#app/index.ts'
import {
  type Component,
  propertiesOf,
  propertyOf,
  readComponent,
  textOf,
  unescapeText,
} from '#lib/icalendar/component.ts'
import * as users from '#world/accounts/users.ts'
import * as books from '#world/groupware/address-books.ts'
import { type BookView, viewsOf } from './address-books.ts'

const TITLES = ['N', 'FN', 'NICKNAME', 'EMAIL']
const ALL = [...TITLES, 'TEL', 'ADR', 'TITLE', 'ORG', 'NOTE']

interface Hit {
  readonly view: BookView
  readonly uri: string
  readonly card: Component
}

/**
 * Contacts in all address books of the caller, the oldest record first. A period only asks for a birthday, whenever it
 * is (Nextcloud 34.0.1, asked).
 */
export function searchContacts(query: SearchQuery, context: SearchContext): SearchResult {
  const { world, me, baseUrl } = context
  const { term = '', since, until, person } = query.filters
  // No address of mail has a blank in it.
  const names = (query.filters['title-only'] ? TITLES : ALL).filter(
    (name) => name !== 'EMAIL' || !/ /.test(String(term)),
  )
  const name = typeof person === 'object' && 'user' in person ? users.find(world, person.user)?.displayName : undefined
  const wanted = [String(term), name ?? ''].map((text) => text.toLowerCase())
  const isFound = ({ card }: Hit) =>
    names.some((property) =>
      propertiesOf(card, property).some(({ value }) =>
        wanted.every((text) => unescapeText(value).toLowerCase().includes(text)),
      ),
    )
  const hasBirthday = ({ card }: Hit) => propertyOf(card, 'BDAY') !== undefined
  const found = viewsOf(world, me)
    .flatMap((view) => books.cardsOf(world, view.book.id).map((card) => ({ view, ...card })))
    .sort((a, b) => a.id - b.id)
    .map(({ view, uri, data }): Hit => ({ view, uri, card: readComponent(data) }))
    .filter((hit) => isFound(hit) && ((since === undefined && until === undefined) || hasBirthday(hit)))
  const { entries } = paginated(found, query)
  return {
    entries: entries.map((hit) => entryOf(hit, me, baseUrl)),
    cursor: Number.parseInt(String(query.cursor ?? 0), 10) + entries.length,
  }
}

function entryOf({ view, uri, card }: Hit, me: string, baseUrl: string): SearchEntry {
  const [displayName, email, phoneNumber] = ['FN', 'EMAIL', 'TEL'].map((name) => textOf(card, name) ?? '')
  const photo = `${baseUrl}/remote.php/dav/addressbooks/users/${me}/${view.uri}/${uri}?photo`
  return {
    title: displayName!,
    subline: email!,
    resourceUrl: `${baseUrl}/index.php/apps/contacts/direct/contact/${encodeURIComponent(`${textOf(card, 'UID') ?? ''}~${view.uri}`)}`,
    thumbnailUrl: propertyOf(card, 'PHOTO') ? photo : '',
    icon: 'icon-contacts-dark',
    rounded: true,
    attributes: { displayName: displayName!, email: email!, phoneNumber: phoneNumber! },
  }
}
