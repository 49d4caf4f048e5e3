import { defineEndpoint, s } from '#app/index.ts'
import { contextOf, PROBE } from './circles.ts'
import { addedParty, inheritanceOf } from './format.ts'
import { FOR_MEMBERS, looksAtCallerFirst, membershipOf, refuse } from './refusals.ts'
import * as circles from './state.ts'

export const getLink = defineEndpoint({
  id: 'circles:GET /apps/circles/link/{circleId}/{singleId}',
  app: 'circles',
  method: 'GET',
  path: '/apps/circles/link/{circleId}/{singleId}',
  access: 'user',
  summary: 'By what somebody is in a team of the caller: each step of the way',
  output: s.object({ singleId: s.string(), circleId: s.string(), level: s.int() }, 'allow'),
  ...FOR_MEMBERS,
  failures: { 404: '' },
  probe: { ...PROBE, singleId: 'nosuchsingle' },
  handle: (args) => {
    const { input, world, ok, fail } = args
    if (looksAtCallerFirst(args) && !membershipOf(args, input.circleId, 0)) return refuse(args, input.circleId)
    const circle = circles.find(world, input.circleId)
    const party = circles.partyOfSingle(world, input.singleId)
    const membership = circle && party !== undefined ? circles.membershipIn(world, circle.id, party) : undefined
    if (!circle || !membership) return fail(404)
    const context = contextOf(args)
    // The party itself comes first, then the way down to it (Nextcloud 34.0.1, asked).
    const steps = [membership.path.at(-1)!, ...membership.path.slice(0, -1)]
    return ok({
      ...inheritanceOf(context, circle, membership),
      inheritanceDetails: steps.map((one) => addedParty(context, one)),
    })
  },
})
