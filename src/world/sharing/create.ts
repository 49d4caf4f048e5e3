import { readCloudId } from '#lib/cloud-id.ts'
import { byRelease } from '#lib/releases.ts'
import * as groups from '../accounts/groups.ts'
import * as files from '../files/files.ts'
import * as mounts from '../files/mounts.ts'
import * as config from '../settings/config.ts'
import type { World } from '../world.ts'
import { markAccepted } from './accept.ts'
import {
  checkCommon,
  checkContents,
  checkGroupShare,
  checkLink,
  checkSharer,
  checkUserShare,
  type Draft,
  findSame,
  type Refusal,
} from './checks.ts'
import { settleExpiry, type WantedExpiry } from './expiry.ts'
import { inheritLimits } from './limits.ts'
import { checkPassword, type WantedPassword } from './passwords.ts'
import * as received from './received.ts'
import { isCollective, isWithApp, recipientsOf } from './recipients.ts'
import { sendsShareMail } from './settings.ts'
import * as shares from './share.ts'
import { isLinkLike, type Share, type ShareType, TYPE } from './share.ts'
import { freeToken } from './tokens.ts'

/** What someone wants to share, with permissions and kind decided. */
export interface NewShare {
  readonly by: string
  readonly entry: files.Entry
  readonly type: ShareType
  readonly sharedWith: string | null
  readonly permissions: number
  readonly expiry: Omit<WantedExpiry, 'isNew'>
  readonly password: WantedPassword
  readonly note: string
  readonly label: string
  readonly attributes: Share['attributes']
  readonly mailSend: boolean
}

/** A share as its maker is told, or why there is none. */
export type SharedOrRefused = { readonly share: Share } | Refusal

/** Make a share. The same file with the same account or group is shared once: the known share is the answer. */
export function create(world: World, wanted: NewShare): SharedOrRefused {
  const draft = inheritLimits(world, drafted(world, wanted))
  const refusal =
    checkSharer(world, wanted.by) ??
    checkCommon(world, draft, wanted.by) ??
    checkContents(world, wanted.by, wanted.entry)
  if (refusal) return refusal
  const isKnownOnce = draft.type === TYPE.user || isCollective(world, draft)
  const known = isKnownOnce ? findSame(world, draft) : undefined
  const refused = checkKind(world, draft)
  if (refused) return refused
  if (known) return { share: announce(world, known) }
  const expiry = settleExpiry(world, wanted.by, draft, { ...wanted.expiry, isNew: true })
  if ('reason' in expiry) return expiry
  return keep(world, { ...draft, ...expiry }, wanted.password)
}

function drafted(world: World, wanted: NewShare): Draft {
  const { by, entry, type, sharedWith, permissions, password, note, label, attributes, mailSend } = wanted
  return {
    type,
    sharedWith,
    sharedBy: by,
    owner: entry.owner,
    nodeId: entry.node.id,
    itemType: entry.node.type,
    target: null,
    permissions,
    parent: parentOf(world, wanted),
    createdAt: world.clock.seconds(),
    expiresAt: null,
    token: null,
    password: password.password,
    passwordExpiresAt: null,
    passwordByTalk: false,
    note,
    label,
    hideDownload: false,
    attributes,
    mailSend,
    accepted: isWithApp(world, { type }),
  }
}

/** A link remembers the received share that it was made from, and ends with it. */
function parentOf(world: World, { by, entry, type }: NewShare): number | null {
  if (type !== TYPE.link || !entry.mount) return null
  return received.ofNode(world, by, entry.mount.rootId)[0]?.id ?? null
}

function checkKind(world: World, draft: Draft): Refusal | null {
  if (draft.type === TYPE.user) return checkUserShare(world, draft)
  if (draft.type === TYPE.group) return checkGroupShare(world, draft)
  return isLinkLike(draft) ? checkLink(world, draft, draft.sharedBy) : null
}

function keep(world: World, draft: Draft, password: WantedPassword): SharedOrRefused {
  const weak = isLinkLike(draft) ? checkPassword(world, draft.sharedBy, password) : null
  if (weak) return weak
  if (draft.type === TYPE.user && draft.sharedWith === draft.owner) return { reason: 'with-owner' }
  if (draft.type === TYPE.email) return keepMail(world, draft)
  if (shares.isRemote(draft)) return sendAway(world, draft)
  const recipient = draft.type === TYPE.user ? draft.sharedWith : null
  const target = files.joinPath(received.shareFolder(world, recipient), files.find(world, draft.nodeId)!.name)
  const token = draft.type === TYPE.link ? freeToken(world) : null
  const kept = shares.insert(world, { ...withoutEmpty(draft), target, token, mailSend: isWithApp(world, draft) })
  const share = announce(world, kept)
  // Whether a mail was asked for is told once; of this kind it is not kept, and neither is an empty list.
  return { share: { ...share, mailSend: kept.mailSend || draft.mailSend, attributes: draft.attributes } }
}

/** An empty list of attributes is none (Nextcloud 34.0.1, source). */
export const withoutEmpty = <T extends Pick<Share, 'attributes'>>(share: T): T => ({
  ...share,
  attributes: share.attributes?.length ? share.attributes : null,
})

function keepMail(world: World, draft: Draft): SharedOrRefused {
  if (draft.sharedWith !== '' && findSame(world, draft)) return { reason: 'already-shared' }
  const share = shares.insert(world, { ...withoutEmpty(draft), token: freeToken(world) })
  announce(world, share)
  return { share }
}

/** There is no other server to reach, so a share with one fails; its id is used up all the same. */
function sendAway(world: World, draft: Draft): SharedOrRefused {
  const same = shares
    .ofNode(world, draft.nodeId)
    .some((other) => shares.isRemote(other) && other.sharedWith === draft.sharedWith)
  if (same) return { reason: 'already-shared' }
  const id = readCloudId(draft.sharedWith ?? '')
  if (typeof id === 'string') return { reason: 'no-cloud-id', about: id }
  world.nextId('share')
  return { reason: 'remote-failed' }
}

/**
 * Let those it reaches have the share, and tell the world; a share that is made again does both again.
 * @returns the share where it was put: apps may have a place of their own for it; that its name is taken there shows later
 */
function announce(world: World, share: Share): Share {
  const placeNow = () => shares.find(world, share.id)?.target ?? share.target
  const reached = recipientsOf(world, share)
  for (const userId of reached) if (acceptsByItself(world, userId)) letHave(world, share, userId)
  for (const userId of reached) {
    if (userId === share.owner || userId === share.sharedBy) continue
    received.settle(world, userId, received.asSeenBy(world, share, userId))
    received.refreshMount(world, userId, share.nodeId)
  }
  const before = placeNow()
  world.emit({ type: 'share.created', share })
  const after = placeNow()
  if (!isWithApp(world, share) && share.mailSend && sendsShareMail(world)) world.emit({ type: 'share.mailed', share })
  return after === before ? share : { ...share, target: after }
}

/** Whether each member of a group has a view of its share from the beginning, or from its first change on. */
const HAS_VIEWS = byRelease(false, { 27: true })

function letHave(world: World, share: Share, userId: string): void {
  const isCommon = share.type === TYPE.group && !HAS_VIEWS.at(world.release)
  if (isCommon) shares.patch(world, share.id, { accepted: true })
  else markAccepted(world, share, userId)
}

/** Whether an account takes what it receives without being asked: its own choice, unless the system decided. */
export function acceptsByItself(world: World, userId: string): boolean {
  if (config.getSystem(world, 'sharing.force_share_accept', false)) return false
  const usual = config.getSystem(world, 'sharing.enable_share_accept', false) ? 'no' : 'yes'
  return config.getUser(world, userId, 'files_sharing', 'default_accept', usual) === 'yes'
}

/** Someone joined a group: what the group received is theirs too. */
export function joinGroup(world: World, userId: string, groupId: string): void {
  if (acceptsByItself(world, userId)) {
    for (const share of received.throughGroups(world, userId)) {
      if (share.sharedWith === groupId) markAccepted(world, share, userId)
    }
  }
  received.refreshAccount(world, userId)
}

/** Someone left a group: what they changed about its shares is forgotten, and what they lost disappears. */
export function leaveGroup(world: World, userId: string, groupId: string): void {
  for (const share of shares.sharedWith(world, TYPE.group, groupId)) {
    const own = shares.memberView(world, share.id, userId)
    if (own) shares.drop(world, own.id)
    if (!groups.isMember(world, groupId, userId)) received.refreshMount(world, userId, share.nodeId)
  }
  for (const mount of mounts.ofUser(world, userId)) received.refreshMount(world, userId, mount.rootId)
}
