import { defineProfileData, defineSearchProvider } from '#app/index.ts'
import * as groups from '#world/accounts/groups.ts'

/** Pages of settings, in the order in which they are listed. */
interface Section {
  readonly title: string
  readonly kind: 'Personal' | 'Administration'
  readonly path: string
}

export const settingsSections = defineProfileData<readonly Section[]>('settings-sections')

/** What the address of a page calls it; the first one of each kind is left out of its address. */
const idOf = ({ kind, path }: Section): string =>
  /\/settings\/(?:user|admin)\/(.+)$/.exec(path)?.[1] ?? (kind === 'Personal' ? 'personal-info' : 'server')

/** The page of accounts offers to search in itself, where nothing is ever found. */
export const userSearch = defineSearchProvider({
  id: 'users',
  name: 'Users',
  icon: '/apps/settings/img/users-white.svg',
  order: 300,
  listedFrom: '/settings/users(?:/[^/]+)?',
  search: () => ({ entries: [] }),
})

/** Pages of settings whose titles or ids contain a text; those of the administration are for administrators. */
export const settingsSearch = defineSearchProvider({
  id: 'settings',
  orderFrom: { '/settings/(?:admin|user)(?:/[^/]+)?': -1 },
  data: [settingsSections],
  search({ term }, { world, me, profile, baseUrl }) {
    const wanted = term.toLowerCase()
    const admin = groups.isAdmin(world, me)
    const found = settingsSections
      .of(profile)
      .filter((section) => admin || section.kind === 'Personal')
      .filter((section) => [section.title, idOf(section)].some((name) => name.toLowerCase().includes(wanted)))
    return {
      entries: found.map(({ title, kind, path }) => ({
        title,
        // Whoever has only one kind of settings needs no word for it.
        subline: admin ? kind : '',
        resourceUrl: baseUrl + path,
        icon: 'icon-settings-dark',
      })),
    }
  },
})
