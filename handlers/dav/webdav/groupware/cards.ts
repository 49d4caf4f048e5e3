import type { AccessControl } from '#dav/acl.ts'
import type { DavContext, Headers, Resource } from '#dav/resource.ts'
import { d } from '#dav/xml.ts'
import { httpDate } from '#lib/http-date.ts'
import { propertyOf, readComponent, textOf } from '#lib/icalendar/component.ts'
import type { Answer } from '#line/call.ts'
import { badRequest, forbidden } from '#line/dav-exit.ts'
import { contentFrom } from '#world/files/content.ts'
import * as books from '#world/groupware/address-books.ts'
import { attachment } from './calendar-object.ts'
import { convertCard, TYPES, wantedForm } from './card-convert.ts'
import { reportCards } from './card-reports.ts'
import { groupwareResource } from './collections.ts'
import { card, ncCom, reportsOf } from './names.ts'
import { acceptCard } from './read-object.ts'

/** Where cards come from: what they say of themselves, and who may do what. */
export interface CardSource {
  /** Of the address book. */
  readonly path: string
  readonly access: AccessControl
}

/** An address book, as what is moved into it sees it. */
export interface TakesCards {
  takeCard(card: books.Card, uri: string): Headers
}

const encoder = new TextEncoder()

/** A card that nobody changes through this. */
export function shownCard(
  dav: DavContext,
  { path, access }: CardSource,
  shown: { readonly uri: string; readonly data: string; readonly etag: string; readonly modifiedAt: number },
): Resource {
  const { kind: _, ...acl } = access
  const { uri, data, etag, modifiedAt } = shown
  const resource: Resource = groupwareResource(dav, {
    path: `${path}/${uri}`,
    collection: false,
    etag,
    lastModified: modifiedAt,
    acl,
    reports: reportsOf({ middle: [card('addressbook-multiget'), card('addressbook-query')] }),
    property(name) {
      switch (name) {
        case d('resourcetype'):
          return []
        case d('getcontenttype'):
          return TYPES['3.0']
        case d('getlastmodified'):
          return httpDate(modifiedAt)
        case d('getcontentlength'):
          return encoder.encode(data).length
        case card('address-data'):
          return data
        case ncCom('has-photo'):
          return hasPhoto(data)
        default:
          return undefined
      }
    },
    patch: (_name, value) => (value === null ? 204 : 200),
    getInstead: () => photoAnswer(dav, uri, data, etag),
    download: () => download(dav, uri, data),
    report: (root) => reportCards(dav, resource, root, null),
  })
  return resource
}

const photoOf = (data: string) => (data.includes('PHOTO') ? propertyOf(readComponent(data), 'PHOTO') : undefined)

const hasPhoto = (data: string): boolean => {
  const photo = photoOf(data)
  return photo !== undefined && (!photo.value.startsWith('data:') || photo.value.startsWith('data:image/'))
}

/** Images that are shown, by their first bytes. */
const IMAGES: readonly (readonly [start: string, type: string, extension: string])[] = [
  ['\xff\xd8\xff', 'image/jpeg', 'jpg'],
  ['GIF8', 'image/gif', 'gif'],
  ['', 'image/png', 'png'],
]

/** The picture of a card, for who asks for that; a card without one has nothing to show. */
function photoAnswer(dav: DavContext, uri: string, data: string, etag: string): Answer | undefined {
  if (!new URLSearchParams(dav.call.query).has('photo')) return undefined
  const tags = [['ETag', etag] as const, ['OC-ETag', etag] as const]
  const photo = photoOf(data)
  const base64 = photo && (/^data:[^,]*,(.*)$/s.exec(photo.value)?.[1] ?? photo.value)
  const image = base64 && isBase64(base64) ? atob(base64) : ''
  if (image === '') {
    const headers = [['Content-type', 'text/html; charset=UTF-8'] as const, ...tags]
    return { status: 204, headers: [...headers, ['Content-Disposition', attachment(uri)]], body: '' }
  }
  const [, type, extension] = IMAGES.find(([start]) => image.startsWith(start))!
  const headers = [['Content-Type', type] as const, ...tags]
  const name = `attachment; filename=${uri}.${extension}`
  const body = dav.call.method === 'HEAD' ? '' : Uint8Array.from(image, (char) => char.charCodeAt(0))
  return { status: 200, headers: [...headers, ['Content-Disposition', name]], body }
}

const isBase64 = (text: string): boolean => /^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(text)

/** A card in the form in which it is wanted. */
function download(dav: DavContext, uri: string, data: string) {
  const form = wantedForm(dav.call.header('accept'))
  const bytes = encoder.encode(convertCard(data, form))
  const headers = [['Content-Disposition', attachment(uri)]] as const
  return { content: contentFrom(bytes), size: bytes.length, type: TYPES[form], headers }
}

/** A card of an address book. */
export function cardResource(dav: DavContext, source: CardSource, one: books.Card): Resource {
  const { world } = dav
  return {
    ...shownCard(dav, source, { ...one, etag: books.etagOf(one) }),
    put(body) {
      const accepted = acceptCard(dav, body)
      const uid = textOf(accepted.document, 'UID') ?? ''
      const changed = books.replaceCard(world, one, uid, accepted.data)
      return [...accepted.headers, ...(accepted.isChanged ? [] : entityTag(changed))]
    },
    remove: () => books.removeCard(world, one),
    async move(target) {
      if (target.parent.path === source.path) throw forbidden('Permission denied to rename file')
      await target.existing?.remove?.()
      const moveIn = (target.parent as Partial<TakesCards>).takeCard
      if (moveIn) return moveIn(one, target.name)
      const headers = await target.parent.createFile?.(target.name, encoder.encode(one.data))
      books.removeCard(world, one)
      return headers ?? []
    },
    async copy(target) {
      await target.existing?.remove?.()
      if (!target.parent.createFile) throw forbidden(`Permission denied to create file (filename ${target.name})`)
      await target.parent.createFile(target.name, encoder.encode(one.data))
      return []
    },
  }
}

const entityTag = (one: books.Card): Headers => [
  ['ETag', books.etagOf(one)],
  ['OC-ETag', books.etagOf(one)],
]

/** Put a new card into an address book. */
export function createCard(dav: DavContext, book: books.AddressBook, name: string, body: Uint8Array): Headers {
  const accepted = acceptCard(dav, body)
  const made = books.addCard(dav.world, book.id, name, textOf(accepted.document, 'UID') ?? '', accepted.data)
  if (made === 'uid-exists') throw badRequest('VCard object with uid already exists in this addressbook collection.')
  return [...accepted.headers, ...(accepted.isChanged ? [] : entityTag(made))]
}
