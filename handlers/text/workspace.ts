import { defineEndpoint, p, s } from '#app/index.ts'
import type { PhpArray } from '#lib/php.ts'
import * as files from '#world/files/files.ts'
import * as shares from '#world/sharing/shares.ts'
import type { World } from '#world/world.ts'

const file = s.object({ id: s.int(), mimetype: s.string(), name: s.string(), path: s.string() })
const folderSchema = s.object({ permissions: s.int() })
const NOTHING = { message: 'No workspace file found' }

/** Names that a folder's description can have, the best first. */
const NAMES = ['Readme.md', 'README.md', 'readme.md', '.Readme.md']

const NO_BYTES = new Uint8Array()

function describing(world: World, folder: files.Entry): files.Entry | undefined {
  return NAMES.map((name) => files.resolve(world, folder.userId, files.joinPath(folder.path, name))).find(
    (entry) => entry && !files.isFolder(entry),
  )
}

const show = ({ node, path }: files.Entry, shown = path): PhpArray => ({
  id: node.id,
  mimetype: node.mime,
  name: files.baseName(path),
  path: shown,
})

export const getWorkspace = defineEndpoint({
  id: 'text-workspace-folder',
  app: 'text',
  method: 'GET',
  path: '/apps/text/workspace',
  access: 'user',
  summary: 'The text that describes a folder',
  input: { path: p.string().default('/') },
  output: s.object({ file, folder: folderSchema }),
  responses: { 404: s.object({ message: s.string(), folder: s.optional(folderSchema) }) },
  probe: { path: '/' },
  handle: ({ input: { path }, me, world, ok, respond }) => {
    const entry = files.resolve(world, me, path)
    if (!entry || !files.isFolder(entry)) return respond(404, NOTHING)
    const folder = { permissions: entry.permissions }
    const found = describing(world, entry)
    return found ? ok({ file: show(found), folder }) : respond(404, { ...NOTHING, folder })
  },
})

export const getPublicWorkspace = defineEndpoint({
  id: 'text-workspace-public-folder',
  app: 'text',
  method: 'GET',
  path: '/apps/text/public/workspace',
  access: 'public',
  summary: 'The text that describes a folder of a public link',
  input: { shareToken: p.string(), path: p.string().default('/') },
  output: s.object({ file }),
  responses: { 404: s.object({ message: s.string() }) },
  probe: { shareToken: 'none' },
  notImplemented: ['links with a password: nobody has entered it'],
  handle: ({ input: { shareToken, path }, world, ok, respond }) => {
    const share = shares.findByToken(world, shareToken)
    const isReadable = share && share.password === null && (share.permissions & shares.PERMISSION.read) !== 0
    const root = isReadable ? files.entryOf(world, share.owner, share.nodeId) : undefined
    const entry = root && files.resolve(world, share!.owner, files.normalize(`${root.path}/${path}`))
    const found = entry && files.isFolder(entry) ? describing(world, entry) : undefined
    return found ? ok({ file: show(found, `${path}/${files.baseName(found.path)}`) }) : respond(404, NOTHING)
  },
})

export const editWorkspace = defineEndpoint({
  id: 'text-workspace-direct',
  app: 'text',
  method: 'POST',
  path: '/apps/text/workspace/direct',
  access: 'user',
  summary: 'An address where the text that describes a folder can be written without a login',
  input: { path: p.string() },
  output: s.object({ url: s.string() }),
  responses: { 403: s.string(), 404: s.object({ message: s.string() }) },
  probe: { path: '/' },
  notImplemented: ['the editor behind the address'],
  handle: ({ input: { path }, me, world, request, ok, respond }) => {
    const entry = files.resolve(world, me, path)
    if (!entry) return respond(403, 'Failed to create file')
    if (!files.isFolder(entry)) return respond(404, NOTHING)
    if (!describing(world, entry))
      files.put(world, me, files.joinPath(entry.path, NAMES[0]!), files.contentFrom(NO_BYTES))
    return ok({ url: `${request.baseUrl}/index.php/apps/files/directEditing/${world.random.token(64)}` })
  },
})
