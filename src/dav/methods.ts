import { messageOf } from '#lib/errors.ts'
import { httpDate } from '#lib/http-date.ts'
import type { Answer } from '#line/call.ts'
import {
  badRequest,
  conflict,
  DavError,
  forbidden,
  notFound,
  notImplemented,
  preconditionFailed,
  rangeNotSatisfiable,
  unexpected,
  unsupportedMediaType,
} from '#line/dav-exit.ts'
import { bytesOf } from '#world/files/content.ts'
import { reportAnywhere } from './acl-reports.ts'
import { pathOfAddress, TYPE_ERROR } from './address.ts'
import { tar } from './archive.ts'
import { type ReadElement, readXml } from './read-xml.ts'
import {
  type DavAnswer,
  type DavContext,
  type Destination,
  type Download,
  findOrNone,
  type Headers,
  lastName,
  parentPath,
  type Resource,
} from './resource.ts'
import { zip64 } from './zip64.ts'

const PLAIN = ['Content-type', 'text/html; charset=UTF-8'] as const
const NO_LENGTH = ['Content-Length', '0'] as const
const BASIC_METHODS = ['OPTIONS', 'GET', 'HEAD', 'DELETE', 'PROPFIND', 'PUT', 'PROPPATCH', 'COPY', 'MOVE', 'REPORT']

/** All methods that are answered somewhere, for editors. */
export const DAV_METHODS: readonly string[] = [...BASIC_METHODS, 'MKCOL', 'MKCALENDAR', 'SEARCH', 'LOCK', 'UNLOCK']

/** What can be done at a path, in the order of the `Allow` header. */
export function allowedMethods(dav: DavContext, path: string, known?: Resource): string[] {
  const methods = [...BASIC_METHODS]
  const resource = known ?? findOrNone(dav, path)
  if (!resource) methods.push('MKCOL', ...(dav.server.moreMethods?.(dav, path) ?? []))
  methods.push(...(resource?.methods ?? []))
  if (path === '' && dav.server.full) methods.push('SEARCH')
  return dav.server.extended ? [...methods, 'LOCK', 'UNLOCK'] : methods
}

const done = (status: number, headers: Headers = []): Answer => ({
  status,
  headers: [...headers, PLAIN],
  body: '',
})

export function options(dav: DavContext, path: string): Answer {
  const headers: [string, string][] = [
    ['Allow', allowedMethods(dav, path).join(', ')],
    ['DAV', dav.server.features],
    ['MS-Author-Via', 'DAV'],
    ['Accept-Ranges', 'bytes'],
    [...NO_LENGTH],
  ]
  if (path === '' && dav.server.full) headers.push(['DASL', '<DAV:basicsearch>'])
  return done(200, headers)
}

/** GET and HEAD; whoever sees the answer of a HEAD takes its body away. */
export function get(dav: DavContext, path: string): DavAnswer {
  const resource = dav.server.find(dav, path)
  const instead = resource.getInstead?.()
  if (instead) return instead
  if (!resource.download) {
    const archive = archiveOf(dav, resource)
    if (archive) return archive
    if (!dav.server.extended) throw notImplemented(NO_BROWSER)
    const body =
      'This is the WebDAV interface. It can only be accessed by WebDAV clients such as the Nextcloud desktop sync client.'
    return { ...done(200), body }
  }
  return download(dav, resource, resource.download())
}

/** Media types and short names by which a folder is wanted as one file, the first that the real server looks for first. */
const TAR = ['application/x-tar', 'tar']
const ZIP = ['application/zip', 'zip']

/** A folder as one file, where it is wanted so. The `Accept` header counts only where it is nothing but that type. */
function archiveOf({ call, world }: DavContext, resource: Resource): DavAnswer | null {
  if (!resource.archive || call.method === 'HEAD') return null
  const query = new URLSearchParams(call.query)
  const acceptParameter = query.get('accept') ?? ''
  const accepted =
    acceptParameter === ''
      ? [call.header('accept')]
      : acceptParameter.split(',').map((name) => name.trim().toLowerCase())
  const isTar = accepted.some((name) => TAR.includes(name))
  if (!isTar && !accepted.some((name) => ZIP.includes(name))) return null
  const names = wantedNames(query.get('files') ?? '', call.header('x-nc-files'))
  if (!names) return null
  const { name, entries } = resource.archive(names)
  const file = `${encodeURIComponent(name)}.${isTar ? 'tar' : 'zip'}`
  return {
    unsigned: true,
    namedIn: [],
    status: 200,
    headers: [
      ['Content-Disposition', `attachment; filename*=UTF-8''${file}; filename="${file}"`],
      ['Content-Type', isTar ? 'application/x-tar' : 'application/zip'],
      ...(isTar ? [['Cache-Control', 'public, must-revalidate'] as const] : []),
      ['Pragma', 'public'],
      ['Last-Modified', httpDate(world.clock.seconds())],
      ['Expires', '0'],
      ['Accept-Ranges', 'bytes'],
      ['Content-Transfer-Encoding', 'binary'],
      ['X-Accel-Buffering', 'no'],
    ],
    body: isTar ? tar(entries) : zip64(entries),
  }
}

/** What of a folder is wanted: a JSON list in the query, or headers; `null`: that list is none. */
function wantedNames(query: string, header: string): readonly string[] | null {
  if (query === '') return header === '' ? [] : [header]
  try {
    const parsed: unknown = JSON.parse(query)
    const names = Array.isArray(parsed) ? parsed : [parsed]
    return names.every((name) => typeof name === 'string') ? names : null
  } catch {
    return null
  }
}

const NO_BROWSER =
  'There was no plugin in the system that was willing to handle this GET method. Enable the Browser plugin to get a better result here.'

/** A file, or the part of it that `Range` asks for. */
export function download(dav: DavContext, resource: Resource, file: Download): Answer {
  const { size } = file
  const validators: [string, string][] = []
  if (resource.lastModified !== undefined) validators.push(['Last-Modified', httpDate(resource.lastModified)])
  if (resource.etag !== undefined) validators.push(['ETag', resource.etag])
  const range = rangeOf(dav, resource, size, validators)
  const [start, end] = range ?? [0, size - 1]
  const headers: [string, string][] = [['Content-type', file.type], ...validators]
  if (size > 0) headers.push(['Content-Length', String(end - start + 1)])
  if (range) headers.push(['Content-Range', `bytes ${start}-${end}/${size}`])
  if (resource.etag !== undefined && dav.server.extended) headers.push(['OC-ETag', resource.etag])
  for (const [name, value] of file.headers ?? []) headers.push([name, value])
  const hasBody = dav.call.method !== 'HEAD' && size > 0
  const body = hasBody ? bytesOf(file.content, start, end + 1) : ''
  return { status: range ? 206 : 200, headers, body }
}

/** First and last byte that are wanted; `null`: all. Several ranges, and broken ones, count as none. */
function rangeOf(dav: DavContext, resource: Resource, size: number, validators: Headers): [number, number] | null {
  const match = /^bytes=(\d*)-(\d*)$/i.exec(dav.call.header('range'))
  if (!match || (match[1] === '' && match[2] === '') || size === 0) return null
  const ifRange = dav.call.header('if-range')
  if (ifRange !== '' && !stillThatVersion(ifRange, resource)) return null
  if (match[1] === '') return [Math.max(0, size - Number(match[2])), size - 1]
  const start = Number(match[1])
  const end = match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1)
  const refuse = (message: string) => rangeNotSatisfiable(message, validators)
  if (start >= size) throw refuse(`The start offset (${start}) exceeded the size of the entity (${size})`)
  if (end < start) throw refuse(`The end offset (${end}) is lower than the start offset (${start})`)
  return [start, end]
}

function stillThatVersion(ifRange: string, { etag, lastModified }: Resource): boolean {
  const date = Date.parse(ifRange)
  return Number.isNaN(date) ? ifRange === etag : lastModified !== undefined && lastModified * 1000 <= date
}

export async function put(dav: DavContext, path: string): Promise<Answer> {
  const existing = findOrNone(dav, path)
  if (dav.call.header('content-range') !== '') throw badRequest('Content-Range on PUT requests are forbidden.')
  const body = await dav.call.body()
  if (existing) {
    if (existing.collection || !existing.put) throw conflict('PUT is not allowed on non-files.')
    return done(204, await existing.put(body))
  }
  if (dav.call.header('x-nc-webdav-auto-mkcol') !== '') makeFolders(dav, parentPath(path))
  const parent = parentForFile(dav, path)
  if (!parent.createFile) throw forbidden(`Permission denied to create file (filename ${lastName(path)})`)
  return done(201, await parent.createFile(lastName(path), body))
}

/** Where a new file goes. The newer server looks for it before it is asked whether it is one. */
function parentForFile(dav: DavContext, path: string): Resource {
  if (dav.server.full) return findParent(dav, path)
  const parent = findOrNone(dav, parentPath(path))
  if (!parent) throw conflict('Files cannot be created in non-existent collections')
  if (!parent.collection) throw conflict('Files can only be created as children of collections')
  return parent
}

/** Folders on the way to an upload, for clients that do not want to make them one by one. */
function makeFolders(dav: DavContext, path: string): void {
  if (path === '' || findOrNone(dav, path)) return
  makeFolders(dav, parentPath(path))
  findOrNone(dav, parentPath(path))?.createFolder?.(lastName(path))
}

/** Where something lies; nothing lies in a file. */
function findParent(dav: DavContext, path: string): Resource {
  const above = parentPath(path)
  const parent = dav.server.find(dav, above)
  if (!parent.collection) throw notFound(`Node with name '${lastName(above)}' could not be found`)
  return parent
}

/** What is taken out of a collection is looked for there, so that a collection that is missing is what is told. */
function findToTake(dav: DavContext, path: string): Resource {
  if (dav.server.full && parentPath(path) !== '') findParent(dav, path)
  return dav.server.find(dav, path)
}

export async function remove(dav: DavContext, path: string): Promise<Answer> {
  const resource = findToTake(dav, path)
  if (!resource.remove) throw forbidden('Permission denied to delete node')
  await resource.remove()
  return done(204, [NO_LENGTH])
}

export async function move(dav: DavContext, path: string): Promise<Answer> {
  const target = destinationOf(dav, path)
  const resource = findToTake(dav, path)
  if (!resource.move) throw forbidden('Permission denied to move node')
  const headers = await resource.move(target)
  return done(target.existing ? 204 : 201, withoutBody(headers))
}

/** Whoever makes a file on the way says how long its answer is. */
const withoutBody = (headers: Headers): Headers => [...headers.filter(([name]) => name !== 'Content-Length'), NO_LENGTH]

export async function copy(dav: DavContext, path: string): Promise<Answer> {
  const target = destinationOf(dav, path)
  const resource = dav.server.find(dav, path)
  if (!resource.copy) throw forbidden('Permission denied to copy node')
  return done(target.existing ? 204 : 201, withoutBody(await resource.copy(target)))
}

/**
 * Where MOVE and COPY go, after all that the protocol itself forbids.
 * @throws DavError 400, 403, 409, 412, 415
 */
export function destinationOf(dav: DavContext, path: string): Destination {
  const destination = dav.call.header('destination')
  if (destination === '') throw unexpected('TypeError', TYPE_ERROR)
  const destinationPath = pathOfAddress(dav, destination)
  const overwrite = dav.call.header('overwrite').toUpperCase() || 'T'
  if (overwrite !== 'T' && overwrite !== 'F') throw badRequest('The HTTP Overwrite header should be either T or F')
  const parent = findOrNone(dav, parentPath(destinationPath))
  if (!parent) throw conflict('The destination node is not found')
  if (!parent.collection) throw unsupportedMediaType('The destination node is not a collection')
  const existing = findOrNone(dav, destinationPath)
  if (existing && overwrite === 'F') {
    throw preconditionFailed(
      'The destination node already exists, and the overwrite header is set to false',
      'Overwrite',
    )
  }
  if (destinationPath === path) throw forbidden('Source and destination uri are identical.')
  if (destinationPath.startsWith(`${path}/`)) {
    throw conflict('The destination may not be part of the same subtree as the source path.')
  }
  return { path: destinationPath, parent, name: lastName(destinationPath), existing }
}

/** Of all bodies, that of a report is read where nothing catches what is wrong (Nextcloud 34.0.1, asked). */
function readReport(text: string): ReadElement {
  try {
    return readXml(text)
  } catch (error) {
    throw unexpected('Sabre\\Xml\\LibXMLException', messageOf(error))
  }
}

/** PATCH only lets the server hash a file again; its body is of no interest. */
export async function patch(dav: DavContext, path: string): Promise<Answer> {
  const headers = await dav.server.find(dav, path).recalculate?.(dav.call.header('x-recalculate-hash').toLowerCase())
  if (headers) return done(204, [...headers, NO_LENGTH])
  throw notImplemented('There was no plugin in the system that was willing to handle this PATCH method.')
}

export async function report(dav: DavContext, path: string): Promise<Answer> {
  const text = new TextDecoder().decode(await dav.call.body())
  if (text === '')
    throw unexpected('Sabre\\Xml\\ParseException', 'The input element to parse is empty. Do not attempt to parse')
  const root = readReport(text)
  const resource = dav.server.find(dav, path)
  const answer =
    (await resource.report?.(root)) ??
    (dav.server.full && (resource.acl || path === '') ? reportAnywhere(dav, path, root) : undefined) ??
    dav.server.report?.(dav, path, root)
  if (answer) return answer
  throw new DavError(415, 'Sabre\\DAV\\Exception\\ReportNotSupported', '', { details: ['<d:supported-report/>'] })
}

export async function post(dav: DavContext, path: string): Promise<Answer> {
  const body = await dav.call.body()
  const find = dav.server.full ? dav.server.find : findOrNone
  const answer = await (dav.server.post?.(dav, path, body) ?? find(dav, path)?.post?.(body))
  if (answer) return answer
  throw notImplemented('There was no plugin in the system that was willing to handle this POST method.')
}
