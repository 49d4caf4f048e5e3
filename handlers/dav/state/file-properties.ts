import { s } from '#lib/schema.ts'
import { defineTable } from '#world/define-table.ts'
import type { World } from '#world/world.ts'

/** Properties that WebDAV clients keep on a resource: text by name in Clark notation. */
export interface CustomProperties {
  readonly values: Readonly<Record<string, string>>
}

/** By `user:resource`; a resource is `file/8`, or a path where it is no file. Every account has its own. */
export const customPropertiesTable = defineTable<CustomProperties>('customProperties', {
  record: s.object({ values: s.record(s.string()) }),
})

const keyOf = (userId: string, resource: string) => `${userId}:${resource}`

export function find(world: World, userId: string, resource: string, name: string): string | undefined {
  return world.table(customPropertiesTable).get(keyOf(userId, resource))?.values[name]
}

/** Keep a value; `null` forgets it. */
export function set(world: World, userId: string, resource: string, name: string, value: string | null): void {
  const table = world.table(customPropertiesTable)
  const { [name]: _old, ...others } = table.get(keyOf(userId, resource))?.values ?? {}
  const values = value === null ? others : { ...others, [name]: value }
  if (Object.keys(values).length === 0) table.delete(keyOf(userId, resource))
  else table.set(keyOf(userId, resource), { values })
}
