import { describe, expect, it } from 'vitest'
import { createOcsMock, defineApp, defineSearchProvider, paginated } from '#index.ts'
import { ask } from '../support/ask.ts'

const ANIMALS = ['okapi', 'ocelot', 'otter', 'owl']

const zoo = defineApp('zoo', {
  name: 'Zoo',
  searchProviders: [
    defineSearchProvider({
      id: 'animals',
      name: 'Animals',
      order: 7,
      filters: { term: 'string', legs: 'int' },
      search: (query, { me, baseUrl }) =>
        paginated(
          ANIMALS.filter((name) => name.includes(query.term)).map((name) => ({
            title: name,
            subline: `${me} looks for one with ${query.filters.legs} legs`,
            resourceUrl: `${baseUrl}/index.php/apps/zoo/${name}`,
          })),
          query,
        ),
    }),
    defineSearchProvider({ id: 'keepers', search: () => ({ entries: [{ title: 'Hal', resourceUrl: '/hal' }] }) }),
  ],
})

describe("a search provider of one's own", () => {
  const ocs = createOcsMock({ apps: [zoo] })

  it("is listed among the release's by its order, with defaults for what it does not say", async () => {
    const { data } = await ask(ocs, 'GET', '/search/providers')
    expect((data as { id: string }[]).map(({ id }) => id)).toEqual([
      ...['files', 'systemtags', 'animals', 'circles', 'comments', 'keepers', 'appstore', 'settings'],
    ])
    expect(data).toContainEqual({
      ...{ id: 'keepers', appId: 'zoo', name: 'keepers', icon: '', order: 50, isExternalProvider: false },
      ...{ triggers: ['keepers'], filters: { term: 'string' }, inAppSearch: false },
    })
  })

  it('is asked with the page and the filters that were sent', async () => {
    const { data } = await ask(ocs, 'GET', '/search/providers/animals/search?term=o&limit=2&cursor=1&legs=4&wings=2')
    const found = (title: string) => ({
      ...{ title, subline: 'admin looks for one with 4 legs', thumbnailUrl: '', icon: '', rounded: false },
      ...{ resourceUrl: `https://cloud.example.com/index.php/apps/zoo/${title}`, attributes: [] },
    })
    expect(data).toEqual({ name: 'Animals', isPaginated: true, entries: [found('ocelot'), found('otter')], cursor: 3 })
  })

  it('says that there is no more by leaving out where the next page begins', async () => {
    const { data } = await ask(ocs, 'GET', '/search/providers/keepers/search?term=h')
    expect(data).toMatchObject({ name: 'keepers', isPaginated: false, entries: [{ title: 'Hal' }], cursor: null })
  })

  it('goes with its app', async () => {
    const without = createOcsMock({ apps: [zoo], seed: { apps: { disabled: ['zoo'] } } })
    expect((await ask(without, 'GET', '/search/providers')).data).not.toContainEqual(
      expect.objectContaining({ appId: 'zoo' }),
    )
    expect((await ask(without, 'GET', '/search/providers/animals/search?term=o')).status).toBe(500)
  })
})
