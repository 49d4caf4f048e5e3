import { byRelease } from '#lib/releases.ts'
import { s } from '#lib/schema.ts'
import * as groups from '#world/accounts/groups.ts'
import { defineTable } from '#world/define-table.ts'
import type { World } from '#world/world.ts'

/** One condition of a flow. */
export interface Check {
  readonly class: string
  readonly operator: string
  readonly value: string
}

/** A flow: what is done when an event happens and all checks pass. */
export interface Flow {
  readonly id: number
  readonly class: string
  readonly name: string
  readonly checks: readonly Check[]
  readonly operation: string
  readonly entity: string
  readonly events: readonly string[]
  /** `null`: the administrators' flows, for everyone. */
  readonly userId: string | null
}

/** What flows can be made of: apps bring it. */
export interface Building {
  /** Operations by PHP class; those for administrators alone are not `personal`. */
  readonly operations: Readonly<Record<string, { readonly personal: boolean }>>
  /** Events of entities by PHP class. */
  readonly entities: Readonly<Record<string, readonly string[]>>
  /** Checks by PHP class: how their values are judged, and for which entity alone they are. */
  readonly checks: Readonly<Record<string, { readonly kind: CheckKind; readonly entity?: string }>>
}

export type CheckKind = 'text' | 'size' | 'group' | 'address' | 'time' | 'tags'

export type FlowProblem = { readonly kind: 'unknown-class' } | { readonly kind: 'invalid'; readonly message: string }

export const flowsTable = defineTable<Flow>('flows', {
  sequence: 'flow',
  record: s.object({
    id: s.int(),
    class: s.string(),
    name: s.string(),
    checks: s.list(s.object({ class: s.string(), operator: s.string(), value: s.string() })),
    operation: s.string(),
    entity: s.string(),
    events: s.list(s.string()),
    userId: s.nullable(s.string()),
  }),
})

/** Flows of the administrators (`null`) or of an account, oldest first. */
export function list(world: World, userId: string | null, operation?: string): Flow[] {
  return [...world.table(flowsTable).values()].filter(
    (flow) => flow.userId === userId && (operation === undefined || flow.class === operation),
  )
}

/** A flow, if it is one of theirs. */
export function findIn(world: World, id: number, userId: string | null): Flow | undefined {
  const flow = world.table(flowsTable).get(String(id))
  return flow?.userId === userId ? flow : undefined
}

export function add(world: World, made: Omit<Flow, 'id'>): Flow {
  const flow = { id: world.nextId('flow'), ...made }
  world.table(flowsTable).set(String(flow.id), flow)
  return flow
}

export function update(world: World, flow: Flow, change: Partial<Flow>): Flow {
  const next = { ...flow, ...change }
  world.table(flowsTable).set(String(flow.id), next)
  return next
}

export function remove(world: World, flow: Flow): void {
  world.table(flowsTable).delete(String(flow.id))
}

const LONGEST_OPERATION = 4096
const LONGEST_VALUE = 2048

const invalid = (message: string): FlowProblem => ({ kind: 'invalid', message })

/** Whether the real server stumbles over a class that there is not, or says so. */
const STUMBLES = byRelease(false, { 33: true })

const unknown = (world: World, what: string, name: string): FlowProblem =>
  STUMBLES.at(world.release) ? { kind: 'unknown-class' } : invalid(`${what} ${name} does not exist`)

/** What is wrong with a flow, in the order in which the real server looks (34.0.1, asked); `null`: nothing. */
export function problemOf(world: World, building: Building, flow: Omit<Flow, 'id'>): FlowProblem | null {
  const bytes = (text: string) => new TextEncoder().encode(text).length
  if (bytes(flow.operation) > LONGEST_OPERATION) return invalid('The provided operation data is too long')
  const operation = building.operations[flow.class]
  if (!operation) return unknown(world, 'Operation', flow.class)
  if (flow.userId !== null && !operation.personal) return invalid(`Operation ${flow.class} is invalid`)
  const events = building.entities[flow.entity]
  if (!events) return unknown(world, 'Entity', flow.entity)
  const strange = flow.events.find((event) => !events.includes(event))
  if (strange !== undefined) return invalid(`Entity ${flow.entity} has no event ${strange}`)
  if (flow.checks.length === 0) return invalid('At least one check needs to be provided')
  for (const check of flow.checks) {
    if (bytes(check.value) > LONGEST_VALUE) return invalid('The provided check value is too long')
    const known = building.checks[check.class]
    if (!known) return unknown(world, 'Check', check.class)
    if (known.entity && known.entity !== flow.entity)
      return invalid(`Check ${flow.class} is not allowed with this entity`)
    const problem = JUDGES[known.kind](world, check)
    if (problem) return invalid(problem)
  }
  return null
}

const OPERATORS: Readonly<Record<CheckKind, readonly string[]>> = {
  text: ['is', '!is', 'matches', '!matches'],
  size: ['less', '!less', 'greater', '!greater'],
  group: ['is', '!is'],
  tags: ['is', '!is'],
  address: ['matchesIPv4', '!matchesIPv4', 'matchesIPv6', '!matchesIPv6'],
  time: ['in', '!in'],
}

type Judge = (world: World, check: Check) => string | null

const judged =
  (kind: CheckKind, judge: Judge): Judge =>
  (world, check) =>
    OPERATORS[kind].includes(check.operator) ? judge(world, check) : 'The given operator is invalid'

const JUDGES: Readonly<Record<CheckKind, Judge>> = {
  text: judged('text', (_, { operator, value }) =>
    operator.endsWith('matches') && !isPattern(value) ? 'The given regular expression is invalid' : null,
  ),
  size: judged('size', (_, { value }) =>
    /^[0-9]+[ ]?[kmgt]?b$/i.test(value) ? null : 'The given file size is invalid',
  ),
  group: judged('group', (world, { value }) => (groups.find(world, value) ? null : 'The given group does not exist')),
  tags: judged('tags', (_, { value }) => (/^\d+$/.test(value) ? null : 'The given tag id is invalid')),
  address: judged('address', (_, { operator, value }) => addressProblem(operator.endsWith('4') ? 4 : 6, value)),
  time: judged('time', (_, { value }) =>
    /^\["(\d|[01]\d|2[0-3]):[0-5]\d [A-Za-z_/-]+","(\d|[01]\d|2[0-3]):[0-5]\d [A-Za-z_/-]+"\]$/.test(value)
      ? null
      : 'The given time span is invalid',
  ),
}

/** PHP's patterns stand between delimiters. */
function isPattern(text: string): boolean {
  const match = /^([^\w\s\\])(.*)\1[imsxuADSUXJ]*$/s.exec(text)
  if (!match) return false
  try {
    return Boolean(new RegExp(match[2]!))
  } catch {
    return false
  }
}

const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/
const IPV6 = /^(?=.*:)[0-9a-f:.]{2,45}$/i

function addressProblem(version: 4 | 6, value: string): string | null {
  const [address, bits, ...more] = value.split('/')
  if (bits === undefined || more.length > 0) return 'The given IP range is invalid'
  const isAddress = (version === 4 ? IPV4 : IPV6).test(address!)
  const isRange = Number(bits) > 0 && Number(bits) <= (version === 4 ? 32 : 128)
  return isAddress && isRange ? null : `The given IP range is not valid for IPv${version}`
}
