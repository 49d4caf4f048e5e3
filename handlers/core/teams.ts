import { defineEndpoint, type HandlerArguments, s } from '#app/index.ts'
import type { PhpArray } from '#lib/php.ts'
import type { Failures } from '#line/endpoint.ts'
import { teams } from '#profiles/keys.ts'
import * as circles from '#world/accounts/circles.ts'
import { isEnabled } from '#world/settings/apps.ts'
import * as shares from '#world/sharing/shares.ts'
import { type Share, TYPE } from '#world/sharing/shares.ts'

const resource = s.record(s.any())

type TeamArguments = Pick<HandlerArguments<'/', Record<never, never>, Failures>, 'world' | 'profile' | 'request' | 'me'>

/** What a team shares, folders first, to those who are in it; the app of teams must be there. */
function sharesOf({ world, me }: TeamArguments, teamId: string): Share[] {
  if (!isEnabled(world, 'circles') || !circles.memberOf(world, teamId, me)) return []
  const shown = shares.sharedWith(world, TYPE.team, teamId).filter((share) => shares.nodeOf(world, share))
  return shown.sort((a, b) => Number(b.itemType === 'folder') - Number(a.itemType === 'folder'))
}

function format({ world, profile, request }: TeamArguments, share: Share): PhpArray {
  const { id, name, type } = shares.nodeOf(world, share)!
  const isFolder = type === 'folder'
  const { resourceProvider } = teams.of(profile)
  return {
    id: String(id),
    label: name,
    url: `${request.baseUrl}/index.php/f/${id}`,
    iconSvg: isFolder ? resourceProvider.icon : null,
    iconURL: isFolder ? null : `${request.baseUrl}/index.php/core/preview?fileId=${id}&mimeFallback=1`,
    iconEmoji: null,
    provider: resourceProvider,
  }
}

/** Who is not in a team learns nothing of it, not even whether there is one. */
export const resolveTeam = defineEndpoint({
  id: 'core-teams_api-resolve-one',
  app: 'core',
  method: 'GET',
  path: '/teams/{teamId}/resources',
  access: 'user',
  summary: 'What is shared with a team',
  output: s.object({ resources: s.list(resource) }),
  probe: { teamId: 'none' },
  data: [teams],
  handle: (args) => args.ok({ resources: sharesOf(args, args.input.teamId).map((share) => format(args, share)) }),
})

/** Only files can be shared with teams; asking for anything else ends in an internal error while there are teams. */
export const listTeams = defineEndpoint({
  id: 'core-teams_api-list-teams',
  app: 'core',
  method: 'GET',
  path: '/teams/resources/{providerId}/{resourceId}',
  access: 'user',
  summary: 'Teams with which something is shared, and what else is shared with them',
  output: s.object({ teams: s.list(s.record(s.any())) }),
  probe: { providerId: 'files', resourceId: '1' },
  data: [teams],
  handle: (args) => {
    const { input, world, me, request, ok, crash } = args
    if (!isEnabled(world, 'circles')) return ok({ teams: [] })
    if (input.providerId !== 'files') return crash()
    const teams = circles.ofUser(world, me).flatMap(({ id, displayName }) => {
      const all = sharesOf(args, id)
      if (!all.some(({ nodeId }) => String(nodeId) === input.resourceId)) return []
      const resources = all.map((share) => format(args, share))
      return [{ teamId: id, displayName, link: `${request.baseUrl}/`, resources }]
    })
    return ok({ teams })
  },
})
