import { UserError } from '#lib/errors.ts'
import { type Json, type JsonObject, membersOf } from '#lib/json.ts'
import { compilePattern } from '#lib/pattern.ts'
import { s } from '#lib/schema.ts'
import { defineTable } from '#world/define-table.ts'
import type { World } from '#world/world.ts'

/** A registered webhook: where to send what, when which event happens. */
export interface Webhook {
  readonly id: number
  /** The ExApp that registered it, or `null`. */
  readonly appId: string | null
  readonly userId: string | null
  readonly httpMethod: string
  /** Where to; a path is sent to the ExApp that registered it. */
  readonly uri: string
  /** A PHP class: `OCP\Files\Events\Node\NodeCreatedEvent`. */
  readonly event: string
  /** Conditions in the manner of MongoDB, on what would be sent. */
  readonly eventFilter: Json
  /** Only what this account does; empty: what anyone does. */
  readonly userIdFilter: string
  readonly headers: Json
  readonly authMethod: 'none' | 'header'
  /** What the API shows of the authentication: unreadable, as it is encrypted. */
  readonly authData: string | null
  /** The headers that it stands for. */
  readonly authHeaders: JsonObject | null
  readonly tokenNeeded: Json
}

export type NewWebhook = Omit<Webhook, 'id' | 'authData' | 'authHeaders'> & {
  readonly auth: readonly Json[] | JsonObject | null
}

export const webhooksTable = defineTable<Webhook>('webhooks', {
  sequence: 'webhook',
  record: s.object({
    id: s.int(),
    appId: s.nullable(s.string()),
    userId: s.nullable(s.string()),
    httpMethod: s.string(),
    uri: s.string(),
    event: s.string(),
    eventFilter: s.json(),
    userIdFilter: s.string(),
    headers: s.json(),
    authMethod: s.literal('none', 'header'),
    authData: s.nullable(s.string()),
    authHeaders: s.nullable(s.record(s.json())),
    tokenNeeded: s.json(),
  }),
})

export function find(world: World, id: number): Webhook | undefined {
  return world.table(webhooksTable).get(String(id))
}

/** All of them in the order of their ids; with a URI, those that are sent there. */
export function list(world: World, uri: string | null = null): Webhook[] {
  return [...world.table(webhooksTable).values()].filter((hook) => uri === null || hook.uri === uri)
}

export function register(world: World, made: NewWebhook): Webhook {
  const hook = hookOf(world, world.nextId('webhook'), made)
  world.table(webhooksTable).set(String(hook.id), hook)
  return hook
}

/** Replace a webhook. One that does not exist is shown as if it did, and not kept, as on a real 34.0.1 (asked). */
export function replace(world: World, id: number, made: NewWebhook): Webhook {
  const hook = hookOf(world, id, made)
  if (find(world, id)) world.table(webhooksTable).set(String(id), hook)
  return hook
}

function hookOf(world: World, id: number, { auth, ...made }: NewWebhook): Webhook {
  const authHeaders = auth && membersOf(auth)
  return { ...made, id, authHeaders, authData: authHeaders && unreadable(world) }
}

/** Text in the form of the real server's encrypted values. */
const unreadable = (world: World) => `${world.random.hex(64)}|${world.random.hex(32)}|${world.random.hex(128)}|3`

export function remove(world: World, id: number): boolean {
  return world.table(webhooksTable).delete(String(id))
}

/** Remove all that an ExApp registered; the answer is how many there were. */
export function removeOfApp(world: World, appId: string): number {
  const theirs = list(world).filter((hook) => hook.appId === appId)
  for (const { id } of theirs) remove(world, id)
  return theirs.length
}

/**
 * Webhooks for what happened: its class, who did it, and what would be sent.
 * @param complain told of conditions that cannot be followed; such a webhook is not called
 */
export function matching(
  world: World,
  event: string,
  userId: string | null,
  data: unknown,
  complain: (message: string) => void,
): Webhook[] {
  return list(world).filter((hook) => {
    if (hook.event !== event || (hook.userIdFilter !== '' && hook.userIdFilter !== userId)) return false
    try {
      return fits(hook.eventFilter, data)
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      complain(`Webhook ${hook.id} is not called, as nobody can tell whether its conditions are met. ${error.message}`)
      return false
    }
  })
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/**
 * Whether data meets conditions: values by dotted path, `$and`, `$or`, `$nor`, `$not`, and comparisons.
 * @throws UserError for a pattern with look-around or back-references, which nobody follows here
 */
export function fits(filter: unknown, data: unknown): boolean {
  if (!isRecord(filter)) return true
  return Object.entries(filter).every(([key, wanted]) => {
    const each = isRecord(wanted) ? Object.values(wanted) : []
    if (key === '$and') return each.every((part) => fits(part, data))
    if (key === '$or') return each.some((part) => fits(part, data))
    if (key === '$nor') return !each.some((part) => fits(part, data))
    return meets(valueAt(data, key), wanted)
  })
}

function valueAt(data: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((at, key) => (isRecord(at) ? at[key] : undefined), data)
}

function meets(value: unknown, wanted: unknown): boolean {
  if (!isRecord(wanted) || Array.isArray(wanted)) return JSON.stringify(value) === JSON.stringify(wanted)
  return Object.entries(wanted).every(([operator, operand]) => compare(operator, value, operand))
}

function compare(operator: string, value: unknown, operand: unknown): boolean {
  const members = isRecord(operand) ? Object.values(operand) : []
  switch (operator) {
    case '$eq':
      return value === operand
    case '$ne':
      return value !== operand
    case '$gt':
      return Number(value) > Number(operand)
    case '$gte':
      return Number(value) >= Number(operand)
    case '$lt':
      return Number(value) < Number(operand)
    case '$lte':
      return Number(value) <= Number(operand)
    case '$in':
      return members.includes(value)
    case '$nin':
      return !members.includes(value)
    case '$exists':
      return (value !== undefined) === Boolean(operand)
    case '$not':
      return !meets(value, operand)
    case '$regex':
      return typeof value === 'string' && matches(value, String(operand))
    default:
      return false
  }
}

/** PHP's patterns stand between delimiters: `/\.txt$/i`. What is no pattern matches nothing. */
function matches(value: string, pattern: string): boolean {
  const [, , source = pattern, flags = ''] = /^([/#~])(.*)\1([imsu]*)$/s.exec(pattern) ?? []
  return isRegExp(source, flags) && compilePattern(source, flags).test(value)
}

function isRegExp(source: string, flags: string): boolean {
  try {
    new RegExp(source, flags)
    return true
  } catch {
    return false
  }
}
