import type { systemTags } from '#handlers/dav/api.ts'
import { parseJson } from '#lib/json.ts'
import { defineReactions } from '#world/reactions.ts'
import { getUser, setUser } from '#world/settings/config.ts'
import type { World } from '#world/world.ts'

const MOST = 10

/** Ids of the tags that an account made, changed or put on a file, the last one first. */
export function lastUsed(world: World, userId: string): readonly string[] {
  const kept = parseJson(getUser(world, userId, 'systemtags', 'last_used', '[]'))
  return Array.isArray(kept) ? kept.map(String) : []
}

function note(
  world: World,
  { tag, by = '', seeded }: { tag: systemTags.SystemTag; by?: string; seeded?: boolean },
): void {
  if (by === '' || seeded) return
  const ids = [...new Set([String(tag.id), ...lastUsed(world, by)])]
  setUser(world, by, 'systemtags', 'last_used', JSON.stringify(ids.slice(0, MOST)))
}

export const lastUsedReactions = defineReactions({ 'tag.created': note, 'tag.changed': note, 'tag.assigned': note })
