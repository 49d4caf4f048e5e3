import { defineSearchProvider } from '#app/index.ts'
import { excerptOf } from './excerpt.ts'
import * as notes from './state.ts'

/** Notes that have all words in title, category or content, the last changed first. */
export const noteSearch = defineSearchProvider({
  id: 'notes',
  name: 'Notes',
  icon: '/apps/notes/img/notes-dark.svg',
  order: 4,
  search({ term }, { world, me, baseUrl }) {
    const words = term.toLowerCase().split(/\s+/)
    const found = notes.list(world, me).filter((note) => {
      const texts = [note.title, note.category, notes.textOf(world, note)].map((text) => text.toLowerCase())
      return words.every((word) => texts.some((text) => text.includes(word)))
    })
    return {
      entries: found
        .sort((a, b) => b.entry.node.mtime - a.entry.node.mtime)
        .map((note) => ({
          title: note.title,
          subline: excerptOf(world, note),
          resourceUrl: `${baseUrl}/index.php/apps/notes/note/${note.entry.node.id}`,
          icon: 'icon-notes-trans',
        })),
    }
  },
})
