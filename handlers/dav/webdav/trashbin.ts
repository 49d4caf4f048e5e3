import type { PropertyValue } from '#dav/multistatus.ts'
import type { DavContext, Resource } from '#dav/resource.ts'
import { d, element, nc, oc } from '#dav/xml.ts'
import { forbidden, notFound } from '#line/dav-exit.ts'
import * as users from '#world/accounts/users.ts'
import * as files from '#world/files/files.ts'
import { secureMime } from '#world/files/mime.ts'
import { hasPreview } from '#world/files/previews.ts'
import * as trash from '#world/files/trash.ts'
import * as tree from '#world/files/tree.ts'
import { folder, plainFile, unknownIn } from './collections.ts'

/** `trashbin/alice/trash/report.txt.d1700000000`, and what lies in deleted folders. */
export function findTrashed(dav: DavContext, [owner, part, name, ...rest]: string[]): Resource {
  const user = users.find(dav.world, owner!)
  if (!user) throw notFound(`Principal with name ${owner} not found`)
  if (user.id !== dav.userId) throw forbidden('')
  const home = `trashbin/${user.id}`
  if (part === undefined) {
    return { ...folder(home, () => [restoreFolder(home), trashFolder(dav, home)]), remove: refuse }
  }
  if (part === 'restore') return name === undefined ? restoreFolder(home) : unknownIn(name, 'restore')
  if (part !== 'trash') throw notFound('')
  if (name === undefined) return trashFolder(dav, home)
  const trashed = trash.find(dav.world, user.id, name)
  const node = trashed && tree.descend(dav.world, tree.get(dav.world, trashed.id), rest.join('/'))
  if (!trashed || !node) throw notFound('')
  return trashedItem(dav, `${home}/trash/${[name, ...rest].join('/')}`, trashed, node)
}

/** What is moved here goes back to where it was, whatever it is called on the way. */
const restoreFolder = (home: string): Resource => ({
  ...folder(`${home}/restore`),
  createFile: refuse,
  remove: refuse,
})

function refuse(): never {
  throw forbidden('')
}

function trashFolder(dav: DavContext, home: string): Resource {
  const { world, userId } = dav
  const path = `${home}/trash`
  return {
    ...folder(path, () =>
      trash
        .list(world, userId)
        .map((trashed) =>
          trashedItem(dav, `${path}/${trash.nameInTrash(trashed)}`, trashed, tree.get(world, trashed.id)),
        ),
    ),
    createFile: () => {
      throw forbidden('Not allowed to create files in the trashbin')
    },
    createFolder: () => {
      throw forbidden('Not allowed to create folders in the trashbin')
    },
    remove: () => trash.purgeAll(world, userId),
  }
}

/** Something in the trash, or in a folder that is there. */
function trashedItem(dav: DavContext, path: string, trashed: trash.Trashed, node: files.FileNode): Resource {
  const { world, userId } = dav
  const collection = node.type === 'folder'
  const top = node.id === trashed.id
  const name = top ? trashed.name : node.name
  const properties = itemProperties(dav, trashed, node, name)
  return {
    path,
    collection,
    etag: String(trashed.deletedAt),
    lastModified: trashed.deletedAt,
    property: (wanted) => properties[wanted],
    members: () =>
      collection
        ? tree.children(world, node.id).map((inner) => trashedItem(dav, `${path}/${inner.name}`, trashed, inner))
        : [],
    download: collection
      ? undefined
      : () => ({
          content: files.contentOf(world, node),
          size: node.size,
          type: withCharset(secureMime(node.mime)),
          headers: [
            ['Content-Disposition', `attachment; filename="${name}"`],
            ['X-Accel-Buffering', 'no'],
          ],
        }),
    move(target) {
      if (target.parent.path !== `trashbin/${userId}/restore`) throw forbidden('')
      if (top) trash.restore(world, trashed)
      else trash.restoreInner(world, trashed, node)
      return []
    },
    remove() {
      if (top) trash.purge(world, trashed)
      else tree.drop(world, node.id)
    },
  }
}

const withCharset = (type: string) => (type.startsWith('text/') ? `${type};charset=UTF-8` : type)

function itemProperties(
  { world }: DavContext,
  trashed: trash.Trashed,
  node: files.FileNode,
  name: string,
): Readonly<Record<string, PropertyValue | undefined>> {
  const collection = node.type === 'folder'
  const {
    [d('getcontentlength')]: length,
    [d('getcontenttype')]: type,
    ...plain
  } = plainFile(trashed.deletedAt, node.size, String(trashed.deletedAt), node.mime)
  const original = trashed.location === '.' ? trashed.name : `${trashed.location}/${trashed.name}`
  return {
    ...plain,
    ...(collection ? { [d('resourcetype')]: [element(d('collection'))] } : {}),
    ...(collection ? {} : { [d('getcontentlength')]: length, [d('getcontenttype')]: type }),
    [d('displayname')]: name,
    [oc('fileid')]: node.id,
    [oc('id')]: node.id,
    [oc('permissions')]: 'GD',
    [oc('size')]: node.size,
    [nc('has-preview')]: String(hasPreview(node)),
    [nc('mount-type')]: '',
    [nc('trashbin-filename')]: name,
    [nc('trashbin-original-location')]: original,
    [nc('trashbin-deletion-time')]: trashed.deletedAt,
    [nc('trashbin-title')]: original,
    [nc('trashbin-deleted-by-id')]: trashed.deletedBy,
    [nc('trashbin-deleted-by-display-name')]: users.find(world, trashed.deletedBy)?.displayName ?? trashed.deletedBy,
  }
}
