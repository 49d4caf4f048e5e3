import { describe, expect, it } from 'vitest'
import { createOcsMock, defineActivityFilter, defineApp } from '#index.ts'
import { ask } from '../support/ask.ts'

const zoo = defineApp('zoo', {
  activityFilters: [
    defineActivityFilter({
      ...{ id: 'own-files', name: 'Files of your own', icon: '/apps/zoo/img/paw.svg', priority: 30, apps: ['files'] },
      matches: ({ author }, { me }) => author === me,
    }),
  ],
})

describe("a filter of activities of one's own", () => {
  const activities = ['alice', 'bob'].map((author) => ({
    ...{ user: 'alice', author, app: 'files', type: 'file_created', subject: `${author} made something` },
  }))
  const ocs = createOcsMock({ apps: [zoo], seed: { users: [{ id: 'alice' }, { id: 'bob' }], activities } })

  it('is offered at its place and lets through what it says', async () => {
    const { data } = await ask(ocs, 'GET', '/apps/activity/api/v2/activity/filters', { as: 'alice' })
    const filters = data as { id: string }[]
    expect(filters.slice(5, 8).map(({ id }) => id)).toEqual(['files', 'own-files', 'security'])
    expect(filters[6]).toEqual({
      ...{ id: 'own-files', name: 'Files of your own', priority: 30 },
      icon: 'https://cloud.example.com/apps/zoo/img/paw.svg',
    })
    const stream = await ask(ocs, 'GET', '/apps/activity/api/v2/activity/own-files', { as: 'alice' })
    expect((stream.data as { user: string }[]).map(({ user }) => user)).toEqual(['alice'])
  })

  it('goes with its app', async () => {
    ocs.reset({ apps: { disabled: ['zoo'] } })
    expect((await ask(ocs, 'GET', '/apps/activity/api/v2/activity/own-files', { as: 'alice' })).status).toBe(404)
  })
})
