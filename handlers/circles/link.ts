import { defineEndpoint, s } from '#app/index.ts'
import { contextOf, FOR_MEMBERS, membershipOf, PROBE, refuse } from './circles.ts'
import { addedParty, inheritanceOf } from './format.ts'
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
    const found = membershipOf(args, input.circleId, 0)
    if (!found) return refuse(args)
    const party = circles.partyOfSingle(world, input.singleId)
    const membership = party === undefined ? undefined : circles.membershipIn(world, found.circle.id, party)
    if (!membership) return fail(404)
    const context = contextOf(args)
    // The party itself comes first, then the way down to it (Nextcloud 34.0.1, asked).
    const steps = [membership.path.at(-1)!, ...membership.path.slice(0, -1)]
    return ok({
      ...inheritanceOf(context, found.circle, membership),
      inheritanceDetails: steps.map((one) => addedParty(context, one)),
    })
  },
})
