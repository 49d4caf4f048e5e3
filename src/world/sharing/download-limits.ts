import { s } from '#lib/schema.ts'
import { defineTable } from '../define-table.ts'
import { defineReactions } from '../reactions.ts'
import * as apps from '../settings/apps.ts'
import type { World } from '../world.ts'
import * as shares from './shares.ts'

/** How often the file of a link may be downloaded. */
export interface DownloadLimit {
  readonly token: string
  readonly limit: number
  readonly count: number
}

/** Limits by the token of their link. */
export const downloadLimitsTable = defineTable<DownloadLimit>('downloadLimits', {
  record: s.object({ token: s.string(), limit: s.number(), count: s.number() }),
})
/** What a browser's session read, by `session:share`: reading it on in parts is no other download. */
export const readTable = defineTable<{ readonly token: string }>('limitedReads', {
  record: s.object({ token: s.string() }),
})

export const isOn = (world: World): boolean => apps.isEnabled(world, 'files_downloadlimit')

export function find(world: World, token: string): DownloadLimit | undefined {
  return world.table(downloadLimitsTable).get(token)
}

export type LimitProblem = 'unknown' | 'no-link' | 'no-file'

/** The link behind a token, where its maker may limit it; or why not. */
export function limitable(world: World, userId: string, token: string): shares.Share | LimitProblem {
  const share = shares.findByToken(world, token)
  if (share?.sharedBy !== userId) return 'unknown'
  if (!shares.isLinkLike(share)) return 'no-link'
  return share.itemType === 'file' ? share : 'no-file'
}

/** Limit a link. Counting begins anew. */
export function set(world: World, token: string, limit: number): void {
  world.table(downloadLimitsTable).set(token, { token, limit, count: 0 })
}

export function remove(world: World, token: string): void {
  world.table(downloadLimitsTable).delete(token)
}

/** Count a download of a link. With the last one that is allowed, the link ends. */
export function count(world: World, share: shares.Share): void {
  const known = share.token === null || !isOn(world) ? undefined : find(world, share.token)
  if (!known) return
  if (known.count + 1 >= known.limit) shares.removeShare(world, share)
  else world.table(downloadLimitsTable).set(known.token, { ...known, count: known.count + 1 })
}

/** Count that the file of a link was read. A part of what the same session has read before does not count again. */
export function countRead(world: World, share: shares.Share, sessionId: string | undefined, isPart: boolean): void {
  const key = `${sessionId}:${share.id}`
  if (sessionId !== undefined) {
    if (isPart && world.table(readTable).has(key)) return
    world.table(readTable).set(key, { token: share.token ?? '' })
  }
  count(world, share)
}

/** Limits of the links that an account made to a file. */
export function ofFile(world: World, userId: string, fileId: number): DownloadLimit[] {
  return shares.ofNode(world, fileId).flatMap((share) => {
    const isOwn = share.sharedBy === userId && shares.isLinkLike(share) && share.token !== null
    return (isOwn && find(world, share.token)) || []
  })
}

/** A limit goes with its link. */
export const downloadLimitReactions = defineReactions(
  {
    'share.deleted': (world, { share }) => {
      if (share.token !== null) remove(world, share.token)
    },
  },
  { phase: 'clean-up', evenIfDisabled: true },
)
