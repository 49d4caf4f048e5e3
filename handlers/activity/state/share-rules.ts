import * as users from '#world/accounts/users.ts'
import * as files from '#world/files/files.ts'
import { type Share, TYPE } from '#world/sharing/share.ts'
import type { World } from '#world/world.ts'
import { tell } from './file-activity.ts'

const SHARED = { app: 'files_sharing', type: 'shared' } as const
/** The words for whom something was shared with. */
const KINDS: Readonly<Record<number, string>> = { [TYPE.user]: 'user', [TYPE.group]: 'group', [TYPE.link]: 'link' }

/** Those whose share made it possible to share on: the owner, and whoever the sharer has it from. */
function originals(world: World, share: Share, sharer: string): [string, string][] {
  const owner = share.owner === sharer ? undefined : files.entryOf(world, share.owner, share.nodeId)?.path
  return owner === undefined ? [] : [[share.owner, owner]]
}

/** Who shared hears of it, those it was passed on from, and who received it. A group's members do not. */
export function tellShare(world: World, share: Share, actor: string): void {
  const kind = KINDS[share.type]
  const by = actor || share.sharedBy
  const path = files.entryOf(world, share.sharedBy, share.nodeId)?.path
  if (kind === undefined || path === undefined) return
  const isFolder = share.itemType === 'folder'
  const id = share.nodeId
  const base = { ...SHARED, by, isFolder }
  const whom = share.sharedWith ?? ''
  const own = () => {
    const parameters = kind === 'link' ? [{ id, path }] : [{ id, path }, whom]
    tell(world, { ...base, userId: share.sharedBy, subject: `shared_${kind}_self`, parameters, file: { id, path } })
  }
  if (kind !== 'link') own()
  for (const [userId, ownerPath] of originals(world, share, share.sharedBy)) {
    const file = { id, path: ownerPath }
    tell(world, { ...base, userId, subject: `reshared_${kind}_by`, parameters: [file, by, whom], file })
  }
  if (kind === 'link') own()
  if (kind === 'user') {
    const file = { id, path: share.target ?? path }
    tell(world, { ...base, userId: whom, subject: 'shared_with_by', parameters: [file, by], file })
  }
}

/** The same accounts hear that a share ended, unless its file did. */
export function tellUnshare(world: World, share: Share, actor: string): void {
  const kind = KINDS[share.type]
  const ownerPath = files.entryOf(world, share.owner, share.nodeId)?.path
  const by = actor || share.sharedBy
  if (kind === undefined || ownerPath === undefined || !users.find(world, by)) return
  const id = share.nodeId
  const whom = share.sharedWith ?? ''
  const base = { ...SHARED, by, isFolder: share.itemType === 'folder' }
  const received = { id, path: share.target ?? ownerPath }
  if (kind === 'link') {
    const userId = share.sharedBy
    tell(world, { ...base, userId, subject: 'unshared_link_self', parameters: [received], file: received })
    if (userId === share.owner) return
    const parameters = [received, userId]
    tell(world, { ...base, userId: share.owner, subject: 'unshared_link_by', parameters, file: received })
    return
  }
  if (kind === 'user' && whom === by) {
    tellLeft(world, share, by)
    return
  }
  const path = files.entryOf(world, by, id)?.path ?? ownerPath
  const file = { id, path }
  tell(world, { ...base, userId: by, subject: `unshared_${kind}_self`, parameters: [file, whom], file })
  if (kind === 'user') {
    const parameters = [received, by]
    tell(world, { ...base, userId: whom, subject: 'unshared_by', parameters, file: received })
  }
}

/** Giving up what was received. */
export function tellLeft(world: World, share: Share, userId: string): void {
  const file = { id: share.nodeId, path: share.target ?? '' }
  const isFolder = share.itemType === 'folder'
  const parameters = [file, userId]
  tell(world, { ...SHARED, by: userId, userId, subject: 'self_unshared', parameters, file, isFolder })
}
