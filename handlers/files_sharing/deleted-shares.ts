import { defineEndpoint, p, s } from '#app/index.ts'
import type { PhpArray } from '#lib/php.ts'
import { formatWallTime } from '#lib/time-zone.ts'
import * as groups from '#world/accounts/groups.ts'
import * as users from '#world/accounts/users.ts'
import * as files from '#world/files/files.ts'
import * as shares from '#world/sharing/shares.ts'
import { lists, type Share } from '#world/sharing/shares.ts'
import type { World } from '#world/world.ts'
import { formatNode } from './format.ts'
import { pageNotFound } from './page-not-found.ts'

const deletedShareSchema = s.object({
  id: s.string(),
  share_type: s.int(),
  uid_owner: s.string(),
  displayname_owner: s.string(),
  permissions: s.int(),
  stime: s.int(),
  parent: s.null(),
  expiration: s.nullable(s.string()),
  token: s.null(),
  uid_file_owner: s.string(),
  displayname_file_owner: s.string(),
  path: s.string(),
  item_type: s.literal('file', 'folder'),
  mimetype: s.string(),
  storage_id: s.string(),
  storage: s.int(),
  item_source: s.int(),
  file_source: s.int(),
  file_parent: s.int(),
  file_target: s.string(),
  item_size: s.since(32, s.number()),
  item_mtime: s.since(32, s.int()),
  share_with: s.nullable(s.string()),
  share_with_displayname: s.nullable(s.string()),
})

export const listDeletedShares = defineEndpoint({
  id: 'files_sharing-deleted_shareapi-index',
  app: 'files_sharing',
  method: 'GET',
  path: '/apps/files_sharing/api/v1/deletedshares',
  changes: [{ until: 31, to: { anonymous: 'empty-page' } }],
  access: 'user',
  summary: 'Shares with one’s groups that one gave up and can take back',
  output: s.list(deletedShareSchema),
  handle: ({ world, me, ok, crash, abort }) => {
    const left = lists
      .reaching(world, me)
      .filter((share) => share.type === shares.TYPE.group && share.permissions === 0 && users.find(world, share.owner))
    return ok(
      left.map((share) => {
        if (!users.find(world, share.sharedBy)) return crash()
        return format(world, share) ?? abort(pageNotFound())
      }),
    )
  },
})

export const restoreDeletedShare = defineEndpoint({
  id: 'files_sharing-deleted_shareapi-undelete',
  app: 'files_sharing',
  method: 'POST',
  path: '/apps/files_sharing/api/v1/deletedshares/{id}',
  changes: [{ until: 31, to: { anonymous: 'empty-page' } }],
  access: 'user',
  summary: 'Take back what one gave up',
  input: { id: p.string().describe('As the list of given up shares has it: `ocinternal:12`') },
  output: s.empty(),
  failures: { 404: ['Share not found', 'No deleted share found'] },
  probe: { id: 'ocinternal:999999' },
  handle: ({ input, world, me, ok, fail }) => {
    const [provider, ...rest] = input.id.split(':')
    const share = lists.byId(world, rest.join(':'), me)
    if (!share || !isKeptBy(provider!, share)) return fail(404)
    if (share.permissions !== 0) return fail(404, 'No deleted share found')
    shares.restore(world, share, me)
    return ok()
  },
})

/** Ids say which part of the server keeps a share. */
export function isKeptBy(provider: string, share: Share): boolean {
  if (provider === 'ocinternal') return shares.isInternal(share)
  if (provider === 'ocMailShare') return share.type === shares.TYPE.email
  return provider === 'ocFederatedSharing' && shares.isRemote(share)
}

function format(world: World, share: Share): PhpArray | null {
  const entry =
    files.entryOf(world, share.sharedBy, share.nodeId) ?? files.resolve(world, share.sharedBy, share.target ?? '')
  if (!entry) return null
  const node = formatNode(world, entry, share.target)
  const { 'is-mount-root': _root, 'mount-type': _type, has_preview: _preview, ...kept } = node
  return {
    id: `ocinternal:${share.id}`,
    share_type: share.type,
    uid_owner: share.sharedBy,
    displayname_owner: users.find(world, share.sharedBy)?.displayName,
    permissions: 0,
    stime: share.createdAt,
    parent: null,
    expiration: share.expiresAt === null ? null : `${formatWallTime(share.expiresAt).slice(0, 10)} 00:00:00`,
    token: null,
    uid_file_owner: share.owner,
    displayname_file_owner: users.find(world, share.owner)?.displayName,
    path: entry.path,
    item_type: entry.node.type,
    ...kept,
    share_with: share.sharedWith,
    share_with_displayname: groups.find(world, share.sharedWith ?? '')?.displayName ?? share.sharedWith,
  }
}
