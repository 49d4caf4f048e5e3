import { type HandlerArguments, s } from '#app/index.ts'
import { byRelease } from '#lib/releases.ts'
import type { Failures, Result } from '#line/endpoint.ts'
import type { World } from '#world/world.ts'
import * as circles from './state.ts'
import { type Circle, CONFIG, type Member } from './state.ts'

export type CircleArguments = Pick<
  HandlerArguments<'/', Record<never, never>, Failures>,
  'world' | 'request' | 'me' | 'actor' | 'respond'
> & { readonly input: object }

/** What those get who are not in a team, or not far enough up, in the words of the app's own service. */
export const BY_SERVICE = {
  responses: { 400: s.empty(), 403: s.empty(), 404: s.empty() },
} as const
/** The same from 34 on, where the caller is looked at first. Nobody learns which teams there are. */
export const FOR_MEMBERS = {
  responses: { 403: s.object({ message: s.string() }) },
  // Asked: Nextcloud 33.0.0 and 32.0.2.
  changes: [{ until: 33, to: BY_SERVICE }],
} as const

const LOOKS_AT_CALLER = byRelease(false, { 34: true })

/**
 * Whether a caller is looked at before anything else. Whom an administrator speaks for is not (Nextcloud 34.0.1, asked):
 * there the service refuses, as it does in older releases.
 */
export const looksAtCallerFirst = ({ world, input }: CircleArguments): boolean =>
  !('emulated' in input) && LOOKS_AT_CALLER.at(world.release)

/** Who adds somebody: the administrator, where one speaks for the caller. */
export const patronOf = ({ actor, me }: CircleArguments): string => actor.userId ?? me

/** Whether an account may know that there is a team. */
export const isKnownTo = (world: World, circle: Circle, userId: string): boolean =>
  circles.isVisibleTo(world, circle, userId) || (circle.config & CONFIG.open) !== 0

/** The team and the caller's place in it, if it has come so far up. */
export function membershipOf(
  args: CircleArguments,
  circleId: string,
  level: number,
): { readonly circle: Circle; readonly member: Member } | null {
  const { world, me } = args
  const circle = circles.find(world, circleId)
  // Who is in a team by a group or another team may do what members may, where the service decides (34.0.1, asked).
  const inherited = looksAtCallerFirst(args) ? undefined : circles.memberOf(world, circleId, me)
  const member = circle && (inherited ?? circles.entryOf(world, circleId, me))
  return circle && member && member.level >= level ? { circle, member } : null
}

/**
 * Why somebody may not.
 *
 * @param asksFor what was asked for; those who are not in a team have no way to its members
 */
export function refuse(args: CircleArguments, circleId: string, asksFor: 'team' | 'member' = 'team'): Result {
  const { world, me, respond } = args
  if (looksAtCallerFirst(args)) return respond(403, { message: 'Insufficient permissions to perform this action' })
  const isIn = membershipOf(args, circleId, 0) !== null
  if (asksFor === 'member' && !isIn) return respond(404, [], { message: '' })
  const circle = circles.find(world, circleId)
  if (!circle || !isKnownTo(world, circle, me)) return respond(404, [], { message: 'Circle not found' })
  return isIn
    ? respond(400, [], { message: 'Insufficient rights' })
    : respond(403, [], { message: 'Initiator must be a member of the Team' })
}
