import { defineBackgroundJob } from '../background-jobs.ts'
import * as files from '../files/files.ts'
import type { World } from '../world.ts'
import { removeShare } from './remove.ts'
import { find, patch, type Share, sharesTable } from './share.ts'

/** Shares that expired are taken back, the oldest first. One may take others along that were made from it. */
export const expiredShareJob = defineBackgroundJob({
  name: 'expired',
  table: sharesTable,
  momentOf: ({ expiresAt }) => expiresAt,
  run: (world, due) => {
    for (const { id } of due.toSorted((a, b) => a.id - b.id)) {
      const share = find(world, id)
      if (share) removeShare(world, share)
    }
  },
})

/** Which shares are meant; what is left out may be anything. */
export interface ShareFilter {
  readonly token?: string | undefined
  readonly owner?: string | undefined
  /** In the owner's files. */
  readonly path?: string | undefined
  /** The account, group or address that received it. */
  readonly with?: string | undefined
}

/** Let the day of shares be over that still count. The answer is how many there were. */
export function expire(world: World, filter: ShareFilter): number {
  const now = world.clock.seconds()
  const found = [...world.table(sharesTable).values()].filter(
    (share) => (share.expiresAt === null || share.expiresAt > now) && isMeant(world, share, filter),
  )
  for (const { id } of found) patch(world, id, { expiresAt: now - 1 })
  return found.length
}

function isMeant(world: World, share: Share, { token, owner, path, with: recipient }: ShareFilter): boolean {
  if (token !== undefined && share.token !== token) return false
  if (owner !== undefined && share.owner.toLowerCase() !== owner.toLowerCase()) return false
  if (recipient !== undefined && share.sharedWith !== recipient) return false
  return path === undefined || files.entryOf(world, share.owner, share.nodeId)?.path === files.normalize(path)
}
