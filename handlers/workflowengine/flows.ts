import { type InferParams, p, s } from '#app/index.ts'
import { membersOf } from '#lib/json.ts'
import type { PhpArray } from '#lib/php.ts'
import type { Profile } from '#profiles/profile.ts'
import { defineProfileData } from '#profiles/profile-data.ts'
import type { World } from '#world/world.ts'
import * as workflows from './state.ts'

const check = s.object({ class: s.string(), operator: s.string(), value: s.nullable(s.string()) })
const members = {
  id: s.int(),
  class: s.string(),
  name: s.string(),
  checks: s.list(check),
  operation: s.string(),
  entity: s.string(),
  events: s.list(s.string()),
}

/** A flow that was just made or changed. */
export const flowSchema = s.object(members)
/** A flow of a list also says whose it is. */
export const listedSchema = s.object({
  ...members,
  scope_type: s.literal(0, 1),
  scope_actor_id: s.nullable(s.string()),
})

export const INPUT = {
  name: p.string(),
  checks: p.array(),
  operation: p.string(),
  entity: p.string(),
  events: p.array(),
}

export const FAILURES = {
  400: 'What is wrong with the flow, such as: At least one check needs to be provided',
  403: 'Target operation not within scope',
} as const

/** The administrators' flows are for everyone, an account's for itself. */
export const SCOPES = {
  global: { access: 'admin', path: '/apps/workflowengine/api/v1/workflows/global' },
  user: { access: 'user', path: '/apps/workflowengine/api/v1/workflows/user' },
} as const

export const printFlow = ({ userId: _, ...flow }: workflows.Flow): PhpArray => ({
  ...flow,
  checks: flow.checks.map((each) => ({ ...each })),
})

export const printListed = (flow: workflows.Flow): PhpArray => ({
  ...printFlow(flow),
  scope_type: flow.userId === null ? 0 : 1,
  scope_actor_id: flow.userId ?? '',
})

/** Flows by the class of their operation. */
export function byClass(flows: readonly workflows.Flow[]): Record<string, PhpArray[]> {
  const classes: Record<string, PhpArray[]> = {}
  for (const flow of flows) {
    const same = classes[flow.class] ?? []
    classes[flow.class] = same
    same.push(printListed(flow))
  }
  return classes
}

type Input = InferParams<typeof INPUT>

/** A flow as it was asked for, with the checks as far as they are ones. */
export function readFlow(input: Input, operationClass: string, userId: string | null): Omit<workflows.Flow, 'id'> {
  const checks = Object.values(membersOf(input.checks)).map(membersOf)
  return {
    class: operationClass,
    name: String(input.name),
    checks: checks.map((each) => ({
      class: String(each.class ?? ''),
      operator: String(each.operator ?? ''),
      value: String(each.value ?? ''),
    })),
    operation: String(input.operation),
    entity: String(input.entity),
    events: Object.values(membersOf(input.events)).map(String),
    userId,
  }
}

/** Kinds of entities, events, operations and checks that flows can be built of. */
export const building = defineProfileData<workflows.Building>('workflow')

/** The message of what is wrong with a flow, `crash` for what the real server stumbles over, or `null`. */
export function judge(world: World, profile: Profile, flow: Omit<workflows.Flow, 'id'>): string | 'crash' | null {
  const problem = workflows.problemOf(world, building.of(profile), flow)
  if (!problem) return null
  return problem.kind === 'invalid' ? problem.message : 'crash'
}
