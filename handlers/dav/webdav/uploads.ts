import { pathOfAddress } from '#dav/address.ts'
import { allowedMethods } from '#dav/methods.ts'
import {
  type DavContext,
  type Destination,
  findOrNone,
  type Headers,
  parentPath,
  type Resource,
} from '#dav/resource.ts'
import { d, element } from '#dav/xml.ts'
import { httpDate } from '#lib/http-date.ts'
import { isNumeric } from '#lib/php.ts'
import { badRequest, forbidden, methodNotAllowed, notFound } from '#line/dav-exit.ts'
import * as users from '#world/accounts/users.ts'
import { contentFrom } from '#world/files/content.ts'
import type { FileNode } from '#world/files/tree.ts'
import * as uploads from '../state/uploads.ts'
import { FileResource } from './files.ts'

/** The name under which all chunks of an upload are one file. */
const WHOLE = '.file'

/** `uploads/alice/transfer/chunk`. Whatever account the path names, the caller's uploads are meant. */
export function openUpload(dav: DavContext, [owner, transfer, chunk, ...rest]: string[]): Resource {
  const user = users.find(dav.world, owner!)
  if (!user) throw notFound(`Principal with name ${owner} not found`)
  return openUploadBelow(dav, `uploads/${owner}`, transfer, chunk, rest)
}

/** What lies in the uploads of the caller, wherever those are shown. Whoever comes there makes their folder. */
export function openUploadBelow(
  dav: DavContext,
  path: string,
  transfer: string | undefined,
  chunk: string | undefined,
  rest: readonly string[],
): Resource {
  const top = uploads.ensureTop(dav.world, dav.userId)
  if (transfer === undefined) return uploadsFolder(dav, path, top)
  const upload = uploads.find(dav.world, dav.userId, transfer)
  if (!upload) throw notFound(`File with name //${transfer} could not be located`)
  if (chunk === undefined) return uploadFolder(dav, `${path}/${transfer}`, upload)
  if (rest.length > 0) throw notFound(`Node with name '${chunk}' could not be found`)
  if (chunk === WHOLE) return wholeFile(dav, `${path}/${transfer}/${WHOLE}`, upload)
  const node = uploads.chunk(dav.world, upload, chunk)
  if (!node) throw notFound(`File with name /${transfer}/${chunk} could not be located`)
  return chunkFile(dav, `${path}/${transfer}/${chunk}`, node)
}

const denyFile = (name: string): never => {
  throw forbidden(`Permission denied to create file (filename ${name})`)
}

const folderProperties = (node: FileNode) => (name: string) => {
  if (name === d('getlastmodified')) return httpDate(node.mtime)
  return name === d('resourcetype') ? [element(d('collection'))] : undefined
}

function uploadsFolder(dav: DavContext, path: string, top: FileNode): Resource {
  const { world, userId } = dav
  return {
    path,
    collection: true,
    property: folderProperties(top),
    members() {
      throw methodNotAllowed('Listing members of this collection is disabled', allowedMethods(dav, path))
    },
    createFile: denyFile,
    remove() {
      throw forbidden('')
    },
    createFolder(name) {
      uploads.begin(world, userId, name)
      return []
    },
  }
}

function uploadFolder(dav: DavContext, path: string, upload: FileNode): Resource {
  const { world } = dav
  return {
    path,
    collection: true,
    lastModified: upload.mtime,
    property: folderProperties(upload),
    members: () => [
      wholeFile(dav, `${path}/${WHOLE}`, upload),
      ...uploads.chunks(world, upload).map((node) => chunkFile(dav, `${path}/${node.name}`, node)),
    ],
    createFile(name, body) {
      checkAnnounced(dav)
      uploads.putChunk(world, upload, name, contentFrom(body))
      return [['Content-Length', '0']]
    },
    createFolder: denyFile,
    move() {
      throw forbidden('Permission denied to rename this folder')
    },
    remove: () => uploads.drop(world, upload),
  }
}

/** A first chunk that says how large all of them will be and where they go. */
function checkAnnounced(dav: DavContext): void {
  const [announced, destination] = [dav.call.header('oc-total-length'), dav.call.header('destination')]
  if (destination === '' || !isNumeric(announced)) return
  const path = pathOfAddress(dav, destination)
  const where = findOrNone(dav, path) ?? findOrNone(dav, parentPath(path))
  if (where instanceof FileResource) where.checkRoomFor(Number(announced))
}

function unread(dav: DavContext, path: string): never {
  throw methodNotAllowed('Reading intermediate uploads is not allowed', allowedMethods(dav, path))
}

function chunkFile(dav: DavContext, path: string, node: FileNode): Resource {
  const { world } = dav
  return {
    path,
    collection: false,
    etag: `"${node.etag}"`,
    lastModified: node.mtime,
    property: fileProperties(node, node.etag, node.mime),
    download: () => unread(dav, path),
    put(body) {
      uploads.putChunk(world, uploads.find(world, dav.userId, path.split('/')[2]!)!, node.name, contentFrom(body))
      return [['Content-Length', '0']]
    },
    remove: () => uploads.drop(world, node),
  }
}

function fileProperties({ size, mtime }: FileNode, etag: string, mime: string) {
  const values: Readonly<Record<string, string | number | readonly []>> = {
    [d('getlastmodified')]: httpDate(mtime),
    [d('getcontentlength')]: size,
    [d('resourcetype')]: [],
    [d('getetag')]: `"${etag}"`,
    [d('getcontenttype')]: mime,
  }
  return (name: string) => values[name]
}

/** All chunks as one file. Moving it to where it belongs puts it together and ends the upload. */
function wholeFile(dav: DavContext, path: string, upload: FileNode): Resource {
  return {
    path,
    collection: false,
    etag: `"${upload.etag}"`,
    lastModified: upload.mtime,
    property: fileProperties(upload, upload.etag, 'application/octet-stream'),
    download: () => unread(dav, path),
    remove: () => uploads.drop(dav.world, upload),
    move: (target) => finish(dav, upload, target),
  }
}

async function finish(dav: DavContext, upload: FileNode, target: Destination): Promise<Headers> {
  if (target.existing?.collection) throw badRequest(`The given destination ${target.path} is a directory.`)
  const announced = dav.call.header('oc-total-length')
  if (announced !== '' && announced !== String(upload.size)) {
    throw badRequest(`Chunks on server do not sum up to ${announced} but to ${upload.size} bytes`)
  }
  if (!(target.parent instanceof FileResource)) return denyFile(target.name)
  const where = target.existing instanceof FileResource ? target.existing : target.parent
  where.checkRoomFor(upload.size)
  const headers = await target.parent.receive(target.name, uploads.assemble(dav.world, upload))
  uploads.drop(dav.world, upload)
  return headers
}
