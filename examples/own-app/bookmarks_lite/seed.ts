import { defineSeedMember, inPlace, SeedError, s } from 'ocs-mock'
import * as bookmarks from './state.ts'

const schema = s.object({ user: s.string(), url: s.string(), title: s.optional(s.string()) })

declare module 'ocs-mock' {
  interface OwnSeedMembers {
    bookmarks: readonly { readonly user: string; readonly url: string; readonly title?: string }[]
  }
}

/** `bookmarks: [{ user: alice, url: https://example.com }]` */
export const seededBookmarks = defineSeedMember({
  name: 'bookmarks',
  schema: s.list(schema),
  after: ['users'],
  read: (world, list) => {
    for (const [i, { user, url, title }] of list.entries()) {
      inPlace(i, () => {
        const added = bookmarks.add(world, user, url, title)
        if (added === 'no-account') throw new SeedError(['user'], `there is no account "${user}".`)
        if (added === 'no-address') throw new SeedError(['url'], `"${url}" is no address.`)
      })
    }
  },
})
