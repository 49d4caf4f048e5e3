import { defineEndpoint, p } from '#app/index.ts'
import type { Result } from '#line/endpoint.ts'
import { contextOf, PROBE } from './circles.ts'
import { circleSchema, teamFor } from './format.ts'
import { type CircleArguments, FOR_MEMBERS, membershipOf, refuse } from './refusals.ts'
import * as circles from './state.ts'
import { type Circle, LEVEL } from './state.ts'

const APP = 'circles'
const BASE = '/apps/circles/circles/{circleId}'

/** Change a team that the caller administers, and show it. */
function edit(
  args: CircleArguments & { ok(data: ReturnType<typeof teamFor>): Result },
  id: string,
  change: (of: Circle) => void,
) {
  const found = membershipOf(args, id, LEVEL.admin)
  if (!found) return refuse(args, id)
  change(found.circle)
  return args.ok(teamFor(contextOf(args), circles.find(args.world, id)!, args.me))
}

const common = { app: APP, method: 'PUT', access: 'user', output: circleSchema, ...FOR_MEMBERS } as const

export const editName = defineEndpoint({
  ...common,
  id: 'circles:PUT /apps/circles/circles/{circleId}/name',
  path: `${BASE}/name`,
  summary: 'Give a team another name',
  input: { circleId: p.string(), value: p.string() },
  failures: { 400: 'Circle name is too short' },
  probe: { ...PROBE, value: 'x' },
  handle: (args) =>
    edit(args, args.input.circleId, (circle) => {
      if (circles.rename(args.world, circle, args.input.value) === 'too-short') args.fail(400)
    }),
})

export const editDescription = defineEndpoint({
  ...common,
  id: 'circles:PUT /apps/circles/circles/{circleId}/description',
  path: `${BASE}/description`,
  summary: 'Say what a team is for',
  input: { circleId: p.string(), value: p.string() },
  probe: { ...PROBE, value: 'x' },
  handle: (args) => edit(args, args.input.circleId, (circle) => circles.describe(args.world, circle, args.input.value)),
})

export const editSetting = defineEndpoint({
  ...common,
  id: 'circles:PUT /apps/circles/circles/{circleId}/setting',
  path: `${BASE}/setting`,
  summary: 'Keep a value with a team; without one, forget it',
  input: { circleId: p.string(), setting: p.string(), value: p.string().orNull() },
  probe: { ...PROBE, setting: 'x' },
  handle: (args) =>
    edit(args, args.input.circleId, (circle) =>
      circles.setSetting(args.world, circle, args.input.setting, args.input.value),
    ),
})

export const editConfig = defineEndpoint({
  ...common,
  id: 'circles:PUT /apps/circles/circles/{circleId}/config',
  path: `${BASE}/config`,
  summary: 'Say who sees a team, who may join it, and who takes others in: a sum of bits',
  input: { circleId: p.string(), value: p.int() },
  failures: { 400: 'Configuration value is not valid' },
  probe: { ...PROBE, value: '0' },
  handle: (args) =>
    edit(args, args.input.circleId, (circle) => {
      if (circles.configure(args.world, circle, args.input.value) === 'invalid') args.fail(400)
    }),
})
