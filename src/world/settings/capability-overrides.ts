import type { JsonObject } from '#lib/json.ts'
import { s } from '#lib/schema.ts'
import { defineTable } from '../define-table.ts'
import type { World } from '../world.ts'

/** What an instance says it can do, beside or instead of what its apps say: a JSON Merge Patch, `null` removes. */
export type CapabilityPatch = JsonObject

export const overridesTable = defineTable<{ readonly patches: readonly CapabilityPatch[] }>('capabilityOverrides', {
  record: s.object({ patches: s.list(s.record(s.json())) }),
})
const KEY = 'all'

/** From now on this is laid over what the apps say, and over what was laid there before. */
export function override(world: World, patch: CapabilityPatch): void {
  world.table(overridesTable).set(KEY, { patches: [...overrides(world), patch] })
}

/** What was laid over, oldest first. */
export function overrides(world: World): readonly CapabilityPatch[] {
  return world.table(overridesTable).get(KEY)?.patches ?? []
}
