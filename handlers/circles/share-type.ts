import { defineShareType, type FoundSharee, type ShareeQuery, type ShareTypeContext } from '#app/index.ts'
import { isPhpArray, type PhpArray } from '#lib/php.ts'
import { recipientName, TYPE } from '#world/sharing/shares.ts'
import { type FormatContext, keptMember, team, teamFor } from './format.ts'
import type { Circle } from './state.ts'
import * as circles from './state.ts'

export const teamShares = defineShareType({
  type: TYPE.team,
  name: 'circles',
  isOffered: () => true,
  search: findTeams,
  // A team that is not there, or not one's own, is an error that nothing catches (Nextcloud 34.0.1, asked).
  check: (id, { world, me }) => (id !== null && circles.memberOf(world, id, me) ? null : 'crash'),
  show: (share, { world, baseUrl }) => ({
    share_with_displayname: recipientName(world, share),
    share_with_avatar: `${baseUrl}/apps/circles/img/circles.svg`,
    share_with: share.sharedWith,
  }),
})

/** A team that is no part of another one. */
const ROOT = 8192

/** Teams to share with whose names contain a text; one of just that name is an exact find. */
function findTeams(query: ShareeQuery, { world, baseUrl, me }: ShareTypeContext): FoundSharee[] {
  const text = query.text.toLowerCase()
  const isShort = isDialogue(query)
  const all = isShort
    ? circles.ofUser(world, me)
    : circles.visibleTo(world, me).filter(({ config }) => (config & ROOT) === 0)
  const context = { world, host: baseUrl.replace(/^[a-z]+:\/\//i, '') }
  return all
    .filter(({ name, displayName }) => [name, displayName].some((one) => one.toLowerCase().includes(text)))
    .slice(query.offset, query.offset + query.limit)
    .map((circle) => ({
      exact: circle.name.toLowerCase() === text,
      item: {
        label: circle.displayName,
        shareWithDescription: circles.definition(world, circle),
        value: {
          shareType: TYPE.team,
          shareWith: circle.id,
          circle: isShort ? withOwner(context, circle) : teamFor(context, circle, me),
        },
      },
    }))
}

/** Who asks for no list of types, or for rooms among them, is taken for a dialogue and told less of teams. */
const isDialogue = ({ shareType }: ShareeQuery) =>
  !isPhpArray(shareType) || Object.values(shareType).map(String).includes(String(TYPE.room))

/** What a dialogue needs: of the members, the owner. */
function withOwner(context: FormatContext, circle: Circle): PhpArray {
  const owner = circles.ownerOf(context.world, circle.id)
  if (!owner) return team(context, circle)
  const { basedOn: _, ...shown } = keptMember(context, owner)
  return team(context, circle, { owner: shown })
}
