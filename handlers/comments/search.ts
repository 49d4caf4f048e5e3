import { defineSearchProvider } from '#app/index.ts'
import * as users from '#world/accounts/users.ts'
import { commentsTable } from '#world/files/comments.ts'
import * as files from '#world/files/files.ts'

const MOST = 50
const AVATAR_SIZE = 42

/** Comments on one's files that contain a text, the newest first. */
export const commentSearch = defineSearchProvider({
  id: 'comments',
  orderFrom: { '/apps/files/?': 0 },
  search({ term }, { world, me, baseUrl }) {
    const wanted = term.toLowerCase()
    const found = [...world.table(commentsTable).values()]
      .filter(({ objectType, message }) => objectType === 'files' && message.toLowerCase().includes(wanted))
      .sort((a, b) => b.id - a.id)
      .flatMap((comment) => {
        const entry = files.entryOf(world, me, Number(comment.objectId))
        return entry ? [{ comment, entry }] : []
      })
    return {
      entries: found.slice(0, MOST).map(({ comment: { actorId }, entry }) => ({
        thumbnailUrl: `${baseUrl}/index.php/avatar/${encodeURIComponent(actorId)}/${AVATAR_SIZE}`,
        title: users.find(world, actorId)?.displayName ?? actorId,
        subline: `/${me}/files${entry.path}`,
        resourceUrl: `/index.php/f/${entry.node.id}`,
        rounded: true,
      })),
    }
  },
})
