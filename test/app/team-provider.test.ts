import { describe, expect, it } from 'vitest'
import { createOcsMock, defineApp, defineTeamProvider } from '#index.ts'
import { ask } from '../support/ask.ts'

const ZEBRA = {
  ...{ id: 'z1', label: 'Zebra', url: 'https://zoo.example/z1', iconSvg: null, iconURL: null, iconEmoji: '🦓' },
  provider: { id: 'animals', name: 'Animals' },
}

const zoo = defineApp('zoo', {
  teamProviders: [
    defineTeamProvider({
      resourceProviders: ['animals'],
      teams: ({ me, baseUrl }) => (me === 'alice' ? [{ id: 'keepers', displayName: 'Keepers', link: baseUrl }] : []),
      resources: (id, { me }) => (me === 'alice' && id === 'keepers' ? [ZEBRA] : []),
    }),
  ],
})

describe("a provider of teams of one's own", () => {
  const ocs = createOcsMock({ apps: [zoo], seed: { users: [{ id: 'alice' }, { id: 'bob' }] } })
  const teams = async (path: string, as: string) => (await ask(ocs, 'GET', `/teams/${path}`, { as })).data

  it('says what its teams share, to those who are in them', async () => {
    expect(await teams('keepers/resources', 'alice')).toEqual({ resources: [ZEBRA] })
    expect(await teams('keepers/resources', 'bob')).toEqual({ resources: [] })
    const shared = { teamId: 'keepers', displayName: 'Keepers', link: 'https://cloud.example.com', resources: [ZEBRA] }
    expect(await teams('resources/animals/z1', 'alice')).toEqual({ teams: [shared] })
    expect(await teams('resources/animals/z2', 'alice')).toEqual({ teams: [] })
    expect(await teams('resources/files/z1', 'alice')).toEqual({ teams: [] })
    expect((await ask(ocs, 'GET', '/teams/resources/plants/z1')).status).toBe(500)
  })

  it('goes with its app', async () => {
    ocs.reset({ apps: { disabled: ['zoo'] } })
    expect(await teams('keepers/resources', 'alice')).toEqual({ resources: [] })
    expect((await ask(ocs, 'GET', '/teams/resources/animals/z1')).status).toBe(500)
  })
})
