import { s } from '#app/index.ts'
import type { PhpArray } from '#lib/php.ts'
import type { Circle } from '#world/accounts/circles.ts'
import * as circles from '#world/accounts/circles.ts'
import { circleSchema, keptMember, type Showing, team, teamFor } from './format.ts'

export const teamSharee = s.object({
  label: s.string(),
  shareWithDescription: s.string(),
  value: s.object({ shareType: s.int(), shareWith: s.string(), circle: circleSchema }),
})

export interface TeamQuestion {
  readonly me: string
  readonly text: string
  readonly limit: number
  readonly offset: number
  /** Only what a dialogue needs: the caller's own teams, and of their members the owner. */
  readonly short: boolean
}

const SHARE_TYPE = 7
/** A team that is no part of another one. */
const ROOT = 8192

/** Teams to share with whose names contain a text; one of just that name is an exact find. */
export function findTeams(
  showing: Showing,
  question: TeamQuestion,
): { readonly exact: boolean; readonly item: PhpArray }[] {
  const { me, short, limit, offset } = question
  const text = question.text.toLowerCase()
  const { world } = showing
  const all = short
    ? circles.ofUser(world, me)
    : circles.visibleTo(world, me).filter(({ config }) => (config & ROOT) === 0)
  return all
    .filter(({ name, displayName }) => [name, displayName].some((one) => one.toLowerCase().includes(text)))
    .slice(offset, offset + limit)
    .map((circle) => ({ exact: circle.name.toLowerCase() === text, item: sharee(showing, circle, question) }))
}

function sharee(showing: Showing, circle: Circle, { me, short }: TeamQuestion): PhpArray {
  return {
    label: circle.displayName,
    shareWithDescription: circles.definition(showing.world, circle),
    value: {
      shareType: SHARE_TYPE,
      shareWith: circle.id,
      circle: short ? withOwner(showing, circle) : teamFor(showing, circle, me),
    },
  }
}

function withOwner(showing: Showing, circle: Circle): PhpArray {
  const owner = circles.ownerOf(showing.world, circle.id)
  if (!owner) return team(showing, circle)
  const { basedOn: _, ...shown } = keptMember(showing, owner)
  return team(showing, circle, { owner: shown })
}
