import { s } from '#lib/schema.ts'
import { defineTable } from '../define-table.ts'
import type { World } from '../world.ts'

/** A kind of collection that clients keep in step with. */
export type CollectionKind = 'calendar' | 'addressbook'

export type Operation = 'added' | 'modified' | 'deleted'

/** What happened to one thing in a collection. */
interface Change {
  readonly uri: string
  readonly operation: Operation
}

/** Changes by `kind/collection/token`: the token that the collection had before. */
export const collectionChangesTable = defineTable<Change>('collectionChanges', {
  record: s.object({ uri: s.string(), operation: s.literal('added', 'modified', 'deleted') }),
})

const DIGITS = 9
const prefixOf = (kind: CollectionKind, id: number) => `${kind}/${id}/`
const keyOf = (kind: CollectionKind, id: number, token: number) =>
  prefixOf(kind, id) + String(token).padStart(DIGITS, '0')

/** Keep in mind what happened at a token. */
export function noteChange(world: World, kind: CollectionKind, id: number, token: number, change: Change): void {
  world.table(collectionChangesTable).set(keyOf(kind, id, token), change)
}

export function forgetChanges(world: World, kind: CollectionKind, id: number): void {
  const table = world.table(collectionChangesTable)
  for (const key of [...table.keysWithPrefix(prefixOf(kind, id))]) table.delete(key)
}

/** What happened since a token, each thing once: with what happened to it last, or first of all with what is worst. */
export function changesSince(
  world: World,
  kind: CollectionKind,
  id: number,
  token: number,
  isSerious = false,
): Map<string, Operation> {
  const table = world.table(collectionChangesTable)
  const found = new Map<string, Operation>()
  for (const key of table.keysWithPrefix(prefixOf(kind, id))) {
    if (Number(key.slice(-DIGITS)) < token) continue
    const { uri, operation } = table.get(key)!
    const known = found.get(uri)
    if (!isSerious || known === undefined || RANK[operation] > RANK[known]) found.set(uri, operation)
  }
  return found
}

const RANK: Readonly<Record<Operation, number>> = { added: 1, modified: 2, deleted: 3 }
