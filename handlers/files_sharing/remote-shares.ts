import { defineEndpoint, p, s } from '#app/index.ts'
import type { PhpArray } from '#lib/php.ts'
import { byRelease } from '#lib/releases.ts'
import * as external from '#world/sharing/external-shares.ts'
import type { World } from '#world/world.ts'

/** A share of another server. Nothing is known of its file, for the other server cannot be asked. */
export const remoteShareSchema = s.object({
  id: s.string(),
  parent: s.nullable(s.string()),
  share_type: s.int(),
  remote: s.string(),
  remote_id: s.string(),
  share_token: s.string(),
  name: s.string(),
  owner: s.string(),
  user: s.string(),
  mountpoint: s.string(),
  accepted: s.int(),
  file_id: s.nullable(s.int()),
  mimetype: s.nullable(s.string()),
  permissions: s.nullable(s.int()),
  mtime: s.nullable(s.int()),
  type: s.nullable(s.string()),
  item_size: s.nullable(s.number()),
})

const WRONG_ID = byRelease('wrong share ID, share does not exist.', { 33: 'Wrong share ID, share does not exist.' })

export function formatRemoteShare(share: external.ExternalShare): PhpArray {
  return {
    id: share.id,
    parent: null,
    share_type: 0,
    remote: share.remote,
    remote_id: share.remoteId,
    share_token: share.token,
    name: share.name,
    owner: share.owner,
    user: share.userId,
    mountpoint: share.mountPoint,
    accepted: share.accepted ? 1 : 0,
    file_id: null,
    mimetype: null,
    permissions: null,
    mtime: null,
    type: null,
    item_size: null,
  }
}

function findMine(world: World, id: string, me: string): external.ExternalShare | undefined {
  const share = external.find(world, id)
  return share?.userId === me ? share : undefined
}

export const listRemoteShares = defineEndpoint({
  id: 'files_sharing-remote-get-shares',
  app: 'files_sharing',
  method: 'GET',
  path: '/apps/files_sharing/api/v1/remote_shares',
  access: 'user',
  summary: 'Shares of other servers that one accepted',
  output: s.list(remoteShareSchema),
  handle: ({ world, me, ok }) => ok(external.ofUser(world, me, true).map(formatRemoteShare)),
})

export const listOpenRemoteShares = defineEndpoint({
  id: 'files_sharing-remote-get-open-shares',
  app: 'files_sharing',
  method: 'GET',
  path: '/apps/files_sharing/api/v1/remote_shares/pending',
  access: 'user',
  summary: 'Shares of other servers that wait to be accepted',
  output: s.list(remoteShareSchema),
  handle: ({ world, me, ok }) => ok(external.ofUser(world, me, false).map(formatRemoteShare)),
})

export const acceptRemoteShare = defineEndpoint({
  id: 'files_sharing-remote-accept-share',
  app: 'files_sharing',
  method: 'POST',
  path: '/apps/files_sharing/api/v1/remote_shares/pending/{id}',
  access: 'user',
  summary: 'Accept a share of another server',
  input: { id: p.string() },
  output: s.empty(),
  failures: { 404: WRONG_ID },
  probe: { id: '999999' },
  handle: ({ input, world, me, ok, fail }) => {
    external.accept(world, findMine(world, input.id, me) ?? fail(404))
    return ok()
  },
})

export const declineRemoteShare = defineEndpoint({
  id: 'files_sharing-remote-decline-share',
  app: 'files_sharing',
  method: 'DELETE',
  path: '/apps/files_sharing/api/v1/remote_shares/pending/{id}',
  access: 'user',
  summary: 'Decline a share of another server',
  input: { id: p.string() },
  output: s.empty(),
  failures: { 404: WRONG_ID },
  probe: { id: '999999' },
  handle: ({ input, world, me, ok, fail }) => {
    external.remove(world, findMine(world, input.id, me) ?? fail(404))
    return ok()
  },
})

export const getRemoteShare = defineEndpoint({
  id: 'files_sharing-remote-get-share',
  app: 'files_sharing',
  method: 'GET',
  path: '/apps/files_sharing/api/v1/remote_shares/{id}',
  access: 'user',
  summary: 'One share of another server',
  input: { id: p.string() },
  output: remoteShareSchema,
  failures: { 404: 'share does not exist' },
  probe: { id: '999999' },
  handle: ({ input, world, me, ok, fail }) => ok(formatRemoteShare(findMine(world, input.id, me) ?? fail(404))),
})

export const unshareRemoteShare = defineEndpoint({
  id: 'files_sharing-remote-unshare',
  app: 'files_sharing',
  method: 'DELETE',
  path: '/apps/files_sharing/api/v1/remote_shares/{id}',
  access: 'user',
  summary: 'Give up a share of another server that one accepted',
  input: { id: p.string() },
  output: s.empty(),
  failures: { 403: 'Could not unshare', 404: 'Share does not exist' },
  probe: { id: '999999' },
  handle: ({ input, world, me, ok, fail }) => {
    const share = findMine(world, input.id, me) ?? fail(404)
    if (!share.accepted) fail(403)
    external.remove(world, share)
    return ok()
  },
})
