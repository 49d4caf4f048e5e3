import type { Answer } from '../../../src/call.ts'
import { conflict, forbidden, insufficientStorage, invalidPath, notFound, unexpected } from '../../../src/dav/errors.ts'
import type { ReadElement } from '../../../src/dav/read-xml.ts'
import type { Dav, Download, Headers, Resource, Target } from '../../../src/dav/resource.ts'
import { d, FILES_NAMESPACES, nc, oc } from '../../../src/dav/xml.ts'
import * as properties from '../../../src/world/file-properties.ts'
import { setFavorite, setTags } from '../../../src/world/file-tags.ts'
import * as tree from '../../../src/world/file-tree.ts'
import type { Entry } from '../../../src/world/files.ts'
import * as files from '../../../src/world/files.ts'
import { secureMime } from '../../../src/world/mime.ts'
import { davFileId, etagOf, fileProperty } from './file-properties.ts'
import { checkName } from './names.ts'
import { canRename, davPermissions } from './permissions.ts'
import { reportFiles } from './report.ts'
import type { ServerKind } from './server.ts'
import { readUpload, type Upload } from './upload-headers.ts'

/** The older server: the caller's files at its top. */
export const webdavServer: ServerKind = {
  features: '1, 3, extended-mkcol, nextcloud-checksum-update, 2',
  reports: [oc('filter-files')],
  namespaces: FILES_NAMESPACES,
  extended: true,
  full: false,
  find: (dav, path) => findFile(dav, dav.userId, path, '', (missing) => missing.slice(1)),
}

/**
 * A file or folder of an account.
 * @param prefix where its files begin below the server's base: `files/alice`
 * @throws DavError 404
 */
export function findFile(
  dav: Dav,
  userId: string,
  path: string,
  prefix: string,
  told: (missing: string) => string = (missing) => missing,
): Resource {
  const wanted = files.normalize(path)
  const entry = files.resolve(dav.world, userId, wanted)
  if (entry && files.may(entry, 'read')) return new FileResource(dav, entry, prefix)
  const parent = files.resolve(dav.world, userId, files.dirName(wanted))
  if (parent && !files.isFolder(parent))
    throw notFound(`Node with name '${files.baseName(parent.path)}' could not be found`)
  throw notFound(`File with name ${told(wanted)} could not be located`)
}

/** A file or folder as WebDAV sees it. */
export class FileResource implements Resource {
  readonly path: string
  readonly collection: boolean
  readonly etag: string | undefined
  readonly lastModified: number
  readonly entry: Entry
  readonly download: (() => Download) | undefined
  readonly #dav: Dav
  readonly #prefix: string

  constructor(dav: Dav, entry: Entry, prefix: string) {
    this.#dav = dav
    this.#prefix = prefix
    this.entry = entry
    this.path = (prefix + entry.path).replace(/^\/|\/$/g, '')
    this.collection = files.isFolder(entry)
    this.etag = this.collection ? undefined : etagOf(entry)
    this.lastModified = entry.node.mtime
    this.download = this.collection ? undefined : () => this.#download()
  }

  property(name: string) {
    return fileProperty(this.#dav, this.entry, this.path, name)
  }

  members(): Resource[] {
    if (!this.collection) return []
    return files.list(this.#dav.world, this.entry).map((entry) => new FileResource(this.#dav, entry, this.#prefix))
  }

  #download(): Download {
    const { node } = this.entry
    const name = encodeURIComponent(node.name === '' ? '' : files.baseName(this.entry.path)).replace(
      /[!'()*]/g,
      (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
    )
    const type = secureMime(node.mime)
    return {
      content: files.contentOf(this.#dav.world, node),
      size: node.size,
      type: type.startsWith('text/') ? `${type};charset=UTF-8` : type,
      headers: [
        ['Content-Disposition', `attachment; filename*=UTF-8''${name}; filename="${name}"`],
        ...(node.checksum === '' ? [] : [['OC-Checksum', node.checksum] as const]),
        ['X-Accel-Buffering', 'no'],
      ],
    }
  }

  put(body: Uint8Array): Promise<Headers> {
    return this.#write(this.entry.path, body)
  }

  createFile(name: string, body: Uint8Array): Promise<Headers> {
    if (!this.collection) throw notFound(`Node with name '${files.baseName(this.entry.path)}' could not be found`)
    return this.#write(files.joinPath(this.entry.path, name), body)
  }

  createFolder(name: string): Headers {
    if (!files.may(this.entry, 'create')) throw forbidden('')
    checkName(this.#dav.world, name, 'folder')
    const made = files.makeFolder(this.#dav.world, this.entry.userId, files.joinPath(this.entry.path, name))
    if (made.outcome !== 'created') throw conflict(made.outcome)
    return this.#idHeader(made.entry)
  }

  remove(): void {
    if (this.entry.path === '/') throw forbidden('Permission denied to delete home folder')
    if (files.remove(this.#dav.world, this.entry) === 'forbidden') throw forbidden('')
  }

  move(target: Target): Headers {
    if (this.path.startsWith(`${target.path}/`)) throw forbidden(`${this.path} cannot be moved to it's parent`)
    const to = this.#targetPath(target)
    this.#checkMove(target, to)
    const moved = files.move(this.#dav.world, this.entry, to)
    if (!('entry' in moved)) throw refused(moved.outcome, target.path)
    const etag = etagOf(moved.entry)
    const tags: Headers = files.isFolder(moved.entry)
      ? []
      : [
          ['OC-ETag', etag],
          ['ETag', etag],
        ]
    return [...tags, ...this.#idHeader(moved.entry)]
  }

  copy(target: Target): Headers {
    const to = this.#targetPath(target)
    checkName(this.#dav.world, target.name)
    const copied = files.copy(this.#dav.world, this.entry, to)
    if (!('entry' in copied)) throw refused(copied.outcome, target.path)
    return this.#idHeader(copied.entry)
  }

  patch(name: string, value: ReadElement | null): number {
    const { world, userId } = this.#dav
    const { node } = this.entry
    const text = value?.text ?? ''
    switch (name) {
      case oc('favorite'):
        setFavorite(world, userId, node.id, value !== null && !['0', '', 'false'].includes(text))
        return value === null ? 204 : 200
      case oc('tags'):
        setTags(world, userId, node.id, value?.children.map((tag) => tag.text) ?? [])
        return value === null ? 204 : 200
      case d('displayname'):
        return 403
      case d('lastmodified'):
        return this.#change(text, () => ({ mtime: Math.trunc(Number(text)) }))
      case d('getetag'):
        return this.#change(text, () => ({ etag: text }))
      case nc('creation_time'):
        return this.#change(text, () => ({ createdAt: Math.trunc(Number(text)) }))
      case d('creationdate'):
        return this.#change(text, () => ({ createdAt: Math.floor(Date.parse(text) / 1000) }))
    }
    properties.set(world, userId, `file/${node.id}`, name, value === null ? null : text)
    return value === null ? 204 : 200
  }

  report(root: ReadElement): Answer | undefined | Promise<Answer | undefined> {
    return reportFiles(this.#dav, this, root)
  }

  /** The same folder, other entry: what a report lists. */
  at(entry: Entry): FileResource {
    return new FileResource(this.#dav, entry, this.#prefix)
  }

  #change(text: string, change: () => Partial<tree.FileNode>): number {
    if (text === '' || text === '0') return 403
    tree.touch(this.#dav.world, this.entry.node.id, change())
    return 200
  }

  /** Take a file that came in chunks. */
  async receive(name: string, content: files.Content): Promise<Headers> {
    const { entry, upload } = await this.#store(files.joinPath(this.entry.path, name), content)
    const etag = etagOf(entry)
    return [...upload.headers, ['OC-ETag', etag], ['ETag', etag], ...this.#idHeader(entry)]
  }

  async #write(path: string, body: Uint8Array): Promise<Headers> {
    const { entry, upload } = await this.#store(path, files.contentFrom(body), body)
    const etag = etagOf(entry)
    return [
      ...upload.headers,
      ...this.#idHeader(entry),
      ['Content-Length', '0'],
      ['ETag', etag],
      ['OC-ETag', etag],
      ['X-NC-OwnerId', entry.owner],
      ['X-NC-Permissions', davPermissions(entry)],
    ]
  }

  /** Write a file; `body` are its bytes where somebody may want a hash of them. */
  async #store(path: string, content: files.Content, body?: Uint8Array): Promise<{ entry: Entry; upload: Upload }> {
    const name = files.baseName(path)
    if (name === '.htaccess') throw unexpected('OCP\\Files\\ForbiddenException', `Invalid path: files${path}`)
    checkName(this.#dav.world, name)
    const upload = await readUpload(this.#dav.call, body)
    const written = files.put(this.#dav.world, this.entry.userId, path, content, upload.options)
    if (!('entry' in written)) throw refused(written.outcome, `${this.#prefix}${path}`.replace(/^\//, ''))
    if (upload.problem) throw upload.problem
    return { entry: written.entry, upload }
  }

  #idHeader(entry: Entry): Headers {
    return [['OC-FileId', davFileId(this.#dav, entry.node.id)]]
  }

  #targetPath({ parent, name }: Target): string {
    if (!(parent instanceof FileResource)) throw forbidden(`Permission denied to create file (filename ${name})`)
    return files.joinPath(parent.entry.path, name)
  }

  #checkMove(target: Target, to: string): void {
    if (target.name === '.htaccess') throw unexpected('OCP\\Files\\ForbiddenException', `Invalid path: files${to}`)
    checkName(this.#dav.world, target.name)
    const renamed = files.dirName(this.entry.path) === files.dirName(to)
    if (renamed && !canRename(this.entry)) throw forbidden(`${this.path} cannot be renamed`)
    if (!renamed && !files.may(this.entry, 'delete')) throw forbidden(`${this.path} cannot be deleted`)
  }
}

/** Why the world did not do it, as WebDAV says it. */
function refused(outcome: string, path: string): Error {
  if (outcome === 'no-space') return insufficientStorage(`Insufficient space in ${path}`)
  if (outcome === 'no-parent' || outcome === 'not-found')
    return notFound(`File with name /${path} could not be located`)
  if (outcome === 'is-folder') return conflict('PUT is not allowed on non-files.')
  return outcome === 'bad-name' ? invalidPath('Invalid target path') : forbidden('')
}
