import { defineSearchProvider } from '#app/index.ts'
import { sharedWith } from './state/access.ts'
import { ofOwner } from './state/forms.ts'

/** Forms that have a text in their title or description: the caller's, then those of others. */
export const formSearch = defineSearchProvider({
  id: 'forms',
  name: 'Forms',
  icon: '/apps/forms/img/forms-dark.svg',
  order: 77,
  search({ term }, { world, me, baseUrl }) {
    const wanted = term.toLowerCase()
    const found = [...ofOwner(world, me), ...sharedWith(world, me)].filter(({ title, description }) =>
      [title, description].some((text) => text.toLowerCase().includes(wanted)),
    )
    return {
      entries: found.map(({ title, description, hash }) => ({
        thumbnailUrl: `${baseUrl}/apps/forms/img/forms-dark.svg`,
        title,
        subline: description,
        resourceUrl: `${baseUrl}/index.php/apps/forms/${hash}/submit`,
        icon: 'icon-forms',
      })),
    }
  },
})
