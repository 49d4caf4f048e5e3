import type { Answer } from '#line/call.ts'
import { badRequest, conflict, DavError, forbidden, methodNotAllowed, unsupportedMediaType } from '#line/dav-exit.ts'
import { allowedMethods } from './methods.ts'
import { multistatus, type PropertyStatus } from './multistatus.ts'
import { setAll } from './proppatch.ts'
import { childOf, childrenOf, type ReadElement, readXml } from './read-xml.ts'
import {
  type DavContext,
  findOrNone,
  lastName,
  type NewCollection,
  parentPath,
  pathAt,
  type Resource,
} from './resource.ts'
import { d } from './xml.ts'

/** A collection of a type that is not for here. */
export const invalidResourceType = (message: string): DavError =>
  new DavError(403, 'Sabre\\DAV\\Exception\\InvalidResourceType', message, { details: ['<d:valid-resourcetype/>'] })

const made = (): Answer => ({
  status: 201,
  headers: [
    ['Content-Length', '0'],
    ['Content-type', 'text/html; charset=UTF-8'],
  ],
  body: '',
})

/** MKCOL, with types and properties in its body as RFC 5689 says. */
export async function mkcol(dav: DavContext, path: string): Promise<Answer> {
  const body = new TextDecoder().decode(await dav.call.body())
  const wanted = body === '' ? null : extended(dav, path, body)
  const parent = parentOf(dav, path)
  if (parent.createCollection) {
    parent.createCollection(wanted ?? { name: lastName(path), types: [d('collection')], properties: new Map() })
    return made()
  }
  if (!parent.createFolder) throw forbidden('Permission denied to create directory')
  if (wanted?.types.some((type) => type !== d('collection'))) throw notHere()
  const headers = parent.createFolder(lastName(path))
  const statuses = setAll(dav.server.find(dav, path), wanted?.properties ?? new Map())
  if (statuses.some(({ status }) => status >= 400)) return notAllSet(dav, path, statuses)
  return { ...made(), headers: [...headers, ...made().headers] }
}

/** The folder is there, and what could not be set of it is told (Nextcloud 34.0.1, asked). */
const notAllSet = (dav: DavContext, path: string, properties: readonly PropertyStatus[]): Answer => ({
  status: 207,
  headers: [['Content-Type', 'application/xml; charset=utf-8']],
  body: multistatus([{ href: pathAt(dav, path), properties }], dav.server.namespaces),
})

const notHere = () => invalidResourceType('The {DAV:}resourcetype you specified is not supported here.')

/**
 * Make a collection of types that its parent must know.
 * @throws DavError
 */
export function createCollection(dav: DavContext, path: string, wanted: NewCollection): Answer {
  const parent = parentOf(dav, path)
  if (!parent.createCollection) throw notHere()
  parent.createCollection(wanted)
  return made()
}

function parentOf(dav: DavContext, path: string): Resource {
  if (findOrNone(dav, path)) {
    throw methodNotAllowed('The resource you tried to create already exists', allowedMethods(dav, path))
  }
  const parent = findOrNone(dav, parentPath(path))
  if (!parent) throw conflict('Parent node does not exist')
  if (!parent.collection) throw conflict('Parent node is not a collection')
  return parent
}

function extended(dav: DavContext, path: string, body: string): NewCollection {
  if (!/^(application|text)\/xml/.test(dav.call.header('content-type'))) {
    throw unsupportedMediaType('The request body for the MKCOL request must have an xml Content-Type')
  }
  const root = readXml(body)
  if (root.name !== d('mkcol')) throw badRequest(`Expected {DAV:}mkcol but received ${root.name} as the root element`)
  const { types, properties } = propertiesIn(root)
  if (!types) throw badRequest('The mkcol request must include a {DAV:}resourcetype property')
  return { name: lastName(path), types, properties }
}

/** What a body sets; `types`: what its `resourcetype` holds. */
export function propertiesIn(root: ReadElement): {
  readonly types: readonly string[] | null
  readonly properties: ReadonlyMap<string, ReadElement>
} {
  const elements = childrenOf(root, d('set')).flatMap((set) => childOf(set, d('prop'))?.children ?? [])
  const properties = new Map(elements.map((one) => [one.name, one]))
  const types = properties.get(d('resourcetype'))?.children.map(({ name }) => name) ?? null
  properties.delete(d('resourcetype'))
  return { types, properties }
}
