import { apps, defineSeedMember, inPlace, SeedError, s, users } from '#app/index.ts'
import * as notes from './state.ts'

const noteSeed = s.object({
  title: s.string(),
  content: s.optional(s.string()),
  category: s.optional(s.string()),
  favorite: s.optional(s.bool()),
  modified: s.optional(s.int()),
})

/** `notes: { alice: [{ title: Milk, content: Two litres, category: Shopping }] }`. The app is enabled by it. */
export const seededNotes = defineSeedMember({
  name: 'notes',
  after: ['users', 'files', 'apps'],
  schema: s.record(s.list(noteSeed)),
  read: (world, byAccount) => {
    apps.enable(world, 'notes')
    for (const [userId, list] of Object.entries(byAccount)) {
      inPlace(userId, () => {
        if (!users.find(world, userId)) throw new SeedError([], `there is no account "${userId}".`)
        for (const { content = '', category = '', favorite = false, modified = 0, title } of list)
          notes.add(world, userId, { title, content, category, favorite, modified })
      })
    }
  },
})
