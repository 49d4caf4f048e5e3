import * as groups from '../accounts/groups.ts'
import type { World } from '../world.ts'
import * as received from './received.ts'
import { isAmong, isWithApp } from './recipients.ts'
import * as shares from './share.ts'
import { type Share, TYPE } from './share.ts'

/** Accept a share for one recipient, which lets it show in their files. `null`: done. */
export function accept(world: World, share: Share, userId: string): 'not-acceptable' | 'not-recipient' | null {
  const problem = markAccepted(world, share, userId)
  if (!problem) received.refreshMount(world, userId, share.nodeId)
  return problem
}

/** Accept a share that shows nowhere yet. */
export function markAccepted(world: World, share: Share, userId: string): 'not-acceptable' | 'not-recipient' | null {
  if (share.type === TYPE.user) {
    if (share.sharedWith !== userId) return 'not-recipient'
    shares.patch(world, share.id, { accepted: true })
  } else if (share.type === TYPE.group) {
    if (!groups.find(world, share.sharedWith!) || !groups.isMember(world, share.sharedWith!, userId))
      return 'not-recipient'
    const own = shares.memberView(world, share.id, userId) ?? received.addMemberView(world, share, userId, {})
    shares.patch(world, own.id, { accepted: true })
  } else {
    if (!isWithApp(world, share)) return 'not-acceptable'
    return isAmong(world, share, userId) ? null : 'not-recipient'
  }
  world.emit({ type: 'share.accepted', share, userId })
  return null
}
