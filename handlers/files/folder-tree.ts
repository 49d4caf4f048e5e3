import { defineEndpoint, p, s } from '#app/index.ts'
import type { PhpArray } from '#lib/php.ts'
import * as files from '#world/files/files.ts'
import type { World } from '#world/world.ts'

interface Branch extends PhpArray {
  readonly id: number
  readonly basename: string
  readonly children: readonly Branch[]
}

/** Folders below a folder. It answers plain JSON, whatever format is asked for. */
export const getFolderTree = defineEndpoint({
  id: 'files-api-get-folder-tree',
  app: 'files',
  method: 'GET',
  path: '/apps/files/api/v1/folder-tree',
  since: 32,
  access: 'user',
  summary: 'Folders below a folder, some levels deep',
  input: {
    path: p.string().default('/'),
    depth: p.int().default(1),
    withParents: p.bool().default(false).describe('Also the folders above, each with what lies beside it'),
  },
  envelope: false,
  output: s.list(s.any()),
  responses: { 400: s.object({ message: s.string() }), 404: s.object({ message: s.string() }) },
  handle: ({ input, me, world, ok, respond }) => {
    const folder = files.resolve(world, me, input.path)
    if (!folder) return respond(404, { message: 'Folder not found' })
    if (!files.isFolder(folder)) return respond(400, { message: 'Invalid folder path' })
    const below = branches(world, folder, input.depth)
    return ok(input.withParents && folder.path !== '/' ? withAbove(world, folder, below) : below)
  },
})

const foldersIn = (world: World, folder: files.Entry) => files.list(world, folder).filter(files.isFolder)

function branches(world: World, folder: files.Entry, depth: number): Branch[] {
  if (depth <= 0) return []
  return foldersIn(world, folder).map((inner) => ({
    id: inner.node.id,
    basename: files.baseName(inner.path),
    children: branches(world, inner, depth - 1),
  }))
}

/** The levels above, up to the top; only the way down is open. */
function withAbove(world: World, folder: files.Entry, children: readonly Branch[]): Branch[] {
  const parent = files.resolve(world, folder.userId, files.dirName(folder.path))!
  const level = foldersIn(world, parent).map(({ node, path }) => {
    const name = files.baseName(path)
    return { id: node.id, basename: name, displayName: name, children: path === folder.path ? children : [] }
  })
  return parent.path === '/' ? level : withAbove(world, parent, level)
}
