import { parsePhpDate } from '#lib/php-date.ts'
import { s } from '#lib/schema.ts'
import { momentOf, wallTimeAt } from '#lib/time-zone.ts'
import * as users from '#world/accounts/users.ts'
import { defineTable } from '#world/define-table.ts'
import { defineReactions } from '#world/reactions.ts'
import { getSystemString } from '#world/settings/config.ts'
import type { World } from '#world/world.ts'

declare module '#world/events.ts' {
  interface WorldEvents {
    'absence.scheduled': { readonly userId: string }
    'absence.changed': { readonly userId: string }
    'absence.cleared': { readonly userId: string; readonly id: number }
  }
}

/** When somebody is out of office, and what others are told. One per account. */
export interface Absence {
  readonly id: number
  readonly userId: string
  /** As they were given; both days belong to the absence. */
  readonly firstDay: string
  readonly lastDay: string
  /** A short text. */
  readonly status: string
  readonly message: string
  readonly replacement: { readonly userId: string; readonly displayName: string } | null
}

/** Absences by user id. */
export const absencesTable = defineTable<Absence>('absences', {
  sequence: 'absence',
  record: s.object({
    id: s.int(),
    userId: s.string(),
    firstDay: s.string(),
    lastDay: s.string(),
    status: s.string(),
    message: s.string(),
    replacement: s.nullable(s.object({ userId: s.string(), displayName: s.string() })),
  }),
})

export function find(world: World, userId: string): Absence | undefined {
  return world.table(absencesTable).get(userId)
}

const NOBODY = { userId: '', displayName: '' } as const

/** Say when an account is out of office; what was said before is replaced. */
export function set(
  world: World,
  wanted: Omit<Absence, 'id' | 'replacement'> & { readonly replacementId: string | null },
): Absence | 'unknown-replacement' | 'unreadable-day' | 'ends-before-it-begins' | 'empty-text' {
  const { replacementId, ...said } = wanted
  const replacement = replacementId === null ? null : users.find(world, replacementId)
  if (replacement === undefined) return 'unknown-replacement'
  const [first, last] = [said.firstDay, said.lastDay].map((day) => parsePhpDate(day, world.clock.seconds()))
  if (!first || !last) return 'unreadable-day'
  if (first.seconds > last.seconds) return 'ends-before-it-begins'
  // SQLite takes an empty text for none, which the table does not (Nextcloud 34.0.1 on SQLite, asked).
  if (said.status === '' || said.message === '') return 'empty-text'
  const old = find(world, said.userId)
  const absence: Absence = {
    id: old?.id ?? world.nextId('absence'),
    ...said,
    replacement: replacement && { userId: replacementId!, displayName: replacement.displayName },
  }
  // A new record without one is read back with empty texts, a changed one with nothing (Nextcloud 34.0.1, asked).
  const stored = old || absence.replacement ? absence : { ...absence, replacement: NOBODY }
  world.table(absencesTable).set(said.userId, stored)
  world.emit({ type: old ? 'absence.changed' : 'absence.scheduled', userId: said.userId })
  return absence
}

export function clear(world: World, userId: string): void {
  const absence = find(world, userId)
  if (!absence) return
  world.table(absencesTable).delete(userId)
  world.emit({ type: 'absence.cleared', userId, id: absence.id })
}

/** The first and the last minute of an absence by the clock where the account lives, in seconds since 1970. */
export function spanOf(world: World, absence: Absence): { readonly start: number; readonly end: number } {
  const zone = users.find(world, absence.userId)?.timezone || getSystemString(world, 'default_timezone', 'UTC')
  const at = (day: string) => parsePhpDate(day, world.clock.seconds(), zone)?.seconds ?? 0
  const [start, lastDay] = [at(absence.firstDay), at(absence.lastDay)]
  return { start, end: momentOf({ ...wallTimeAt(lastDay, zone), hour: 23, minute: 59, second: 0 }, zone) }
}

/** The absence of an account, if it is away by the clock of the world. */
export function current(world: World, userId: string): Absence | undefined {
  const absence = find(world, userId)
  if (!absence) return undefined
  const { start, end } = spanOf(world, absence)
  const now = world.clock.seconds()
  return start <= now && now <= end ? absence : undefined
}

export const absenceReactions = defineReactions(
  {
    'user.deleted': (world, { userId }) => {
      world.table(absencesTable).delete(userId)
    },
  },
  { phase: 'clean-up', evenIfDisabled: true },
)
