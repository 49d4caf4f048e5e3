import { defineSearchProvider } from '#app/index.ts'
import { allMenuEntries, navigationEntries } from '#handlers/core/api.ts'

/** Entries of the menus whose names or ids contain a text. */
export const appSearch = defineSearchProvider({
  id: 'appstore',
  orderFrom: { '/settings/apps(?:/.*)?': -50 },
  data: [navigationEntries],
  async search({ term }, context) {
    const wanted = term.toLowerCase()
    if (wanted === '') return { entries: [] }
    const found = (await allMenuEntries(context)).filter(
      ({ id, name, href }) => href !== '' && [id, name].some((text) => String(text).toLowerCase().includes(wanted)),
    )
    return {
      entries: found.map(({ name, href }) => ({ title: String(name), resourceUrl: href, icon: 'icon-confirm' })),
    }
  },
})
