import { UserError } from '#lib/errors.ts'
import { s } from '#lib/schema.ts'
import * as users from '#world/accounts/users.ts'
import * as files from '#world/files/files.ts'
import type { World } from '#world/world.ts'
import { type ControlArguments, type ControlCall, NotFoundError, readObject } from './call.ts'

const MEMBERS = ['account', 'path', 'content', 'folder'] as const

const PLACE = { account: s.string(), path: s.string() }
const ENTRY = s.object({ path: s.string(), name: s.string(), type: s.literal('file', 'folder') }, 'allow')

/** Files as an account sees them, and changes of them by the rules of its clients. */
export const fileCalls: readonly ControlCall[] = [
  {
    method: 'GET',
    path: '/files',
    summary: 'a folder as an account sees it: ?account=alice&path=/Photos',
    query: { account: 'whose', path: 'the folder; default: /' },
    answers: s.object({ path: s.string(), entries: s.list(ENTRY) }),
    run: ({ selected: { mock }, query }) => {
      const [account, path] = [query.get('account') ?? '', files.normalize(query.get('path') ?? '/')]
      // A home comes with the first login; until then it is empty.
      if (path === '/' && users.find(mock.world, account) && !files.resolve(mock.world, account, path))
        return { path, entries: [] }
      return { path, entries: files.list(mock.world, entryAt(mock.world, account, path)).map(shown) }
    },
  },
  {
    method: 'PUT',
    path: '/files',
    summary:
      'write a file, {"account": "alice", "path": "/a.txt", "content": "…"}, or make a folder with {"folder": true}',
    sends: () => s.object({ ...PLACE, content: s.optional(s.string()), folder: s.optional(s.bool()) }).toJsonSchema(),
    answers: s.object({ outcome: s.literal('created', 'updated') }),
    run: async (args) => {
      const { world } = args.selected.mock
      const { account, path, content, folder } = await readPlace(args)
      if (content !== undefined && typeof content !== 'string')
        throw new UserError('Failed to write: "content" is no text.')
      const bytes = new TextEncoder().encode(content ?? '')
      if (!users.find(world, account)) throw new NotFoundError(`There is no account "${account}".`)
      files.ensureHome(world, account)
      const { outcome } =
        folder === true
          ? files.makeFolder(world, account, path)
          : files.put(world, account, path, files.contentFrom(bytes))
      if (outcome !== 'created' && outcome !== 'updated')
        throw new UserError(`Failed to write ${path} of ${account}: ${outcome}.`)
      return { outcome }
    },
  },
  {
    method: 'DELETE',
    path: '/files',
    summary: 'delete a file or folder, as its account would: {"account": "alice", "path": "/a.txt"}',
    sends: () => s.object(PLACE).toJsonSchema(),
    answers: s.object({ outcome: s.string() }),
    run: async (args) => {
      const { world } = args.selected.mock
      const { account, path } = await readPlace(args)
      const outcome = files.remove(world, entryAt(world, account, path))
      if (outcome === 'forbidden') throw new UserError(`Failed to delete ${path} of ${account}: it may not.`)
      return { outcome }
    },
  },
]

async function readPlace({ body }: ControlArguments) {
  const { account, path, content, folder } = await readObject(body, 'a file', MEMBERS)
  if (typeof account !== 'string' || typeof path !== 'string')
    throw new UserError('Failed to read which file is meant: send {"account": "alice", "path": "/a.txt"}.')
  return { content, folder, account, path: files.normalize(path) }
}

function entryAt(world: World, account: string, path: string): files.Entry {
  if (!users.find(world, account)) throw new NotFoundError(`There is no account "${account}".`)
  const found = files.resolve(world, account, path)
  if (!found) throw new NotFoundError(`${account} has no file ${path}.`)
  return found
}

const shown = ({ node, path, permissions, owner, mount }: files.Entry) => ({
  path,
  name: files.baseName(path),
  type: node.type,
  size: node.size,
  mtime: node.mtime,
  id: node.id,
  permissions,
  owner,
  shared: mount !== null,
})
