import type { World } from '#world/world.ts'
import type { Note } from './state.ts'

interface Wanted {
  readonly category: string | null
  readonly pruneBefore: number
  readonly chunkSize: number
  readonly chunkCursor: string | null
}

export interface NotesPage {
  /** Those that are shown whole. */
  readonly notes: readonly Note[]
  /** All of the category. */
  readonly all: readonly Note[]
  /** Where the next chunk begins; `null`: this was the last one. */
  readonly cursor: string | null
  /** How many come after this chunk. */
  readonly pending: number
}

/** What a list answers: notes that changed since a moment, a chunk at a time, those changed longest ago first. */
export function pageOf(world: World, notes: readonly Note[], wanted: Wanted): NotesPage {
  const { category, pruneBefore, chunkSize, chunkCursor } = wanted
  const all = notes.filter((note) => category === null || note.category === category)
  const cursor = chunkCursor === null ? null : readCursor(chunkCursor)
  const fresh = all.filter((note) => !(pruneBefore > 0 && note.lastUpdate < pruneBefore) && isAfter(note, cursor))
  const shown = chunkSize > 0 ? fresh.slice(0, chunkSize) : fresh
  const pending = fresh.length - shown.length
  const last = shown.at(-1)
  const begunAt = cursor?.begunAt ?? world.clock.seconds()
  const next = pending > 0 && last ? `${begunAt}-${last.lastUpdate}-${last.entry.node.id}` : null
  return { notes: shown, all, cursor: next, pending }
}

interface Cursor {
  readonly begunAt: number
  readonly lastUpdate: number
  readonly id: number
}

function readCursor(text: string): Cursor | null {
  const [, begunAt, lastUpdate, id] = /^(\d+)-(\d+)-(\d+)$/.exec(text) ?? []
  return id === undefined ? null : { begunAt: Number(begunAt), lastUpdate: Number(lastUpdate), id: Number(id) }
}

const isAfter = ({ lastUpdate, entry }: Note, cursor: Cursor | null): boolean =>
  cursor === null || lastUpdate > cursor.lastUpdate || (lastUpdate === cursor.lastUpdate && entry.node.id > cursor.id)
