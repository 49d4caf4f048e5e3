import type { WorldEvent } from '#world/events.ts'
import * as activities from '#world/notices/activities.ts'
import type { ReactionMap } from '#world/reactions.ts'
import { defineReactions, mapReactions } from '#world/reactions.ts'
import type { World } from '#world/world.ts'
import { tellEmail, tellFirstLogin, tellGroup, tellPassword, tellToken, tellTokenChange } from './account-rules.ts'
import { tellFavorite, tellFile, tellMove } from './file-rules.ts'
import { tellLeft, tellShare, tellUnshare } from './share-rules.ts'

type FileEvent = WorldEvent<'file.created' | 'file.updated' | 'file.deleted'>

const file =
  (type: string, verb: string) =>
  (world: World, { id, by, userId }: FileEvent) =>
    tellFile(world, id, by ?? userId, type, verb)

/** What goes into the streams of which accounts, by the type of what happened. */
const RULES: ReactionMap = {
  'file.created': file('file_created', 'created'),
  'file.updated': file('file_changed', 'changed'),
  'file.deleted': file('file_deleted', 'deleted'),
  'file.moved': tellMove,
  'file.favorited': (world, event) => tellFavorite(world, event, 'added_favorite'),
  'file.unfavorited': (world, event) => tellFavorite(world, event, 'removed_favorite'),
  'share.created': (world, { share, by = '' }) => tellShare(world, share, by),
  'share.deleted': (world, { share, by = '' }) => tellUnshare(world, share, by),
  'share.left': (world, { share, userId }) => tellLeft(world, share, userId),
  'user.first-login': (world, { userId }) => tellFirstLogin(world, userId),
  'user.password-changed': (world, { userId, by = '' }) => tellPassword(world, userId, by),
  'user.changed': (world, { userId, feature, by = '' }) => {
    if (feature === 'email') tellEmail(world, userId, by)
  },
  'group.member-added': (world, event) => tellGroup(world, event, 'group_added'),
  'group.member-removed': (world, event) => tellGroup(world, event, 'group_removed'),
  'token.created': tellToken,
  'token.changed': tellTokenChange,
  'user.deleted': (world, { userId }) => activities.removeOf(world, userId),
}

/** What was only seeded did not happen. */
const unlessSeeded = (rules: ReactionMap): ReactionMap =>
  mapReactions(rules, (rule) => (world, event) => {
    if (!event.seeded) rule(world, event)
  })

export const activityReactions = defineReactions(unlessSeeded(RULES), { phase: 'tell', evenIfDisabled: true })
