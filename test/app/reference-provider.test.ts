import { describe, expect, it } from 'vitest'
import { createOcsMock, defineApp, defineReferenceProvider } from '#index.ts'
import { ask } from '../support/ask.ts'

const ZOO = 'https://cloud.example.com/apps/zoo/'

const zoo = defineApp('zoo', {
  referenceProviders: [
    defineReferenceProvider({
      picker: { id: 'animals', title: 'Animals', icon: '/apps/zoo/img/paw.svg', order: 3 },
      resolve(address, { me, baseUrl }) {
        if (!address.startsWith(ZOO)) return 'unknown'
        const name = address.slice(ZOO.length)
        if (name === '') return null
        const richObject = { type: 'animal', object: { name, keeper: me } }
        return { title: name, imageUrl: `${baseUrl}/${name}.png`, url: `${address}#top`, richObject, accessible: false }
      },
    }),
  ],
})

describe("a provider of references of one's own", () => {
  const ocs = createOcsMock({ apps: [zoo] })
  const resolve = async (address: string) => {
    const { data } = await ask(ocs, 'GET', `/references/resolve?reference=${encodeURIComponent(address)}`)
    return (data as { references: Record<string, unknown> }).references[address]
  }

  it('says where its addresses lead', async () => {
    expect(await resolve(`${ZOO}okapi`)).toEqual({
      ...{ richObjectType: 'animal', richObject: { name: 'okapi', keeper: 'admin' }, accessible: false },
      openGraphObject: {
        ...{ id: `${ZOO}okapi`, name: 'okapi', description: null, link: `${ZOO}okapi#top` },
        thumb: 'https://cloud.example.com/okapi.png',
      },
    })
    expect(await resolve(ZOO)).toBeNull()
    expect(await resolve('https://example.org')).toMatchObject({ richObjectType: 'open-graph', accessible: true })
  })

  it('is among what one can pick from', async () => {
    const { data } = await ask(ocs, 'GET', '/references/providers')
    expect(data).toContainEqual({ id: 'animals', title: 'Animals', icon_url: '/apps/zoo/img/paw.svg', order: 3 })
    expect((await ask(ocs, 'PUT', '/references/provider/animals')).data).toEqual({ success: true })
  })

  it('goes with its app', async () => {
    ocs.reset({ apps: { disabled: ['zoo'] } })
    expect(await resolve(`${ZOO}okapi`)).toMatchObject({ richObjectType: 'open-graph' })
    expect((await ask(ocs, 'PUT', '/references/provider/animals')).data).toEqual({ success: false })
  })
})
