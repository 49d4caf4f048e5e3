import { settledStatus } from '#app/user-status.ts'
import type { PhpArray, PhpValue } from '#lib/php.ts'
import { byRelease } from '#lib/releases.ts'
import { formatWallTime } from '#lib/time-zone.ts'
import { escapeJson } from '#line/call.ts'
import type { Gathered } from '#line/contributions.ts'
import type { Profile } from '#profiles/profile.ts'
import { nameOfAddress } from '#world/accounts/contacts.ts'
import * as groups from '#world/accounts/groups.ts'
import * as users from '#world/accounts/users.ts'
import * as files from '#world/files/files.ts'
import { hasPreview } from '#world/files/previews.ts'
import { storagesTable } from '#world/files/tree.ts'
import * as shares from '#world/sharing/shares.ts'
import { PERMISSION, rights, type Share, TYPE } from '#world/sharing/shares.ts'
import { isTrusted } from '#world/sharing/trusted-servers.ts'
import type { World } from '#world/world.ts'
import { ATTRIBUTE_VALUE } from './share-input.ts'

/** What formatting needs to know about who asks, and where links lead. */
export interface Viewer {
  readonly world: World
  readonly profile: Profile
  readonly me: string
  readonly baseUrl: string
  /** Types of shares that apps bring. */
  readonly shareTypes: readonly Gathered<'shareTypes'>[]
}

/** How the real server fails where it looks for a shared node by a target that is nowhere. */
export type Unformatted = 'not-found' | 'no-target'

/** What stands for the label of a share that can have none. */
const NO_LABEL = byRelease<string | null>(null, { 32: '' })

/**
 * A share as its viewer is told about it.
 * @param shown the node as the viewer sees it, where a list was asked for it
 */
export function formatShare(viewer: Viewer, share: Share, shown?: files.Entry): PhpArray | Unformatted {
  const entry = shown ?? findEntry(viewer, share)
  if (typeof entry === 'string') return entry
  const { world, me } = viewer
  const sharer = users.find(world, share.sharedBy)
  const owner = users.find(world, share.owner)
  return {
    id: String(share.id),
    share_type: share.type,
    uid_owner: share.sharedBy,
    displayname_owner: sharer?.displayName ?? share.sharedBy,
    permissions: share.permissions,
    can_edit: rights.canEdit(share, me),
    can_delete: rights.canDelete(share, me),
    stime: share.createdAt,
    parent: null,
    expiration: share.expiresAt === null ? null : formatWallTime(share.expiresAt, shares.zoneOf(world, me)),
    token: tokenFor(share, shown),
    uid_file_owner: share.owner,
    note: share.note,
    label: shares.isLinkLike(share) ? share.label : NO_LABEL.at(world.release),
    displayname_file_owner: owner?.displayName ?? share.owner,
    // A node that was looked at in somebody else's files has no path in one's own.
    path: entry.userId === me ? entry.path : null,
    item_type: entry.node.type,
    item_permissions: itemPermissions(viewer, share, entry),
    ...formatNode(world, entry, share.target),
    ...formatRecipient(viewer, share, tokenFor(share, shown)),
    mail_send: share.mailSend ? 1 : 0,
    hide_download: share.hideDownload ? 1 : 0,
    attributes:
      share.attributes === null
        ? null
        : phpJson(
            share.attributes.map(({ scope, key, value }) => ({
              scope,
              key,
              [ATTRIBUTE_VALUE.at(world.release)]: value,
            })),
          ),
  }
}

/** Where a share lies for its viewer; a node that is gone may have a namesake at the share's target. */
function findEntry({ world, me }: Viewer, share: Share): files.Entry | Unformatted {
  const entry = files.entryOf(world, me, share.nodeId)
  if (entry) return entry
  if (share.target === null) return 'no-target'
  return (share.target !== '' && files.resolve(world, me, share.target)) || 'not-found'
}

const KEEP_TOKEN: ReadonlySet<number> = new Set([TYPE.link, TYPE.email, TYPE.remote, TYPE.remoteGroup])

/** Nobody is told a token that gives more than they have themselves. */
function tokenFor(share: Share, shown: files.Entry | undefined): string | null {
  if (!KEEP_TOKEN.has(share.type)) return null
  const own = shown?.permissions ?? PERMISSION.all
  return (own & share.permissions) === share.permissions ? share.token : null
}

/** The owner is told what the node allows, others what the share gives them, and that they can rename and leave it. */
function itemPermissions({ world, me }: Viewer, share: Share, entry: files.Entry): number {
  if (share.owner === me && users.find(world, me)) return entry.permissions
  const deletes = rights.canDelete(share, me) || rights.canLeave(world, share, me) ? PERMISSION.delete : 0
  return share.permissions | deletes | (rights.canEdit(share, me) ? PERMISSION.update : 0)
}

/** What a share says about its node. */
export function formatNode(world: World, entry: files.Entry, target: string | null): PhpArray {
  const { node, mount } = entry
  return {
    'is-mount-root': files.isMountRoot(entry),
    'mount-type': mount ? mount.kind : '',
    mimetype: node.mime,
    has_preview: hasPreview(node),
    storage_id: mount ? `shared::${mount.path}` : node.storage,
    storage: storageNumber(world, node.storage),
    item_source: node.id,
    file_source: node.id,
    // The folder of its owner, also for those who see it elsewhere (Nextcloud 34.0.1, asked).
    file_parent: parentOf(world, entry),
    file_target: target,
    item_size: node.size,
    item_mtime: node.mtime,
  }
}

/** Whether a received node is said to lie in its owner's folder, or in the one where its recipient has it. */
const LIES_WITH_OWNER = byRelease(false, { 32: true })

function parentOf(world: World, entry: files.Entry): number {
  const isElsewhere = files.isMountRoot(entry) && !LIES_WITH_OWNER.at(world.release)
  const shown = isElsewhere ? files.resolve(world, entry.userId, files.dirName(entry.path)) : undefined
  return shown?.node.id ?? entry.node.parent
}

/** Storages are numbered as they come into use. */
function storageNumber(world: World, storage: string): number {
  const numbers = world.derive('files_sharing.storages', [storagesTable], () => {
    const names = [...world.table(storagesTable).keys()]
    return new Map(names.map((name, i) => [name, i + 1]))
  })
  return numbers.get(storage) ?? 0
}

/** What the owner is shown of a password: once it was its hash. This one is of no password. */
const SHOWN_PASSWORD = byRelease('1|$2y$10$ocsmockocsmockocsmockocsmockocsmockocsmockocsmockocsm', { 34: 'redacted' })

function formatRecipient(viewer: Viewer, share: Share, token: string | null): PhpArray {
  const { world, profile, baseUrl } = viewer
  const secret = share.password === null ? null : SHOWN_PASSWORD.at(world.release)
  switch (share.type) {
    case TYPE.user:
      return formatUser(world, profile, share.sharedWith!)
    case TYPE.group:
      return {
        share_with: share.sharedWith,
        share_with_displayname: groups.find(world, share.sharedWith!)?.displayName ?? share.sharedWith,
      }
    case TYPE.link:
      return {
        share_with: secret,
        share_with_displayname: '(Shared link)',
        password: secret,
        send_password_by_talk: share.passwordByTalk,
        url: token ? `${baseUrl}/index.php/s/${token}` : null,
      }
    case TYPE.email:
      return {
        share_with: share.sharedWith,
        password: secret,
        password_expiration_time:
          share.passwordExpiresAt === null
            ? null
            : `${formatWallTime(share.passwordExpiresAt).replace(' ', 'T')}+00:00`,
        send_password_by_talk: share.passwordByTalk,
        share_with_displayname: nameOfAddress(world, share.sharedWith!, viewer.me) ?? share.sharedWith,
      }
    case TYPE.remote:
    case TYPE.remoteGroup:
      return {
        is_trusted_server: isTrusted(world, share.sharedWith!.slice(share.sharedWith!.lastIndexOf('@') + 1)),
        share_with: share.sharedWith,
        share_with_displayname: share.type === TYPE.remote ? '' : share.sharedWith,
      }
    default:
      return (
        shownByItsType(viewer, share) ?? {
          share_with: share.sharedWith,
          share_with_displayname: shares.recipientName(world, share),
        }
      )
  }
}

function shownByItsType(viewer: Viewer, share: Share): PhpArray | undefined {
  const type = shareTypeOf(viewer, share.type)
  return type?.contribution.show?.(share, { ...viewer, profile: type.profile })
}

/** The type of shares that an app brings, whether it is enabled or not. */
export const shareTypeOf = ({ shareTypes }: Viewer, type: number): Gathered<'shareTypes'> | undefined =>
  shareTypes.find(({ contribution }) => contribution.type === type)

/** What is said of the status of somebody who never had one. */
const NO_STATUS = byRelease<PhpArray>({ status: [] }, { 32: {} })

function formatUser(world: World, profile: Profile, userId: string): PhpArray {
  const user = users.find(world, userId)
  const status = settledStatus(world, profile, userId)
  return {
    share_with: userId,
    share_with_displayname: user?.displayName ?? userId,
    share_with_displayname_unique: user?.email || (user?.id ?? userId),
    ...(status ? { status } : NO_STATUS.at(world.release)),
  }
}

/** PHP's `json_encode`: slashes and everything outside ASCII are escaped. */
function phpJson(value: unknown): string {
  return JSON.stringify(value).replace(/[/\u0080-\uffff]/g, escapeJson)
}

/** Only what could be formatted. */
export const isFormatted = (share: PhpArray | Unformatted): share is PhpArray => typeof share !== 'string'

/** Shares with the tags that their viewer put on the files. */
export function withTags(list: readonly PhpArray[], tagsOf: (nodeId: number) => readonly string[]): PhpValue[] {
  return list.map((share) => ({ ...share, tags: tagsOf(Number(share.file_source)) }))
}
