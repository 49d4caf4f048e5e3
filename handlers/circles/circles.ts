import { defineEndpoint, p, s } from '#app/index.ts'
import { byRelease } from '#lib/releases.ts'
import {
  circleSchema,
  type FormatContext,
  leftTeam,
  memberSchema,
  newMember,
  newTeam,
  team,
  teamFor,
} from './format.ts'
import {
  type CircleArguments,
  FOR_MEMBERS,
  isKnownTo,
  looksAtCallerFirst,
  membershipOf,
  patronOf,
  refuse,
} from './refusals.ts'
import * as circles from './state.ts'
import { type Circle, CONFIG, LEVEL } from './state.ts'

const APP = 'circles'
const BASE = '/apps/circles/circles'
const TOO_SHORT = 'Circle name is too short'
export const PROBE = { circleId: 'nosuchteam' }
export const contextOf = ({ world, request }: Pick<CircleArguments, 'world' | 'request'>): FormatContext => ({
  world,
  host: request.host,
})

const page = {
  limit: p.limit().default(-1).before(34, p.int().default(-1)),
  offset: p.int().default(0),
}

function cut<T>(list: readonly T[], { limit, offset }: { limit: number; offset: number }): readonly T[] {
  return list.slice(Math.max(0, offset), limit < 0 ? undefined : Math.max(0, offset) + limit)
}

/** What others may know of how a team is set up. */
const publicConfig = (circle: Circle): Circle => ({ ...circle, config: circle.config & (CONFIG.visible | CONFIG.open) })

export const list = defineEndpoint({
  id: 'circles:GET /apps/circles/circles',
  app: APP,
  method: 'GET',
  path: BASE,
  access: 'user',
  summary: 'Teams that the caller is in, and those that everybody sees',
  input: page,
  output: s.list(circleSchema),
  handle: (args) => {
    const { input, world, me, ok } = args
    const shown = cut(circles.visibleTo(world, me), input).map((circle) =>
      teamFor(contextOf(args), circles.memberOf(world, circle.id, me) ? circle : publicConfig(circle), me),
    )
    return ok(shown)
  },
})

export const probe = defineEndpoint({
  id: 'circles:GET /apps/circles/probecircles',
  app: APP,
  method: 'GET',
  path: '/apps/circles/probecircles',
  access: 'user',
  summary: 'Teams that the caller is in, without their members',
  input: page,
  output: s.list(circleSchema),
  handle: (args) => args.ok(cut(circles.ofUser(args.world, args.me), args.input).map((c) => team(contextOf(args), c))),
})

/** Nextcloud 32.0.2, 33.0.0 and 34.0.1, asked. */
const REFUSES_LOCAL = byRelease(false, { 34: true })

export const create = defineEndpoint({
  id: 'circles:POST /apps/circles/circles',
  app: APP,
  method: 'POST',
  path: BASE,
  access: 'user',
  summary: 'Make a team that the caller owns',
  input: { name: p.string(), personal: p.bool().default(false), local: p.bool().default(false) },
  output: circleSchema,
  failures: { 400: [TOO_SHORT, 'circle configuration not supported'] },
  handle: (args) => {
    const { input, world, me, ok, fail } = args
    if (input.local && REFUSES_LOCAL.at(world.release)) return fail(400, 'circle configuration not supported')
    const made = circles.create(world, me, input.name, input.personal, { by: patronOf(args), isLocal: input.local })
    return made === 'too-short' ? fail(400, TOO_SHORT) : ok(newTeam(contextOf(args), made))
  },
})

export const details = defineEndpoint({
  id: 'circles:GET /apps/circles/circles/{circleId}',
  app: APP,
  method: 'GET',
  path: `${BASE}/{circleId}`,
  // Other accounts get 403, whatever team it is (Nextcloud 34.0.1, asked).
  access: 'admin',
  summary: 'One team of the caller, who must be an administrator of the server',
  output: circleSchema,
  ...FOR_MEMBERS,
  changes: [{ until: 33, to: { ...FOR_MEMBERS.changes[0].to, access: 'user' } }],
  probe: PROBE,
  handle: (args) => {
    const { input, world, me, ok } = args
    const circle = circles.find(world, input.circleId)
    const isShown =
      circle && (membershipOf(args, circle.id, 0) || (!looksAtCallerFirst(args) && isKnownTo(world, circle, me)))
    return isShown ? ok(teamFor(contextOf(args), circle, me)) : refuse(args, input.circleId)
  },
})

export const destroy = defineEndpoint({
  id: 'circles:DELETE /apps/circles/circles/{circleId}',
  app: APP,
  method: 'DELETE',
  path: `${BASE}/{circleId}`,
  access: 'user',
  summary: 'Dissolve a team that the caller owns',
  output: circleSchema,
  ...FOR_MEMBERS,
  probe: PROBE,
  handle: (args) => {
    const found = membershipOf(args, args.input.circleId, LEVEL.owner)
    if (!found) return refuse(args, args.input.circleId)
    const shown = teamFor(contextOf(args), found.circle, args.me)
    circles.destroy(args.world, found.circle)
    return args.ok(shown)
  },
})

export const join = defineEndpoint({
  id: 'circles:PUT /apps/circles/circles/{circleId}/join',
  app: APP,
  method: 'PUT',
  path: `${BASE}/{circleId}/join`,
  access: 'user',
  summary: 'Join an open team, ask for it, or follow an invitation',
  output: memberSchema,
  failures: { 122: 'You are already a member', 124: 'Team is closed', 404: 'Circle not found' },
  probe: PROBE,
  handle: (args) => {
    const { input, world, me, ok, fail } = args
    const circle = circles.find(world, input.circleId)
    if (!circle || !isKnownTo(world, circle, me)) return fail(404)
    const joined = circles.join(world, circle, me, patronOf(args))
    if (joined === 'already') return fail(122)
    return joined === 'closed' ? fail(124) : ok(newMember(contextOf(args), joined))
  },
})

export const leave = defineEndpoint({
  id: 'circles:PUT /apps/circles/circles/{circleId}/leave',
  app: APP,
  method: 'PUT',
  path: `${BASE}/{circleId}/leave`,
  access: 'user',
  summary: 'Leave a team; an owner leaves it to the next in level',
  output: circleSchema,
  ...FOR_MEMBERS,
  failures: { 120: 'You are not a member', 121: 'You are not a direct member' },
  probe: PROBE,
  handle: (args) => {
    const { input, world, me, ok, fail } = args
    const found = membershipOf(args, input.circleId, 0)
    if (!found) {
      const circle = circles.find(world, input.circleId)
      const isTold = circle && !looksAtCallerFirst(args) && isKnownTo(world, circle, me)
      return isTold ? fail(120) : refuse(args, input.circleId)
    }
    if (found.member.userId !== me) return fail(121)
    const shown = leftTeam(contextOf(args), found.circle, found.member)
    circles.remove(world, found.circle, me)
    return ok(shown)
  },
})
