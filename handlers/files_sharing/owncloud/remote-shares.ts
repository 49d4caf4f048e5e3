import { defineEndpoint, s } from '#app/index.ts'
import * as external from '#world/sharing/external-shares.ts'
import type { World } from '#world/world.ts'
import { formatRemoteShare, remoteShareSchema } from '../remote-shares.ts'

const products = ['owncloud'] as const
const app = 'files_sharing'
const exit = 'legacy'
const all = '/apps/files_sharing/api/v1/remote_shares'
const pending = `${all}/pending` as const
const onePending = `${all}/pending/{id}` as const
const one = `${all}/{id}` as const

const WRONG_ID = `wrong share ID, share doesn't exist.`

function findMine(world: World, id: string, me: string): external.ExternalShare | undefined {
  const share = external.find(world, id)
  return share?.userId === me ? share : undefined
}

export const listRemoteShares = defineEndpoint({
  id: `files_sharing-owncloud:GET ${all}`,
  products,
  app,
  exit,
  method: 'GET',
  path: all,
  access: 'user',
  summary: 'Shares of other servers that one accepted',
  output: s.list(remoteShareSchema),
  handle: ({ world, me, ok }) => ok(external.ofUser(world, me, true).map(formatRemoteShare)),
})

export const listPendingRemoteShares = defineEndpoint({
  id: `files_sharing-owncloud:GET ${pending}`,
  products,
  app,
  exit,
  method: 'GET',
  path: pending,
  access: 'user',
  summary: 'Shares of other servers that wait to be accepted',
  output: s.list(remoteShareSchema),
  handle: ({ world, me, ok }) => ok(external.ofUser(world, me, false).map(formatRemoteShare)),
})

export const acceptRemoteShare = defineEndpoint({
  id: `files_sharing-owncloud:POST ${onePending}`,
  products,
  app,
  exit,
  method: 'POST',
  path: onePending,
  access: 'user',
  summary: 'Accept a share of another server',
  output: s.empty(),
  failures: { 404: WRONG_ID },
  probe: { id: '999999' },
  handle: ({ input, world, me, ok, fail }) => {
    external.accept(world, findMine(world, input.id, me) ?? fail(404))
    return ok()
  },
})

export const declineRemoteShare = defineEndpoint({
  id: `files_sharing-owncloud:DELETE ${onePending}`,
  products,
  app,
  exit,
  method: 'DELETE',
  path: onePending,
  access: 'user',
  summary: 'Decline a share of another server',
  output: s.empty(),
  failures: { 404: WRONG_ID },
  probe: { id: '999999' },
  handle: ({ input, world, me, ok, fail }) => {
    external.remove(world, findMine(world, input.id, me) ?? fail(404))
    return ok()
  },
})

export const getRemoteShare = defineEndpoint({
  id: `files_sharing-owncloud:GET ${one}`,
  products,
  app,
  exit,
  method: 'GET',
  path: one,
  access: 'user',
  summary: 'One share of another server',
  output: remoteShareSchema,
  failures: { 404: 'share does not exist' },
  probe: { id: '999999' },
  handle: ({ input, world, me, ok, fail }) => ok(formatRemoteShare(findMine(world, input.id, me) ?? fail(404))),
})

export const unshareRemoteShare = defineEndpoint({
  id: `files_sharing-owncloud:DELETE ${one}`,
  products,
  app,
  exit,
  method: 'DELETE',
  path: one,
  access: 'user',
  summary: 'Give up a share of another server',
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
