import { s } from '#lib/schema.ts'
import * as users from '../accounts/users.ts'
import { defineTable } from '../define-table.ts'
import * as files from '../files/files.ts'
import { defineReactions } from '../reactions.ts'
import * as config from '../settings/config.ts'
import type { World } from '../world.ts'
import { received } from './shares.ts'

declare module '#world/events.ts' {
  interface WorldEvents {
    'remote-share.received': { readonly share: ExternalShare; readonly ownerId: string; readonly sharedById: string }
    'remote-share.accepted': { readonly share: ExternalShare }
    'remote-share.removed': { readonly share: ExternalShare }
  }
}

/** A file or folder of another server that somebody there shared with an account of this one. */
export interface ExternalShare {
  /** Eighteen digits, growing. */
  readonly id: string
  /** With its scheme and a slash at the end. */
  readonly remote: string
  /** The share's id on that server, and the token that opens it. */
  readonly remoteId: string
  readonly token: string
  /** With a slash in front. */
  readonly name: string
  readonly owner: string
  readonly userId: string
  /** Where it shows; before it is accepted, a text that is no path. */
  readonly mountPoint: string
  readonly accepted: boolean
}

/** Shares of other servers by id. */
export const externalSharesTable = defineTable<ExternalShare>('externalShares', {
  record: s.object({
    id: s.string(),
    remote: s.string(),
    remoteId: s.string(),
    token: s.string(),
    name: s.string(),
    owner: s.string(),
    userId: s.string(),
    mountPoint: s.string(),
    accepted: s.bool(),
  }),
})

const FIRST_ID = 154_000_000_000_000_000n

export function find(world: World, id: string): ExternalShare | undefined {
  return world.table(externalSharesTable).get(id)
}

export function ofUser(world: World, userId: string, accepted: boolean): ExternalShare[] {
  return [...world.table(externalSharesTable).values()]
    .filter((share) => share.userId === userId && share.accepted === accepted)
    .sort((a, b) => (a.id < b.id ? -1 : 1))
}

export interface Offer {
  readonly remote: string
  readonly remoteId: string
  readonly token: string
  readonly name: string
  readonly owner: string
  /** The federated id of the owner, and of who made the share. */
  readonly ownerId: string
  readonly sharedById: string
  readonly shareWith: string
}

/** Another server offers a share. It waits until its recipient accepts it. */
export function receive(world: World, offer: Offer): ExternalShare | 'off' | 'missing' | 'bad-name' | 'no-user' {
  if (config.getApp(world, 'files_sharing', 'incoming_server2server_share_enabled', 'yes') !== 'yes') return 'off'
  const { remote, remoteId, token, name, owner, shareWith } = offer
  if ([remote, token, name, owner, remoteId, shareWith].some((text) => text === '' || text === '0')) return 'missing'
  if (name === '.' || name === '..' || /[\\/]/.test(name)) return 'bad-name'
  const user = users.find(world, shareWith)
  if (!user) return 'no-user'
  const share: ExternalShare = {
    id: String(FIRST_ID + BigInt(world.nextId('externalShare')) * 4_194_304n),
    remote: remote.endsWith('/') ? remote : `${remote}/`,
    remoteId,
    token,
    name: files.normalize(name),
    owner,
    userId: user.id,
    mountPoint: temporaryMountPoint(world, user.id, files.normalize(name)),
    accepted: false,
  }
  put(world, share)
  world.emit({ type: 'remote-share.received', share, ownerId: offer.ownerId, sharedById: offer.sharedById })
  return share
}

const put = (world: World, share: ExternalShare) => world.table(externalSharesTable).set(share.id, share)

function temporaryMountPoint(world: World, userId: string, name: string): string {
  const wanted = `{{TemporaryMountPointName#${name}}}`
  const taken = new Set(ofUser(world, userId, false).map((share) => share.mountPoint))
  let found = wanted
  for (let number = 1; taken.has(found); number++) found = `${wanted}-${number}`
  return found
}

/** Let a share show in its recipient's files, under a name that is free there. */
export function accept(world: World, share: ExternalShare): void {
  const folder = received.shareFolder(world, share.userId)
  const taken = new Set(ofUser(world, share.userId, true).flatMap((s) => (s.id === share.id ? [] : [s.mountPoint])))
  const name = files.baseName(share.name)
  const dot = name.lastIndexOf('.')
  const [stem, extension] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, '']
  let mountPoint = files.joinPath(folder, name)
  for (let number = 2; taken.has(mountPoint) || files.resolve(world, share.userId, mountPoint); number++)
    mountPoint = files.joinPath(folder, `${stem} (${number})${extension}`)
  put(world, { ...share, accepted: true, mountPoint })
  world.emit({ type: 'remote-share.accepted', share })
}

export function remove(world: World, share: ExternalShare): void {
  world.table(externalSharesTable).delete(share.id)
  world.emit({ type: 'remote-share.removed', share })
}

/** The share that another server means by its id and token. */
export function findByRemote(world: World, remoteId: string, token: string): ExternalShare | undefined {
  return [...world.table(externalSharesTable).values()].find(
    (share) => share.remoteId === remoteId && share.token === token,
  )
}

/** Another server moved: its share has another address, owner and id from now on. */
export function relocate(
  world: World,
  share: ExternalShare,
  { remote, owner, remoteId }: Pick<ExternalShare, 'remote' | 'owner' | 'remoteId'>,
): void {
  put(world, { ...share, remote, owner, remoteId })
}

/** What a removed account received goes with it. */
export const externalShareReactions = defineReactions(
  {
    'user.deleted': (world, { userId }) => {
      for (const share of [...world.table(externalSharesTable).values()])
        if (share.userId === userId) world.table(externalSharesTable).delete(share.id)
    },
  },
  { evenIfDisabled: true },
)
