import type { DavContext, Resource } from '#dav/resource.ts'
import { nc } from '#dav/xml.ts'
import { forbidden, notFound } from '#line/dav-exit.ts'
import * as users from '#world/accounts/users.ts'
import * as files from '#world/files/files.ts'
import { secureMime } from '#world/files/mime.ts'
import { hasPreview } from '#world/files/previews.ts'
import * as tree from '#world/files/tree.ts'
import * as versions from '#world/files/versions.ts'
import { folder, plainFile, unknownIn } from './collections.ts'

/** `versions/alice/versions/8/1700000000` */
export function findVersion(dav: DavContext, [owner, part, fileId, moment]: string[]): Resource {
  const user = users.find(dav.world, owner!)
  if (!user) throw notFound(`Principal with name ${owner} not found`)
  if (user.id !== dav.userId) throw forbidden('')
  const home = `versions/${user.id}`
  const tops = () => [folder(`${home}/versions`), restoreFolder(home)]
  if (part === undefined) return folder(home, tops)
  if (part === 'restore') return fileId === undefined ? restoreFolder(home) : unknownIn(fileId, 'restore')
  if (part !== 'versions') return unknownIn(part, owner!)
  if (fileId === undefined) return folder(`${home}/versions`)
  const entry = files.entryOf(dav.world, user.id, Number(fileId))
  if (!entry || files.isFolder(entry)) throw notFound('')
  const path = `${home}/versions/${fileId}`
  const states = () => statesOf(dav, entry).map((state) => versionFile(dav, path, entry, state))
  if (moment === undefined) return { ...folder(path, states), createFile: refuse, createFolder: refuse }
  const wanted = states().find((state) => state.path === `${path}/${moment}`)
  if (!wanted) throw notFound('')
  return wanted
}

function refuse(): never {
  throw forbidden('')
}

const restoreFolder = (home: string): Resource => folder(`${home}/restore`)

/** A state of a file: an earlier one, or the present one. */
interface State {
  readonly node: files.FileNode
  readonly at: number
  readonly present: boolean
}

/** Oldest first. */
function statesOf({ world }: DavContext, { node }: files.Entry): State[] {
  const earlier = versions.list(world, node).map((version) => ({ ...version, present: false }))
  return [...earlier, { node, at: node.mtime, present: true }].sort((a, b) => a.at - b.at)
}

/** Of the present state nothing is kept but what is said of it: it is read where the file is (Nextcloud 34.0.1, asked). */
const unread = () => notFound('')

function versionFile(dav: DavContext, folderPath: string, entry: files.Entry, { node, at, present }: State): Resource {
  const { world, userId } = dav
  const file = entry.node
  const name = files.baseName(entry.path)
  const label = versions.labelOf(world, file, at)
  const properties = {
    ...plainFile(at, node.size, String(at), file.mime),
    [nc('version-author')]: entry.owner,
    // Whether its kind has one; an empty text has it here, too (Nextcloud 34.0.1, asked).
    [nc('has-preview')]: String(hasPreview({ mime: file.mime, size: 1 })),
    [nc('version-label')]: label,
  }
  const type = secureMime(file.mime)
  return {
    path: `${folderPath}/${at}`,
    collection: false,
    etag: String(at),
    lastModified: at,
    property: (wanted) => properties[wanted],
    download() {
      if (present && dav.call.method !== 'HEAD') throw unread()
      return {
        content: files.contentOf(world, node),
        size: node.size,
        type: type.startsWith('text/') ? `${type};charset=UTF-8` : type,
        headers: [
          ['Content-Disposition', `attachment; filename="${name}"; filename*=UTF-8''${encodeURIComponent(name)}`],
          ['X-Accel-Buffering', 'no'],
        ],
      }
    },
    put: () => {
      throw forbidden('')
    },
    patch(wanted, value) {
      if (wanted !== nc('version-label')) return 403
      versions.setLabel(world, file, at, value?.text ?? '')
      return 200
    },
    move(target) {
      if (target.parent.path !== `versions/${userId}/restore`) throw forbidden('')
      if (!present) versions.restore(world, file, { node, at })
      return []
    },
    copy() {
      throw present ? unread() : forbidden('')
    },
    remove() {
      if (!present) return tree.drop(world, node.id)
      versions.setLabel(world, file, at, '')
    },
  }
}
