import { defineTeamProvider, type TeamContext, type TeamResource } from '#app/index.ts'
import * as shares from '#world/sharing/shares.ts'
import { type Share, TYPE } from '#world/sharing/shares.ts'
import { teams } from './data.ts'
import * as circles from './state.ts'

export const circleTeams = defineTeamProvider({
  resourceProviders: ['files'],
  data: [teams],
  teams: ({ world, me, baseUrl }) =>
    circles.ofUser(world, me).map(({ id, displayName }) => ({ id, displayName, link: `${baseUrl}/` })),
  /** Folders come first. */
  resources(teamId, context) {
    const { world, me } = context
    if (!circles.memberOf(world, teamId, me)) return []
    return shares
      .sharedWith(world, TYPE.team, teamId)
      .filter((share) => shares.nodeOf(world, share))
      .sort((a, b) => Number(b.itemType === 'folder') - Number(a.itemType === 'folder'))
      .map((share) => show(share, context))
  },
})

function show(share: Share, { world, profile, baseUrl }: TeamContext): TeamResource {
  const { id, name, type } = shares.nodeOf(world, share)!
  const { resourceProvider } = teams.of(profile)
  return {
    id: String(id),
    label: name,
    url: `${baseUrl}/index.php/f/${id}`,
    iconSvg: type === 'folder' ? resourceProvider.icon : null,
    iconURL: type === 'folder' ? null : `${baseUrl}/index.php/core/preview?fileId=${id}&mimeFallback=1`,
    iconEmoji: null,
    provider: resourceProvider,
  }
}
