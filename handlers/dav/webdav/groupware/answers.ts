import { bareResponse, multistatus, type PropertyValue, type ResponsePart, responseElement } from '#dav/multistatus.ts'
import { isMinimal, type RequestedProperties, responseFor } from '#dav/propfind.ts'
import { type DavContext, hrefOf, type Resource } from '#dav/resource.ts'
import { d, element, writeXml } from '#dav/xml.ts'
import type { Answer } from '#line/call.ts'

const XML = ['Content-Type', 'application/xml; charset=utf-8'] as const

/** The answer of a query or a multiget: it says that it depends on what the caller prefers. */
export const reported = (dav: DavContext, parts: readonly ResponsePart[]): Answer => ({
  status: 207,
  headers: [XML, ['Vary', 'Brief,Prefer']],
  body: multistatus(parts, dav.server.namespaces),
})

/** What is told of a resource; `replaced`: a property with another value than it has. */
export function partOf(
  dav: DavContext,
  resource: Resource,
  requested: RequestedProperties,
  replaced: ReadonlyMap<string, PropertyValue> = new Map(),
): ResponsePart {
  const shown: Resource = { ...resource, property: (name) => replaced.get(name) ?? resource.property(name) }
  return responseFor(dav, shown, requested, isMinimal(dav))
}

/** What changed in a collection. */
export interface Changes {
  readonly token: string
  readonly present: readonly Resource[]
  /** Names of what is gone. */
  readonly gone: readonly string[]
  /** There is more than was told. */
  readonly isTruncated?: boolean
}

/** The answer of a `sync-collection`. */
export function synced(
  dav: DavContext,
  collection: Resource,
  requested: RequestedProperties,
  { token, present, gone, isTruncated = false }: Changes,
): Answer {
  const href = (path: string) => hrefOf(dav, { path, collection: false })
  const bare = (address: string, status: number) => bareResponse(address, status, dav.world.release)
  const content = [
    ...present.map((resource) => responseElement(responseFor(dav, resource, requested))),
    ...gone.map((name) => bare(href(`${collection.path}/${name}`), 404)),
    ...(isTruncated ? [bare(hrefOf(dav, collection), 507)] : []),
    element(d('sync-token'), token),
  ]
  return { status: 207, headers: [XML], body: writeXml(element(d('multistatus'), content), dav.server.namespaces, ' ') }
}
