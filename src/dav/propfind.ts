import type { Answer } from '#line/call.ts'
import { badRequest, DavError } from '#line/dav-exit.ts'
import { requirePrivilege } from './acl.ts'
import { multistatus, type PropertyStatus, type ResponsePart } from './multistatus.ts'
import { childOf, type ReadElement, readXml } from './read-xml.ts'
import { type DavContext, hrefOf, type Resource } from './resource.ts'
import { d } from './xml.ts'

/** The properties of an answer to `allprop`, as far as a resource has them. */
const ALL_PROPERTIES = [
  'getlastmodified',
  'getcontentlength',
  'resourcetype',
  'quota-used-bytes',
  'quota-available-bytes',
  'getetag',
  'getcontenttype',
].map(d)

/** Names of the properties that are requested; `null`: `allprop`. */
export type RequestedProperties = readonly string[] | null

/** PROPFIND. */
export async function propfind(dav: DavContext, path: string): Promise<Answer> {
  const text = new TextDecoder().decode(await dav.call.body())
  const requested = text === '' ? null : requestedProperties(readXml(text))
  const headers: Answer['headers'] = [
    ['Content-Type', 'application/xml; charset=utf-8'],
    ['Vary', 'Brief,Prefer'],
    ['DAV', dav.server.features],
  ]
  try {
    const resource = dav.server.find(dav, path)
    if (dav.server.full && resource.acl) requirePrivilege(dav, resource, d('read'))
    const resources = inDepth(resource, depthOf(dav.call.header('depth')))
    const minimal = isMinimal(dav)
    const parts = resources.map((one) => responseFor(dav, one, requested, minimal))
    return { status: 207, headers, body: multistatus(parts, dav.server.namespaces) }
  } catch (error) {
    throw withHeaders(error, headers.slice(1))
  }
}

/** Without a depth, or with one that nobody understands, a folder and its members are listed (Nextcloud 34.0.1, asked). */
const depthOf = (header: string): number => {
  if (header === 'infinity') return Number.POSITIVE_INFINITY
  return /^\d+$/.test(header) ? Number(header) : 1
}

/** A resource and what it holds, so many levels deep, every folder before its members. */
function inDepth(resource: Resource, depth: number, isRoot = true): Resource[] {
  const members = depth > 0 ? membersOf(resource, isRoot) : []
  return [resource, ...members.flatMap((member) => inDepth(member, depth - 1, false))]
}

/** A folder that keeps its members to itself looks empty on the way down, and refuses where it is what is requested. */
function membersOf(resource: Resource, isRoot: boolean): readonly Resource[] {
  try {
    return resource.members?.() ?? []
  } catch (error) {
    if (isRoot || (error as { status?: number }).status !== 405) throw error
    return []
  }
}

/** Errors after the headers were set keep them; those that come before have none. */
function withHeaders(error: unknown, headers: Answer['headers']): unknown {
  if (error instanceof DavError && !error.early) {
    return Object.assign(error, { headers: [...headers, ...error.headers] })
  }
  return error
}

function requestedProperties(root: ReadElement): RequestedProperties {
  if (root.name !== d('propfind')) {
    throw badRequest(`Expected {DAV:}propfind but received ${root.name} as the root element`)
  }
  return propertyNames(childOf(root, d('prop')))
}

/** The names in a `prop` element; none, or no such element, asks for all. */
export function propertyNames(prop: ReadElement | undefined): RequestedProperties {
  const names = [...new Set(prop?.children.map((child) => child.name))]
  return names.length === 0 ? null : names
}

/** Whether the caller does without properties that are missing, as the standard says it or its drafts did. */
export function isMinimal({ call }: DavContext): boolean {
  return /return[=-]minimal/.test(call.header('prefer')) || call.header('brief') === 't'
}

/** The part of a multistatus about one resource. */
export function responseFor(
  dav: DavContext,
  resource: Resource,
  requested: RequestedProperties,
  minimal = false,
): ResponsePart {
  const properties: PropertyStatus[] = []
  for (const name of requested ?? [...ALL_PROPERTIES, ...(resource.properties ?? [])]) {
    const value = resource.property(name)
    if (value !== undefined) properties.push({ name, status: 200, value })
    else if (requested && !minimal) properties.push({ name, status: 404 })
  }
  return { href: hrefOf(dav, resource), properties }
}
