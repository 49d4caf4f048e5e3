import { defineProfileData, defineSearchProvider } from '#app/index.ts'
import * as groups from '#world/accounts/groups.ts'

/** Pages of settings, in the order in which they are listed. */
interface Section {
  readonly title: string
  readonly kind: 'Personal' | 'Administration'
  readonly path: string
}

export const settingsSections = defineProfileData<readonly Section[]>('settings-sections')

/** Pages of settings whose titles contain a text; those of the administration are for administrators. */
export const settingsSearch = defineSearchProvider({
  id: 'settings',
  data: [settingsSections],
  search({ term }, { world, me, profile, baseUrl }) {
    const wanted = term.toLowerCase()
    const admin = groups.isAdmin(world, me)
    const found = settingsSections
      .of(profile)
      .filter(({ title, kind }) => title.toLowerCase().includes(wanted) && (admin || kind === 'Personal'))
    return {
      entries: found.map(({ title, kind, path }) => ({
        title,
        subline: kind,
        resourceUrl: baseUrl + path,
        icon: 'icon-settings-dark',
      })),
    }
  },
})
