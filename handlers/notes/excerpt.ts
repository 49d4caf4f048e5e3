import type { World } from '#world/world.ts'
import { type Note, textOf } from './state.ts'
import { withoutMarkdown } from './titles.ts'

const MOST = 100
/** A space as wide as a letter, where lines end. */
const LINE_END = '\u2003'

/** How a content begins, without the title and in one line. */
export function excerptOf(world: World, note: Note): string {
  const text = withoutMarkdown(textOf(world, note)).trim()
  const isTitled = text.toLowerCase().startsWith(note.title.toLowerCase())
  const rest = [...(isTitled ? text.slice(note.title.length) : text).trim()]
  const shown = rest.length > MOST ? `${rest.slice(0, MOST).join('')}…` : rest.join('')
  return shown.replaceAll('\n', LINE_END)
}
