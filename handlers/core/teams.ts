import { defineEndpoint, s } from '../../src/endpoint.ts'

const resource = s.object({
  id: s.string(),
  label: s.string(),
  url: s.string(),
  iconSvg: s.nullable(s.string()),
  iconURL: s.nullable(s.string()),
  iconEmoji: s.nullable(s.string()),
  provider: s.object({ id: s.string(), name: s.string(), icon: s.string() }),
})

/** Teams are circles; there are none, so nothing was ever given to one. */
export const resolveOneTeam = defineEndpoint({
  id: 'core-teams_api-resolve-one',
  app: 'core',
  method: 'GET',
  path: '/teams/{teamId}/resources',
  access: 'user',
  summary: 'What a team was given',
  output: s.object({ resources: s.list(resource) }),
  probe: { teamId: 'any' },
  notImplemented: ['Teams: there are none'],
  handle: ({ ok }) => ok({ resources: [] }),
})

export const listTeams = defineEndpoint({
  id: 'core-teams_api-list-teams',
  app: 'core',
  method: 'GET',
  path: '/teams/resources/{providerId}/{resourceId}',
  access: 'user',
  summary: 'The teams that something was given to',
  output: s.object({
    teams: s.list(
      s.object(
        { teamId: s.string(), displayName: s.string(), link: s.nullable(s.string()), resources: s.list(resource) },
        'allow',
      ),
    ),
  }),
  probe: { providerId: 'files', resourceId: '1' },
  notImplemented: ['Teams: there are none'],
  handle: ({ ok }) => ok({ teams: [] }),
})
