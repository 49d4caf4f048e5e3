import type { WorldDump } from '#world/dump.ts'
import type { World } from '#world/world.ts'
import { PREFIX } from '../stateful/own-names.ts'

type Tables = WorldDump['tables']

/**
 * Where a change touched what everybody on a server shares: records that neither name something of ours nor belong to a
 * record that does.
 * @returns names of tables
 */
export function sharedChanges(before: World, after: World): string[] {
  const [a, b] = [before.dump().tables, after.dump().tables]
  const ours = new Set([...idsOfOurs(a), ...idsOfOurs(b)])
  return Object.keys({ ...a, ...b }).filter((name) => {
    const [former, rows] = [a[name] ?? {}, b[name] ?? {}]
    return Object.keys({ ...former, ...rows }).some((key) => {
      const row = rows[key] ?? former[key]
      return (
        JSON.stringify(former[key]) !== JSON.stringify(rows[key]) && !isNamed(key, row) && !refersTo(key, row, ours)
      )
    })
  })
}

const isNamed = (key: string, row: unknown) => key.includes(PREFIX) || (JSON.stringify(row) ?? '').includes(PREFIX)

/** Numbers of records that name something of ours. */
const idsOfOurs = (tables: Tables): string[] =>
  Object.values(tables).flatMap((rows) =>
    Object.keys(rows).filter((key) => /^\d+$/.test(key) && isNamed(key, rows[key])),
  )

/** Whether a record belongs to one of those: by a member that names an id, or by a key that is not its own id. */
function refersTo(key: string, row: unknown, ours: ReadonlySet<string>): boolean {
  const members = Object.entries(typeof row === 'object' && row !== null ? row : {})
  const isOwnKey = members.some(([name, value]) => name === 'id' && String(value) === key)
  const ofKey = isOwnKey ? [] : (key.match(/\d+/g) ?? [])
  const ofMembers = members.filter(([name]) => /(?:Id|parent)$/.test(name) || (name === 'id' && !isOwnKey))
  return [...ofKey, ...ofMembers.map(([, value]) => String(value))].some((id) => ours.has(id))
}
