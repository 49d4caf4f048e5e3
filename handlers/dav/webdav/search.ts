import { multistatus } from '#dav/multistatus.ts'
import { propertyNames, responseFor } from '#dav/propfind.ts'
import { childOf, type ReadElement, readXml } from '#dav/read-xml.ts'
import type { DavContext } from '#dav/resource.ts'
import { d } from '#dav/xml.ts'
import { messageOf } from '#lib/errors.ts'
import { rawurldecode } from '#lib/php.ts'
import type { Answer } from '#line/call.ts'
import { notImplemented, unexpected } from '#line/dav-exit.ts'
import * as files from '#world/files/files.ts'
import { FileResource, findFile } from './files.ts'
import { compareEntries, matches, UnknownProperty } from './search-conditions.ts'

const nresults = d('nresults')
const firstResult = '{http://nextcloud.org/ns}firstresult'

const refuse = (status: number, body: string, type = 'text/html; charset=UTF-8'): Answer => ({
  status,
  headers: [['Content-Type', type]],
  body,
})

/**
 * SEARCH with a `basicsearch`: what lies below a folder of the caller and fits conditions.
 * Without an order, folders come first, then what is older.
 */
export async function search(dav: DavContext, path: string): Promise<Answer> {
  if (path !== '' || !/^(?:text|application)\/xml/.test(dav.call.header('content-type')))
    throw notImplemented('There was no plugin in the system that was willing to handle this SEARCH method.')
  const root = parse(new TextDecoder().decode(await dav.call.body()))
  if (typeof root === 'string') return refuse(400, root)
  const query = childOf(root, d('basicsearch'))
  const where = query && childOf(query, d('where'))?.children[0]
  if (!query) return refuse(400, 'Unexpected xml content for search request, expected basicsearch')
  if (!childOf(query, d('from'))) return refuse(400, 'Parse error: Missing {DAV:}from when parsing {DAV:}basicsearch')
  if (!where) throw unexpected('TypeError', TYPE_ERROR)
  const top = scopeOf(dav, query)
  const requested = propertyNames(childOf(childOf(query, d('select')) ?? query, d('prop')))
  try {
    const found = below(dav, top.entry, depthOf(query)).filter((entry) => matches(dav, entry, where))
    const parts = page(query, sort(dav, query, found)).map((entry) => responseFor(dav, top.at(entry), requested))
    const type = 'application/xml; charset="utf-8"'
    return { status: 207, headers: [['Content-Type', type]], body: multistatus(parts, dav.server.namespaces) }
  } catch (error) {
    if (!(error instanceof UnknownProperty)) throw error
    const message = 'requested search property is not a valid property for this scope'
    return refuse(400, message, 'application/xml; charset="utf-8"')
  }
}

const TYPE_ERROR =
  'A type error occurred. For more details, please refer to the logs, which provide additional context about the type error.'

/** The request, or what is wrong with it. */
function parse(text: string): ReadElement | string {
  let root: ReadElement
  try {
    root = readXml(text)
  } catch (error) {
    return `Parse error: ${messageOf(error)}`
  }
  if (root.name === d('searchrequest')) return root
  return `Unexpected document type: ${root.name} for this Content-Type, expected {DAV:}searchrequest or {DAV:}query-schema-discovery`
}

const scopesOf = (query: ReadElement) => {
  const from = childOf(query, d('from'))
  return from && childOf(from, d('scope'))
}

/** The folder below which is searched. */
function scopeOf(dav: DavContext, query: ReadElement): FileResource {
  const scope = scopesOf(query)
  const href = (scope && childOf(scope, d('href'))?.text.trim()) ?? ''
  const address = href.startsWith(dav.server.base) ? href.slice(dav.server.base.length) : href
  if (address === '') throw unexpected('TypeError', TYPE_ERROR)
  const [kind, userId, ...names] = rawurldecode(address).split('/').filter(Boolean)
  if (kind !== 'files' || userId !== dav.userId)
    throw unexpected('InvalidArgumentException', 'Search is only supported on directories')
  const found = findFile(dav, { userId, prefix: `files/${userId}` }, `/${names.join('/')}`)
  if (found instanceof FileResource && found.collection) return found
  throw unexpected('InvalidArgumentException', 'Search is only supported on directories')
}

function depthOf(query: ReadElement): number {
  const scope = scopesOf(query)
  const depth = (scope && childOf(scope, d('depth'))?.text.trim()) ?? 'infinity'
  return /^\d+$/.test(depth) ? Number(depth) : Number.POSITIVE_INFINITY
}

/** All below a folder, so many levels deep. */
function below(dav: DavContext, folder: files.Entry, depth: number): files.Entry[] {
  if (depth < 1) return []
  return files
    .list(dav.world, folder)
    .flatMap((entry) => [entry, ...(files.isFolder(entry) ? below(dav, entry, depth - 1) : [])])
}

function sort(dav: DavContext, query: ReadElement, found: files.Entry[]): files.Entry[] {
  const foldersFirst = (a: files.Entry, b: files.Entry) => Number(files.isFolder(b)) - Number(files.isFolder(a))
  const orders = (childOf(query, d('orderby'))?.children ?? []).flatMap((order) => {
    const name = propertyNames(childOf(order, d('prop')))?.[0]
    return name === undefined ? [] : [{ name, sign: childOf(order, d('descending')) ? -1 : 1 }]
  })
  return found.sort((a, b) => {
    for (const { name, sign } of orders) {
      const compared = compareEntries(dav, name, a, b)
      if (compared !== 0) return sign * compared
    }
    return (orders.length === 0 ? foldersFirst(a, b) : 0) || a.node.id - b.node.id
  })
}

function page(query: ReadElement, found: files.Entry[]): files.Entry[] {
  const limit = childOf(query, d('limit'))
  const number = (name: string) => Number.parseInt((limit && childOf(limit, name)?.text) ?? '', 10) || 0
  const first = number(firstResult)
  const count = number(nresults)
  return found.slice(first, count > 0 ? first + count : undefined)
}
