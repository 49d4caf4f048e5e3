import { systemTags } from '#handlers/dav/api.ts'
import * as groups from '#world/accounts/groups.ts'
import type { WorldEvent } from '#world/events.ts'
import * as files from '#world/files/files.ts'
import * as activities from '#world/notices/activities.ts'
import { defineReactions, mapReactions, type ReactionMap } from '#world/reactions.ts'
import type { World } from '#world/world.ts'

type SystemTag = systemTags.SystemTag

/** A tag as an activity remembers it: it may be gone or changed when somebody looks. */
const asParameter = ({ id, name, userAssignable, userVisible }: SystemTag) => ({
  ...{ id, name, assignable: userAssignable, visible: userVisible },
})

/** Administrators hear of every tag that is made, changed or deleted. */
function tellTag(world: World, subject: string, by: string, tag: SystemTag, before?: SystemTag): void {
  const parameters = { actor: by, tag: asParameter(tag), ...(before ? { before: asParameter(before) } : {}) }
  for (const userId of groups.members(world, groups.ADMIN))
    activities.add(world, {
      ...{ userId, app: 'systemtags', type: 'systemtags', author: by, subject, parameters },
      ...{ objectType: 'systemtag', objectId: tag.id, objectName: tag.name },
    })
}

type Tagged = WorldEvent<'tag.assigned' | 'tag.unassigned'>

/** Who sees a file hears which tags it gets and loses, as far as they see these. */
function tellTagged(world: World, subject: string, { tag, objectType, objectId, by = '' }: Tagged): void {
  if (objectType !== 'files') return
  for (const [userId, path] of files.pathsOf(world, Number(objectId))) {
    if (!systemTags.sees(world, userId, tag)) continue
    activities.add(world, {
      ...{ userId, app: 'systemtags', type: 'systemtags', author: by, subject },
      ...{ parameters: { actor: by, path, tag: asParameter(tag) }, objectType, objectId: Number(objectId) },
    })
  }
}

const RULES: ReactionMap = {
  'tag.created': (world, { tag, by = '' }) => tellTag(world, 'create_tag', by, tag),
  'tag.changed': (world, { tag, before, by = '' }) => tellTag(world, 'update_tag', by, tag, before),
  'tag.deleted': (world, { tag, by = '' }) => tellTag(world, 'delete_tag', by, tag),
  'tag.assigned': (world, event) => tellTagged(world, 'assign_tag', event),
  'tag.unassigned': (world, event) => tellTagged(world, 'unassign_tag', event),
}

/** Streams tell what becomes of tags, but for those that were only seeded. */
export const tagActivities = defineReactions(
  mapReactions(RULES, (tell) => (world, event) => {
    if (!event.seeded) tell(world, event)
  }),
  { phase: 'tell' },
)
