import type { Share } from '#world/sharing/share.ts'
import type { Reaction, World, WorldEvent } from '#world/world.ts'
import { tellEmail, tellFirstLogin, tellGroup, tellPassword, tellToken } from './account-rules.ts'
import * as activities from './activities.ts'
import { tellFavorite, tellFile, tellMove } from './file-rules.ts'
import { tellLeft, tellShare, tellUnshare } from './share-rules.ts'

type Rule = (world: World, event: WorldEvent, by: string) => void

/** What goes into the streams of which accounts, by the type of what happened. */
const RULES: Readonly<Record<string, Rule>> = {
  'file.created': (world, event, by) => tellFile(world, event, by || String(event.userId), 'file_created', 'created'),
  'file.updated': (world, event, by) => tellFile(world, event, by || String(event.userId), 'file_changed', 'changed'),
  'file.deleted': (world, event, by) => tellFile(world, event, by || String(event.userId), 'file_deleted', 'deleted'),
  'file.restored': (world, event, by) =>
    tellFile(world, event, by || String(event.userId), 'file_restored', 'restored'),
  'file.moved': (world, event, by) => tellMove(world, event, by || String(event.userId)),
  'file.favorited': (world, event) => tellFavorite(world, event, 'added_favorite'),
  'file.unfavorited': (world, event) => tellFavorite(world, event, 'removed_favorite'),
  'share.created': (world, event, by) => tellShare(world, event.share as Share, by),
  'share.deleted': (world, event, by) => tellUnshare(world, event.share as Share, by),
  'share.left': (world, event) => tellLeft(world, event.share as Share, String(event.userId)),
  'user.first-login': (world, event) => tellFirstLogin(world, String(event.userId)),
  'user.password-changed': (world, event, by) => tellPassword(world, String(event.userId), by),
  'user.changed': (world, event, by) => {
    if (event.feature === 'email') tellEmail(world, String(event.userId), by)
  },
  'group.member-added': (world, event, by) => tellGroup(world, event, by, 'group_added'),
  'group.member-removed': (world, event, by) => tellGroup(world, event, by, 'group_removed'),
  'token.created': (world, event, by) => tellToken(world, event, by),
  'user.deleted': (world, event) => activities.removeOf(world, String(event.userId)),
}

/** What was only seeded did not happen. */
export const react: Reaction = (world, event) => {
  if (event.seeded !== true) RULES[event.type]?.(world, event, typeof event.by === 'string' ? event.by : '')
}
