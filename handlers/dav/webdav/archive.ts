import type { ArchiveEntry } from '#dav/archive.ts'
import type { Archive, DavContext } from '#dav/resource.ts'
import { denied, notFound } from '#line/dav-exit.ts'
import * as files from '#world/files/files.ts'
import { mayDownload } from '#world/sharing/shown.ts'
import type { World } from '#world/world.ts'

/**
 * A folder of an account, or some things in it, as one file.
 * @throws DavError 404, and 403 where a received share among it must not be downloaded
 */
export function archiveOf(dav: DavContext, folder: files.Entry, names: readonly string[]): Archive {
  const { world } = dav
  const chosen = names.map((name) => {
    const found = files.resolve(world, folder.userId, files.joinPath(folder.path, name))
    if (!found) throw notFound(`File with name //${name} could not be located`)
    return found
  })
  const all = (names.length === 0 ? [folder] : chosen).flatMap((entry) => [...below(world, entry)])
  // Everything at once is not looked through (Nextcloud 34.0.1, asked).
  const isLookedAt = !dav.server.public && (folder.path !== '/' || names.length > 0)
  if (isLookedAt && all.some((entry) => !mayDownload(world, entry))) {
    throw denied('Access to this resource or one of its sub-items has been denied.')
  }
  const isTop = folder.path === '/'
  const name = isTop ? 'download' : files.baseName(folder.path)
  if (names.length > 0) return { name, entries: all.map((entry) => toEntry(dav, entry, folder.path)) }
  // The folder itself is called as the archive is; what the top holds lies in `files` (Nextcloud 34.0.1, asked).
  const [, ...inside] = all.map((entry) => toEntry(dav, entry, files.dirName(folder.path), isTop ? 'files' : ''))
  return { name, entries: [{ name: `${name}/`, mtime: world.clock.seconds(), bytes: null }, ...inside] }
}

function* below(world: World, entry: files.Entry): IterableIterator<files.Entry> {
  yield entry
  if (files.isFolder(entry)) for (const inner of files.list(world, entry)) yield* below(world, inner)
}

function toEntry({ world }: DavContext, entry: files.Entry, root: string, prefix = ''): ArchiveEntry {
  const name = `${prefix}${root === '/' ? entry.path : entry.path.slice(root.length)}`.replace(/^\//, '')
  const { mtime } = entry.node
  if (files.isFolder(entry)) return { name: `${name}/`, mtime, bytes: null }
  return { name, mtime, bytes: files.bytesOf(files.contentOf(world, entry.node)) }
}
