import * as files from '../files/files.ts'
import type { World } from '../world.ts'
import { checkCommon } from './checks.ts'
import * as received from './received.ts'
import { isAmong, isCollective, recipientsOf } from './recipients.ts'
import * as shares from './share.ts'
import { type Share, TYPE } from './share.ts'
import { update } from './update.ts'

/** Take a share back. Links that were made from it go with it; what its recipients shared on is passed up. */
export function removeShare(world: World, share: Share): void {
  const reached = recipientsOf(world, share)
  for (const child of shares.childrenOf(world, share.id)) {
    if (child.type !== TYPE.member) removeShare(world, child)
  }
  dropRows(world, share)
  for (const userId of reached) received.refreshMount(world, userId, share.nodeId)
  world.emit({ type: 'share.deleted', share })
  promoteReshares(world, share, reached)
}

/** Forget a share and its members' views. */
export function dropRows(world: World, share: Share): void {
  if (isCollective(world, share)) for (const row of shares.childrenOf(world, share.id)) shares.drop(world, row.id)
  shares.drop(world, share.id)
}

/**
 * What the recipients of a share that ended had shared on: where they can no longer reach it, it becomes a share
 * by whoever had made the ended one.
 */
function promoteReshares(world: World, ended: Share, recipients: readonly string[]): void {
  const node = shares.nodeOf(world, ended)
  if (!node) return
  const makers = recipients.filter((userId) => userId !== ended.owner && userId !== ended.sharedBy)
  for (const maker of makers) {
    for (const reshare of shares.madeBy(world, maker)) {
      const inside = shares.nodeOf(world, reshare)
      if (!RESHARED.has(reshare.type) || !inside || !isWithin(world, inside, node)) continue
      const refusal = checkCommon(world, reshare, reshare.owner)
      if (refusal && LOST.has(refusal.reason)) update(world, { ...reshare, sharedBy: ended.sharedBy }, reshare, maker)
    }
  }
}

const LOST: ReadonlySet<string> = new Set(['not-shareable', 'more-than-own'])
const RESHARED: ReadonlySet<number> = new Set([TYPE.group, TYPE.user, TYPE.link, TYPE.remote, TYPE.email])

function isWithin(world: World, node: files.FileNode, folder: files.FileNode): boolean {
  for (let at: files.FileNode | undefined = node; at; at = files.find(world, at.parent))
    if (at.id === folder.id) return true
  return false
}

/** Give up what was received: a share with oneself ends, one with a group is hidden and can be restored. */
export function leave(world: World, share: Share, userId: string): void {
  if (share.type === TYPE.user) {
    removeShare(world, share)
    return
  }
  if (!isAmong(world, share, userId)) return
  const own = shares.memberView(world, share.id, userId) ?? received.addMemberView(world, share, userId, {})
  if (own.permissions !== 0) shares.patch(world, own.id, { permissions: 0 })
  received.refreshMount(world, userId, share.nodeId)
  world.emit({ type: 'share.left', share, userId })
}

/** Take back having left a group's share. */
export function restore(world: World, share: Share, userId: string): void {
  const own = shares.memberView(world, share.id, userId)
  const original = shares.find(world, share.id)
  if (!own || !original) return
  shares.patch(world, own.id, { permissions: original.permissions })
  received.refreshMount(world, userId, share.nodeId)
  world.emit({ type: 'share.restored', share, userId })
}
