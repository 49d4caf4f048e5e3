import type { PropertyValue } from '#dav/multistatus.ts'
import type { DavContext } from '#dav/resource.ts'
import { element, nc, oc, type XmlElement } from '#dav/xml.ts'
import { jsonEncode } from '#lib/php.ts'
import type { Entry } from '#world/files/files.ts'
import * as shares from '#world/sharing/shares.ts'

/** Whom a file or folder is shared with, as the account sees it that asks. In a list only what it shared counts. */
export function sharingProperty(
  dav: DavContext,
  entry: Entry,
  name: string,
  listed: boolean,
): PropertyValue | undefined {
  if (dav.server.public) return undefined
  const { world, userId } = dav
  const find = listed ? shares.sharesFrom : shares.sharesAround
  const found = find(world, userId, entry.node.id)
  if (name === nc('sharees')) return found.map((share) => sharee(dav, share))
  return [...new Set(found.map(({ type }) => type))].map((type) => element(oc('share-type'), String(type)))
}

export const isSharingProperty = (name: string): boolean => name === oc('share-types') || name === nc('sharees')

function sharee({ world }: DavContext, share: shares.Share): XmlElement {
  const id = share.sharedWith
  const name = shares.recipientName(world, share)
  return element(nc('sharee'), [
    id === null ? element(nc('id')) : element(nc('id'), id),
    name === null ? element(nc('display-name')) : element(nc('display-name'), name),
    element(nc('type'), String(share.type)),
  ])
}

/** What the share says by which an account sees an entry; `undefined`: it is no share. */
export const receivedNote = ({ world, userId }: DavContext, entry: Entry): string | undefined =>
  entry.owner === userId ? undefined : shares.shownBy(world, entry)?.note

/** A received share never says that it hides its download, whatever its link says (Nextcloud 34.0.1, source). */
export const receivedHides = ({ world }: DavContext, entry: Entry): string | undefined =>
  shares.shownBy(world, entry) ? 'false' : undefined

export const receivedAttributes = ({ world }: DavContext, entry: Entry): string =>
  attributesText(shares.shownBy(world, entry)?.attributes ?? [])

export const attributesText = (attributes: readonly shares.Attribute[]): string =>
  jsonEncode(attributes.map(({ scope, key, value }) => ({ scope, key, value })))
