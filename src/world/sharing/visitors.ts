import { s } from '#lib/schema.ts'
import * as users from '../accounts/users.ts'
import { defineTable } from '../define-table.ts'
import type { World } from '../world.ts'
import type { Share } from './share.ts'
import * as shares from './share.ts'

/** That a browser's session gave the password of a share, by `session:share`. */
export const openedTable = defineTable<{ readonly password: string }>('openedShares', {
  record: s.object({ password: s.string() }),
})

const keyOf = (sessionId: string, share: Share) => `${sessionId}:${share.id}`

/** Whether this is the password of a share. A password whose time is over opens nothing. */
export function opens(world: World, share: Share, password: string): boolean {
  if (share.passwordExpiresAt !== null && share.passwordExpiresAt < world.clock.seconds()) return false
  return share.password !== null && share.password === password
}

/** Remember that a session gave the password. */
export function remember(world: World, sessionId: string, share: Share): void {
  world.table(openedTable).set(keyOf(sessionId, share), { password: share.password ?? '' })
}

/** Whether a session may look at the pages of a share: it needs no password, or the session gave the present one. */
export function mayLook(world: World, sessionId: string, share: Share): boolean {
  return share.password === null || world.table(openedTable).get(keyOf(sessionId, share))?.password === share.password
}

/** Whether a session ever gave a password of a share. That is enough for its files (Nextcloud 34.0.1, asked). */
export function wasOpened(world: World, sessionId: string, share: Share): boolean {
  return world.table(openedTable).has(keyOf(sessionId, share))
}

/** Whether a link leads anywhere: its file is there, and neither its owner nor its maker is gone or disabled. */
export function leadsSomewhere(world: World, share: Share): boolean {
  const parties = [share.owner, share.sharedBy].map((userId) => users.find(world, userId))
  return parties.every((user) => user?.enabled) && shares.nodeOf(world, share) !== undefined
}
