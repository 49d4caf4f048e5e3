import { redactDeep, redactRecord } from '#journal/redact.ts'
import type { OcsMock } from '#mock.ts'
import type { TableKey } from '#world/define-table.ts'
import type { World } from '#world/world.ts'

/** One record that is not the same in two worlds. */
export interface RecordChange {
  readonly table: string
  readonly key: string
  readonly change: 'added' | 'removed' | 'changed'
  /** Of a changed record: members that differ, before and after. */
  readonly members?: Readonly<Record<string, readonly [before: unknown, after: unknown]>>
}

const MOST_CHANGES = 1000

/** What is another in the second of two worlds, secrets redacted; worlds share what neither side changed. */
export async function changesBetween(mock: OcsMock, before: World, after: World) {
  const changes: RecordChange[] = []
  let count = 0
  for (const key of (await mock.tables()).values()) {
    for (const change of changesIn(key, before, after)) if (++count <= MOST_CHANGES) changes.push(change)
  }
  return { changes, count }
}

function* changesIn(key: TableKey<unknown>, before: World, after: World): Generator<RecordChange> {
  const [old, now] = [before.table(key), after.table(key)]
  for (const [name, record] of now.entries()) {
    const was = old.get(name)
    if (was === record) continue
    const shown = { table: key.name, key: redactRecord(name, record, key).key }
    if (was === undefined) yield { ...shown, change: 'added' }
    else {
      const members = differing(was, record, key.open)
      if (Object.keys(members).length > 0) yield { ...shown, change: 'changed', members }
    }
  }
  for (const [name, record] of old.entries())
    if (!now.has(name)) yield { table: key.name, key: redactRecord(name, record, key).key, change: 'removed' }
}

function differing(before: unknown, after: unknown, open: readonly string[] = []): RecordChange['members'] & object {
  const [old, now] = [membersOf(before), membersOf(after)]
  const names = new Set([...Object.keys(old), ...Object.keys(now)])
  const changed = [...names].filter((name) => JSON.stringify(old[name]) !== JSON.stringify(now[name]))
  const shown = (members: Readonly<Record<string, unknown>>, name: string) =>
    membersOf(redactDeep({ [name]: members[name] }, open))[name]
  return Object.fromEntries(changed.map((name) => [name, [shown(old, name), shown(now, name)] as const]))
}

const membersOf = (record: unknown): Readonly<Record<string, unknown>> =>
  typeof record === 'object' && record !== null ? { ...record } : { value: record }
