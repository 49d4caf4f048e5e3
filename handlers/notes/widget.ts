import { defineWidget } from '#app/index.ts'
import { excerptOf } from './excerpt.ts'
import * as notes from './state.ts'

const ICON = '/apps/notes/img/notes-dark.svg'
const FAVORITE = '/core/img/actions/starred.svg'

/** Favourites, then what was changed last. */
export const noteWidget = defineWidget({
  id: 'notes',
  title: 'Notes',
  order: 30,
  iconClass: 'icon-notes',
  icon: ICON,
  page: '/index.php/apps/notes/',
  button: { type: 'new', text: 'Create new note', page: '/index.php/apps/notes/new' },
  items: {
    versions: [1],
    list: ({ world, me, baseUrl }, { limit }) =>
      notes
        .list(world, me)
        .sort((a, b) => Number(b.favorite) - Number(a.favorite) || b.entry.node.mtime - a.entry.node.mtime)
        .slice(0, limit)
        .map((note) => ({
          title: note.title,
          subtitle: excerptOf(world, note),
          link: `${baseUrl}/index.php/apps/notes/note/${note.entry.node.id}`,
          iconUrl: baseUrl + (note.favorite ? FAVORITE : ICON),
          sinceId: String(note.entry.node.mtime),
        })),
  },
})
