import { defineEndpoint, p, s } from '#app/index.ts'
import { parseCloudId } from '#lib/cloud-id.ts'
import { isEnabled } from '#world/settings/apps.ts'
import * as external from '#world/sharing/external-shares.ts'
import * as shares from '#world/sharing/shares.ts'
import type { World } from '#world/world.ts'

const UNSUPPORTED = 'Server does not support federated cloud sharing'
const token = p.string().orNull().describe('The secret of the share')

export const receiveRemoteShare = defineEndpoint({
  id: 'federatedfilesharing-request_handler-create-share',
  app: 'federatedfilesharing',
  method: 'POST',
  path: '/cloud/shares',
  access: 'public',
  csrf: false,
  summary: 'Another server shares a file or folder with an account of this one',
  input: {
    remote: p.string().orNull().describe('Address of the other server'),
    token,
    name: p.string().orNull(),
    owner: p.string().orNull(),
    sharedBy: p.string().orNull(),
    shareWith: p.string().orNull().describe('The account'),
    remoteId: p.string().orNull().describe('Id of the share on the other server'),
    sharedByFederatedId: p.string().orNull(),
    ownerFederatedId: p.string().orNull(),
  },
  output: s.empty(),
  failures: {
    400: [
      'server can not add remote share, missing parameter',
      'User does not exists',
      'The mountpoint name contains invalid characters.',
      UNSUPPORTED,
    ],
    500: 'internal server error, was not able to add share from',
  },
  probe: { remote: 'https://unknown.invalid', owner: 'probe' },
  handle: ({ input, world, ok, fail, crash }) => {
    const ownerId = input.ownerFederatedId ?? ownerIdOf(input.owner, input.remote)
    if (ownerId === null) return crash()
    const owner = parseCloudId(ownerId)
    if (!owner) return fail(500, `internal server error, was not able to add share from ${input.remote ?? ''}`)
    const share = external.receive(world, {
      remote: owner.remote,
      remoteId: input.remoteId ?? '',
      token: input.token ?? '',
      name: input.name ?? '',
      owner: input.owner || ownerId,
      ownerId,
      sharedById: input.sharedByFederatedId ?? ownerId,
      shareWith: input.shareWith ?? '',
    })
    return typeof share === 'string' ? fail(400, PROBLEMS[share]) : ok()
  },
})

const PROBLEMS = {
  off: UNSUPPORTED,
  missing: 'server can not add remote share, missing parameter',
  'bad-name': 'The mountpoint name contains invalid characters.',
  'no-user': 'User does not exists',
} as const

/** The address loses its scheme on the way, even where it has none (Nextcloud 34.0.1, asked). */
function ownerIdOf(owner: string | null, remote: string | null): string | null {
  if (owner === null || remote === null) return null
  const scheme = remote.indexOf('://')
  return `${owner}@${remote.slice(Math.max(scheme, 0) + 3).replace(/\/+$/, '')}`
}

/** A share that this server made with another one, by what the other one knows of it. */
function findOutgoing(world: World, id: string, secret: string | null): shares.Share | undefined {
  const share = shares.find(world, Number(id))
  return share && shares.isRemote(share) && share.token === secret ? share : undefined
}

export const reshareRequested = defineEndpoint({
  id: 'federatedfilesharing-request_handler-re-share',
  app: 'federatedfilesharing',
  method: 'POST',
  path: '/cloud/shares/{id}/reshare',
  access: 'public',
  csrf: false,
  summary: 'A recipient on another server asks to share on',
  input: { id: p.string(), token, shareWith: p.string().orNull(), remoteId: p.int().default(0) },
  output: s.object({ token: s.secret(), remoteId: s.string() }),
  failures: { 400: '' },
  probe: { id: '999999' },
  notImplemented: ['sharing on to a third server fails, for it cannot be reached'],
  handle: ({ fail }) => fail(400),
})

export const updateRemotePermissions = defineEndpoint({
  id: 'federatedfilesharing-request_handler-update-permissions',
  app: 'federatedfilesharing',
  method: 'POST',
  path: '/cloud/shares/{id}/permissions',
  access: 'public',
  csrf: false,
  summary: 'Another server changes the permissions of what it shared on',
  input: { id: p.string(), token, permissions: p.int().orNull() },
  output: s.empty(),
  failures: { 400: '' },
  probe: { id: '999999' },
  handle: ({ input, world, ok, fail }) => {
    const share = findOutgoing(world, input.id, input.token) ?? fail(400)
    const { read, create, update, share: reshare } = shares.PERMISSION
    const requested = input.permissions ?? 0
    const writes = (requested & (create | update)) !== 0 ? create | update : 0
    shares.patch(world, share.id, { permissions: (requested & (read | reshare)) | writes })
    return ok()
  },
})

export const remoteShareAccepted = defineEndpoint({
  id: 'federatedfilesharing-request_handler-accept-share',
  app: 'federatedfilesharing',
  method: 'POST',
  path: '/cloud/shares/{id}/accept',
  access: 'public',
  csrf: false,
  summary: 'A recipient on another server accepted a share',
  input: { id: p.string(), token },
  output: s.empty(),
  probe: { id: '999999' },
  handle: ({ input, world, ok }) => {
    const share = findOutgoing(world, input.id, input.token)
    if (share) world.emit({ type: 'share.accepted', share, userId: share.sharedWith })
    return ok()
  },
})

export const remoteShareDeclined = defineEndpoint({
  id: 'federatedfilesharing-request_handler-decline-share',
  app: 'federatedfilesharing',
  method: 'POST',
  path: '/cloud/shares/{id}/decline',
  access: 'public',
  csrf: false,
  summary: 'A recipient on another server declined a share, which ends it',
  input: { id: p.string(), token },
  output: s.empty(),
  probe: { id: '999999' },
  handle: ({ input, world, ok }) => {
    const share = findOutgoing(world, input.id, input.token)
    if (share) shares.drop(world, share.id)
    return ok()
  },
})

export const remoteShareEnded = defineEndpoint({
  id: 'federatedfilesharing-request_handler-unshare',
  app: 'federatedfilesharing',
  method: 'POST',
  path: '/cloud/shares/{id}/unshare',
  access: 'public',
  csrf: false,
  summary: 'Another server takes back what it shared',
  input: { id: p.string(), token },
  output: s.empty(),
  failures: { 503: UNSUPPORTED },
  probe: { id: '999999' },
  handle: ({ input, world, ok, fail }) => {
    if (!isOn(world)) fail(503)
    const share = external.findByRemote(world, input.id, input.token ?? '')
    if (share && shares.settings.allowsIncomingRemote(world)) external.remove(world, share)
    return ok()
  },
})

const isOn = (world: World) => isEnabled(world, 'files_sharing') && shares.settings.allowsOutgoingRemote(world)

export const remoteShareRevoked = defineEndpoint({
  id: 'federatedfilesharing-request_handler-revoke',
  app: 'federatedfilesharing',
  method: 'POST',
  path: '/cloud/shares/{id}/revoke',
  access: 'public',
  csrf: false,
  summary: 'Another server takes back what it had shared on',
  input: { id: p.string(), token },
  output: s.empty(),
  failures: { 400: '' },
  probe: { id: '999999' },
  handle: ({ input, world, ok, fail }) => {
    shares.drop(world, (findOutgoing(world, input.id, input.token) ?? fail(400)).id)
    return ok()
  },
})

export const remoteShareMoved = defineEndpoint({
  id: 'federatedfilesharing-request_handler-move',
  app: 'federatedfilesharing',
  method: 'POST',
  path: '/cloud/shares/{id}/move',
  access: 'public',
  csrf: false,
  summary: 'What another server shared has moved to a third one',
  input: {
    id: p.int(),
    token,
    remote: p.string().orNull().describe('Federated id of the owner on the third server'),
    remote_id: p.string().orNull().describe('Id of the share there'),
  },
  output: s.object({ remote: s.string(), owner: s.string() }),
  failures: { 400: 'Share not found or token invalid', 503: UNSUPPORTED },
  probe: { id: '999999', remote: 'probe@unknown.invalid' },
  handle: ({ input, world, ok, fail, crash }) => {
    if (!isOn(world)) fail(503)
    const moved = parseCloudId(input.remote ?? '') ?? crash()
    const share = external.findByRemote(world, String(input.id), input.token ?? '') ?? fail(400)
    external.relocate(world, share, {
      remote: moved.remote,
      owner: moved.user,
      remoteId: input.remote_id ?? String(input.id),
    })
    return ok({ remote: moved.remote, owner: moved.user })
  },
})
