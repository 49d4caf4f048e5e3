import { allowedMethods } from '#dav/methods.ts'
import type { PropertyValue } from '#dav/multistatus.ts'
import type { DavContext, Resource } from '#dav/resource.ts'
import { d, element } from '#dav/xml.ts'
import { httpDate } from '#lib/http-date.ts'
import { methodNotAllowed, notFound } from '#line/dav-exit.ts'

/** Properties by name in Clark notation. */
export type Properties = Readonly<Record<string, PropertyValue | undefined>>

/** A folder that is nothing but one. */
export function folder(path: string, members: () => readonly Resource[] = () => []): Resource {
  return {
    path,
    collection: true,
    property: (name) => (name === d('resourcetype') ? [element(d('collection'))] : undefined),
    members,
  }
}

/** A folder that does not say what it holds. */
export function unlisted(
  dav: DavContext,
  path: string,
  message = 'Listing members of this collection is disabled',
): Resource {
  return folder(path, () => {
    throw methodNotAllowed(message, allowedMethods(dav, path))
  })
}

/** What every file says that is none of an account's files: a version, something in the trash. */
export function plainFile(mtime: number, size: number, etag: string, mime: string): Properties {
  return {
    [d('getlastmodified')]: httpDate(mtime),
    [d('getcontentlength')]: size,
    [d('resourcetype')]: [],
    [d('getetag')]: etag,
    [d('getcontenttype')]: mime,
  }
}

/** @throws DavError 404 */
export function unknownIn(name: string, where: string): never {
  throw notFound(`File not found: ${name} in '${where}'`)
}
