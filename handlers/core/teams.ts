import { defineEndpoint, type HandlerArguments, s, type Team, type TeamResource } from '#app/index.ts'
import type { Failures } from '#line/endpoint.ts'
import type { ParamShape } from '#line/params.ts'
import { isEnabled } from '#world/settings/apps.ts'

const resource = s.record(s.any())

type TeamArguments = Pick<
  HandlerArguments<string, ParamShape, Failures>,
  'world' | 'catalogue' | 'profile' | 'request' | 'me'
>

/** What knows teams, as one caller sees it. */
interface Teams {
  readonly resourceProviders: readonly string[]
  teams(): readonly Team[]
  resources(teamId: string): readonly TeamResource[]
}

async function providers({ world, catalogue, request, me }: TeamArguments): Promise<Teams[]> {
  const all = (await catalogue.gather('teamProviders')).filter(({ app }) => isEnabled(world, app))
  return all.map(({ contribution, profile }) => {
    const context = { world, profile, baseUrl: request.baseUrl, me }
    return {
      resourceProviders: contribution.resourceProviders,
      teams: () => contribution.teams(context),
      resources: (teamId) => contribution.resources(teamId, context),
    }
  })
}

/** Teams that somebody is in, of all that know some. */
export const teamsOf = async (args: TeamArguments): Promise<Team[]> =>
  (await providers(args)).flatMap(({ teams }) => [...teams()])

/** Who is not in a team learns nothing of it, not even whether there is one. */
export const resolveTeam = defineEndpoint({
  id: 'core-teams_api-resolve-one',
  app: 'core',
  method: 'GET',
  path: '/teams/{teamId}/resources',
  since: 29,
  access: 'user',
  summary: 'What is shared with a team',
  output: s.object({ resources: s.list(resource) }),
  probe: { teamId: 'none' },
  handle: async (args) => {
    const { teamId } = args.input
    return args.ok({ resources: (await providers(args)).flatMap(({ resources }) => resources(teamId)) })
  },
})

/** Only what can be shared with teams has some; asking for anything else ends in an internal error while there are teams. */
export const listTeams = defineEndpoint({
  id: 'core-teams_api-list-teams',
  app: 'core',
  method: 'GET',
  path: '/teams/resources/{providerId}/{resourceId}',
  since: 29,
  access: 'user',
  summary: 'Teams with which something is shared, and what else is shared with them',
  output: s.object({ teams: s.list(s.record(s.any())) }),
  probe: { providerId: 'files', resourceId: '1' },
  handle: async (args) => {
    const { input, ok, crash } = args
    const all = await providers(args)
    if (all.length === 0) return ok({ teams: [] })
    const knowing = all.filter(({ resourceProviders }) => resourceProviders.includes(input.providerId))
    if (knowing.length === 0) return crash()
    const isIt = ({ id, provider }: TeamResource) => id === input.resourceId && provider.id === input.providerId
    const teams = knowing.flatMap(({ teams, resources }) =>
      teams().flatMap(({ id, displayName, link }) => {
        const shared = resources(id)
        return shared.some(isIt) ? [{ teamId: id, displayName, link, resources: shared }] : []
      }),
    )
    return ok({ teams })
  },
})
