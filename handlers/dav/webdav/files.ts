import type { ReadElement } from '#dav/read-xml.ts'
import type { Archive, DavContext, Destination, Download, Headers, Resource } from '#dav/resource.ts'
import { d, nc, oc } from '#dav/xml.ts'
import { toInt } from '#lib/php.ts'
import { byRelease } from '#lib/releases.ts'
import type { Answer } from '#line/call.ts'
import { conflict, forbidden, notFound, unexpected } from '#line/dav-exit.ts'
import { seesFiles } from '#world/accounts/tokens.ts'
import type { Entry } from '#world/files/files.ts'
import * as files from '#world/files/files.ts'
import { setFavorite, setTags } from '#world/files/tags.ts'
import * as tree from '#world/files/tree.ts'
import type { World } from '#world/world.ts'
import * as properties from '../state/file-properties.ts'
import { archiveOf } from './archive.ts'
import { checkName, checkSegments } from './check-name.ts'
import { folder } from './collections.ts'
import { downloadOf } from './download.ts'
import { davFileId, etagOf, fileProperty } from './file-properties.ts'
import { type FilesView, seenIn } from './files-view.ts'
import { hashOf } from './hashes.ts'
import { isLockProperty, lockProperty } from './lock-properties.ts'
import { checkMetadata } from './metadata.ts'
import { checkMountMove } from './mount-moves.ts'
import { errorOfOutcome, hiddenName } from './outcome-errors.ts'
import { canRename, davPermissions } from './permissions.ts'
import { announcedSize, checkFolderQuota, checkQuota } from './quota.ts'
import { reportFiles } from './report.ts'
import { isSharingProperty, sharingProperty } from './share-properties.ts'
import { readDate, readTime, readUpload, type Upload } from './upload-headers.ts'
import { checkMayTake } from './view-only.ts'

/**
 * A file or folder of an account.
 * @param path below the top of the view
 * @throws DavError 404
 */
export function findFile(dav: DavContext, view: FilesView, path: string, told?: (missing: string) => string): Resource {
  checkSegments(dav, path)
  const wanted = files.normalize(path)
  if (!seesFiles(dav.actor.token)) return lockedOut(view, wanted, told)
  const inAccount = files.normalize(`${view.top ?? ''}${wanted}`)
  const entry = files.resolve(dav.world, view.userId, inAccount)
  if (entry && isFound(view, entry)) return new FileResource(dav, seenIn(view, entry), view)
  // Something that is there and cannot be read is hidden without a word.
  if (entry && dav.server.public) throw notFound('')
  if (NAMES_FIRST.at(dav.world.release))
    requireFolder(dav, files.resolve(dav.world, view.userId, files.dirName(inAccount)))
  const untold = NAMES_FIRST.at(dav.world.release) ? firstMissing(dav.world, view, wanted) : wanted
  const missing = told ? told(wanted) : untold
  throw notFound(`File with name ${missing} could not be located`)
}

/** Nothing lies in a file. */
function requireFolder({ server }: DavContext, parent: Entry | undefined): void {
  if (parent && !files.isFolder(parent) && !server.public)
    throw notFound(`Node with name '${files.baseName(parent.path)}' could not be found`)
}

/** Whether what is missing is told by the topmost part of a path that is not there. */
const NAMES_FIRST = byRelease(true, { 33: false })

/** The topmost part of a path that is not there, below a parent whose path ends with a slash at the top alone. */
function firstMissing(world: World, view: FilesView, path: string): string {
  const parent = files.dirName(path)
  const isThere = parent === '/' || files.resolve(world, view.userId, files.normalize(`${view.top ?? ''}${parent}`))
  return isThere ? `${parent}/${files.baseName(path)}` : firstMissing(world, view, parent)
}

/** An app password that is kept from files finds an empty folder, in which nothing can be done. */
function lockedOut(view: FilesView, path: string, told = (missing: string) => missing): Resource {
  if (path !== '/') throw notFound(`File with name ${told(path)} could not be located`)
  return folder(view.prefix)
}

/** What cannot be read is not there, but for the folders of a drop, into which things are put. */
function isFound(view: FilesView, entry: Entry): boolean {
  const isDrop = view.mask !== undefined && (view.mask & files.PERMISSION.read) === 0
  return files.may(seenIn(view, entry), 'read') || (isDrop && files.isFolder(entry))
}

/** A file or folder as WebDAV sees it. */
export class FileResource implements Resource {
  readonly path: string
  readonly collection: boolean
  readonly etag: string | undefined
  readonly lastModified: number
  readonly entry: Entry
  readonly download: (() => Download) | undefined
  readonly recalculate: ((algorithm: string) => Promise<Headers>) | undefined
  readonly #dav: DavContext
  readonly #view: FilesView
  readonly #listed: boolean

  /** @param listed as a member of a folder that was asked for */
  constructor(dav: DavContext, entry: Entry, view: FilesView, listed = false) {
    this.#listed = listed
    this.#dav = dav
    this.#view = view
    this.entry = entry.path === '/' && dav.actor.via === 'session' ? withoutSharing(entry) : entry
    this.path = (view.prefix + entry.path.slice(view.top?.length ?? 0)).replace(/^\/|\/$/g, '')
    this.collection = files.isFolder(entry)
    this.etag = this.collection ? undefined : etagOf(dav.world, entry)
    this.lastModified = entry.node.mtime
    this.download = this.collection ? undefined : () => downloadOf(dav, entry, view)
    this.recalculate = this.collection ? undefined : (algorithm) => this.#recalculate(algorithm)
  }

  property(name: string) {
    if (name === oc('permissions')) return davPermissions(this.#dav.world, this.entry, this.#listed)
    if (isLockProperty(name)) return lockProperty(this.#dav, this.entry, name, this.#depth())
    if (isSharingProperty(name)) return sharingProperty(this.#dav, this.entry, name, this.#listed)
    const told = this.#view.property?.(name)
    return told === undefined ? fileProperty(this.#dav, this.entry, this.path, name) : (told ?? undefined)
  }

  /** How deep this one is asked: members of a folder once less deep than the folder. */
  #depth(): string {
    const depth = this.#dav.call.header('depth')
    const isDeeper = depth === 'infinity' || Number(depth) > 1
    return this.#listed && !isDeeper ? '0' : depth
  }

  members(): Resource[] {
    if (!this.collection) return []
    return files
      .list(this.#dav.world, this.entry)
      .map((entry) => new FileResource(this.#dav, seenIn(this.#view, entry), this.#view, true))
  }

  archive(names: readonly string[]): Archive {
    return archiveOf(this.#dav, this.entry, names)
  }

  put(body: Uint8Array): Promise<Headers> {
    checkQuota(this.#dav, this.#view, this.entry, { bytes: announcedSize(this.#dav, body) })
    return this.#write(this.entry.path, body, files.mayWrite(this.entry))
  }

  createFile(name: string, body: Uint8Array): Promise<Headers> {
    if (!this.collection) throw notFound(`Node with name '${files.baseName(this.entry.path)}' could not be found`)
    checkQuota(this.#dav, this.#view, this.entry, { bytes: announcedSize(this.#dav, body), name })
    return this.#write(files.joinPath(this.entry.path, name), body, files.may(this.entry, 'create'))
  }

  createFolder(name: string): Headers {
    checkFolderQuota(this.#dav, this.#view, this.entry)
    if (!files.may(this.entry, 'create')) throw forbidden('')
    checkName(this.#dav.world, name, 'folder')
    const made = files.makeFolder(this.#dav.world, this.entry.userId, files.joinPath(this.entry.path, name))
    if (made.outcome !== 'created') throw conflict(made.outcome)
    return this.#idHeader(made.entry)
  }

  remove(): void {
    if (this.entry.path === '/') throw forbidden('Permission denied to delete home folder')
    if (this.entry.path === this.#view.top || !files.may(this.entry, 'delete')) throw forbidden('')
    if (files.remove(this.#dav.world, this.entry) === 'forbidden') throw forbidden('')
  }

  move(target: Destination): Headers {
    checkMayTake(this.#dav, this.entry, this.#view)
    if (!this.collection) this.#checkRoom(target)
    if (this.path.startsWith(`${target.path}/`)) throw forbidden(`${this.path} cannot be moved to it's parent`)
    const to = this.#targetPath(target)
    this.#checkMove(target, to)
    const moved = files.move(this.#dav.world, this.entry, to)
    if (!('entry' in moved)) throw errorOfOutcome(moved.outcome, target.path)
    const etag = etagOf(this.#dav.world, moved.entry)
    const tags: Headers = files.isFolder(moved.entry)
      ? []
      : [
          ['OC-ETag', etag],
          ['ETag', etag],
        ]
    return [...tags, ...this.#idHeader(moved.entry)]
  }

  copy(target: Destination): Headers {
    checkMayTake(this.#dav, this.entry, this.#view)
    // What is overwritten goes first, and this with it where it lies in it (Nextcloud 34.0.1, asked).
    if (target.existing && this.path.startsWith(`${target.path}/`)) {
      target.existing.remove?.()
      throw notFound(`File with name ${this.entry.path} could not be located`)
    }
    const to = this.#targetPath(target)
    this.#checkRoom(target)
    if (target.name === '.htaccess') throw hiddenName(to)
    checkName(this.#dav.world, target.name, 'target')
    checkTarget(target)
    const copied = files.copy(this.#dav.world, this.entry, to)
    if (!('entry' in copied)) throw errorOfOutcome(copied.outcome, target.path)
    return this.#idHeader(copied.entry)
  }

  changes(name: string): boolean {
    return !this.#dav.server.public || PUBLIC_CHANGES.has(name)
  }

  patch(name: string, value: ReadElement | null): number {
    const { world, userId } = this.#dav
    const { node } = this.entry
    const text = value?.text ?? ''
    switch (name) {
      case oc('favorite'):
        setFavorite(world, userId, node.id, value !== null && !['0', '', 'false'].includes(text), this.path)
        return value === null ? 204 : 200
      case oc('tags'):
        setTags(world, userId, node.id, value?.children.map((tag) => tag.text) ?? [])
        return value === null ? 204 : 200
      case d('displayname'):
        return 403
      case d('lastmodified'):
        return this.#change(text, () => ({ mtime: readTime(text, this.#dav.world.release) }))
      case d('getetag'):
        return this.#change(text, () => ({ etag: text }))
      case nc('creation_time'):
        return this.#change(text, () => ({ createdAt: toInt(text) }))
      case d('creationdate'):
        return this.#change(text, () => ({ createdAt: readDate(world, text) }))
    }
    checkMetadata(world, name)
    properties.set(world, userId, `file/${node.id}`, name, value === null ? null : properties.keptValue(value))
    return value === null ? 204 : 200
  }

  report(root: ReadElement): Answer | undefined | Promise<Answer | undefined> {
    return reportFiles(this.#dav, this, root)
  }

  /** The same folder, other entry: what a report lists. */
  at(entry: Entry): FileResource {
    return new FileResource(this.#dav, entry, this.#view)
  }

  #change(text: string, change: () => Partial<tree.FileNode>): number {
    if (text === '' || text === '0') return 403
    tree.touch(this.#dav.world, this.entry.node.id, change())
    return 200
  }

  async #recalculate(algorithm: string): Promise<Headers> {
    const { world } = this.#dav
    const hash = await hashOf(algorithm, files.bytesOf(files.contentOf(world, this.entry.node)))
    if (hash === null)
      throw unexpected('ValueError', 'hash_file(): Argument #1 ($algo) must be a valid hashing algorithm')
    const checksum = `${algorithm.toUpperCase()}:${hash}`
    tree.touch(world, this.entry.node.id, { checksum })
    return [['OC-Checksum', checksum]]
  }

  /** Take a file that came in chunks. */
  async receive(name: string, content: files.Content): Promise<Headers> {
    const isNew = files.may(this.entry, 'create')
    const { entry, upload } = await this.#store(files.joinPath(this.entry.path, name), content, isNew)
    const etag = etagOf(this.#dav.world, entry)
    return [...upload.headers, ['OC-ETag', etag], ['ETag', etag], ...this.#idHeader(entry)]
  }

  async #write(path: string, body: Uint8Array, allowed: boolean): Promise<Headers> {
    const { entry, upload } = await this.#store(path, files.contentFrom(body), allowed, body)
    const etag = etagOf(this.#dav.world, entry)
    const readable = files.may(entry, 'read')
    return [
      ...upload.headers,
      ...(readable ? this.#idHeader(entry) : []),
      ['Content-Length', '0'],
      ['ETag', etag],
      ['OC-ETag', etag],
      ...(this.#dav.server.public ? [] : [['X-NC-OwnerId', entry.owner] as const]),
      ...(readable ? [['X-NC-Permissions', davPermissions(this.#dav.world, entry)] as const] : []),
    ]
  }

  /** Write a file; `body` are its bytes where somebody may want a hash of them. */
  async #store(
    path: string,
    content: files.Content,
    allowed: boolean,
    body?: Uint8Array,
  ): Promise<{ entry: Entry; upload: Upload }> {
    const name = files.baseName(path)
    if (name === '.htaccess') throw hiddenName(path)
    checkName(this.#dav.world, name)
    const upload = await readUpload(this.#dav.call, this.#dav.world.release, body)
    if (!allowed) throw forbidden('')
    const written = files.put(this.#dav.world, this.entry.userId, path, content, upload.options)
    if (!('entry' in written)) throw errorOfOutcome(written.outcome, `${this.#view.prefix}${path}`.replace(/^\//, ''))
    if (upload.problem) throw upload.problem
    return { entry: seenIn(this.#view, written.entry), upload }
  }

  #idHeader(entry: Entry): Headers {
    return [['OC-FileId', davFileId(this.#dav, entry.node.id)]]
  }

  /** Whether it would fit where it goes, even where it lies there already (Nextcloud 34.0.1, asked). */
  #checkRoom({ existing, parent }: Destination): void {
    const where = existing instanceof FileResource ? existing : parent
    if (where instanceof FileResource) checkQuota(this.#dav, this.#view, where.entry, { bytes: this.entry.node.size })
  }

  /**
   * Whether so many bytes fit here.
   * @throws DavError 507
   */
  checkRoomFor(bytes: number): void {
    checkQuota(this.#dav, this.#view, this.entry, { bytes })
  }

  #targetPath({ parent, name }: Destination): string {
    if (!(parent instanceof FileResource)) {
      throw forbidden(
        this.collection
          ? 'Permission denied to create directory'
          : `Permission denied to create file (filename ${name})`,
      )
    }
    return files.joinPath(parent.entry.path, name)
  }

  #checkMove(target: Destination, to: string): void {
    if (target.name === '.htaccess') throw hiddenName(to)
    checkName(this.#dav.world, target.name, 'target')
    const renamed = files.dirName(this.entry.path) === files.dirName(to)
    if (renamed && !canRename(this.entry)) throw forbidden(`${this.path} cannot be renamed`)
    if (!renamed && !files.may(this.entry, 'delete')) throw forbidden(`${this.path} cannot be deleted`)
    checkMountMove(this.#dav.world, this.entry, to)
    checkTarget(target)
  }
}

/** A browser's session sees its own top as something that cannot be shared (Nextcloud 34.0.1, corpus). */
const withoutSharing = (entry: Entry): Entry => ({ ...entry, permissions: entry.permissions & ~files.PERMISSION.share })

/** What those can change of a file who are not logged in. */
const PUBLIC_CHANGES: ReadonlySet<string> = new Set([
  ...['displayname', 'lastmodified', 'getetag', 'creationdate'].map(d),
  nc('creation_time'),
])

/** Whether something may be put in a place, as far as the one who asks is allowed there. */
function checkTarget({ parent, existing }: Destination): void {
  const allowed =
    existing instanceof FileResource
      ? files.may(existing.entry, 'update')
      : parent instanceof FileResource && files.may(parent.entry, 'create')
  if (!allowed) throw forbidden('')
}
