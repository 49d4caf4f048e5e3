import { defineScenarioAction, SeedError, s } from 'ocs-mock'
import * as bookmarks from './state.ts'

declare module 'ocs-mock' {
  interface OwnScenarioActions {
    addBookmark: { readonly user: string; readonly url: string }
  }
}

/** `- addBookmark: { user: alice, url: https://example.com }` */
export const addBookmark = defineScenarioAction({
  name: 'addBookmark',
  description: 'add a bookmark to an account, as somebody else would',
  schema: s.object({ user: s.string(), url: s.string() }),
  run: ({ world }, { user, url }) => {
    const added = bookmarks.add(world, user, url)
    if (typeof added === 'string') throw new SeedError([], `it has ${added.replace('-', ' ')}.`)
  },
})
