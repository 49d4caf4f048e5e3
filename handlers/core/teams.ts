import { defineEndpoint, s } from '../../src/endpoint.ts'
import { isEnabled } from '../../src/world/apps.ts'

const resource = s.record(s.any())

/** Nobody has a team here, so nothing is shared with one. */
export const resolveTeam = defineEndpoint({
  id: 'core-teams_api-resolve-one',
  app: 'core',
  method: 'GET',
  path: '/teams/{teamId}/resources',
  access: 'user',
  summary: 'What is shared with a team',
  output: s.object({ resources: s.list(resource) }),
  probe: { teamId: 'none' },
  notImplemented: ['Teams'],
  handle: ({ ok }) => ok({ resources: [] }),
})

/** Only files can be shared with teams; asking for anything else ends in an internal error while there are teams. */
export const listTeams = defineEndpoint({
  id: 'core-teams_api-list-teams',
  app: 'core',
  method: 'GET',
  path: '/teams/resources/{providerId}/{resourceId}',
  access: 'user',
  summary: 'Teams with which something is shared',
  output: s.object({ teams: s.list(s.record(s.any())) }),
  probe: { providerId: 'files', resourceId: '1' },
  notImplemented: ['Teams'],
  handle: ({ input, world, ok, crash }) =>
    input.providerId !== 'files' && isEnabled(world, 'circles') ? crash() : ok({ teams: [] }),
})
