import { UserError } from '#lib/errors.ts'
import { s } from '#lib/schema.ts'
import type { OcsMock } from '#mock.ts'
import { nextDue, runDueJobs } from '#world/background-jobs.ts'
import { type ClockChange, changeClock } from '#world/clock-change.ts'
import { type ControlCall, readObject } from './call.ts'

const MEMBERS = ['set', 'freeze', 'unfreeze', 'advance', 'next'] as const

const CLOCK = s.object({
  now: s.string(),
  milliseconds: s.number(),
  frozen: s.bool(),
  due: s.described('when something is due next', s.nullable(s.string())),
})

const MOMENT = s.union(s.string(), s.number())
const CHANGE = s.object({
  set: s.optional(s.described('a moment in ISO 8601, or milliseconds since 1970', MOMENT)),
  freeze: s.optional(s.described('let it stand still: now, or at a moment', s.union(s.bool(), MOMENT))),
  unfreeze: s.optional(s.described('let it go on', s.bool())),
  advance: s.optional(s.described('by a time such as "24h", or by milliseconds', s.union(s.string(), s.number()))),
  next: s.optional(s.described('to what is due next', s.bool())),
})

/** The world's time. */
export const clockCalls: readonly ControlCall[] = [
  {
    method: 'GET',
    path: '/clock',
    summary: 'read the clock of the world',
    answers: CLOCK,
    run: ({ selected: { mock } }) => shown(mock),
  },
  {
    method: 'POST',
    path: '/clock',
    summary:
      'set the clock, freeze or unfreeze it, or advance it: {"advance": "24h"}, {"next": true} to what is due next',
    sends: () => CHANGE.toJsonSchema(),
    answers: CLOCK,
    run: async ({ selected: { mock }, body }) => {
      const change = await readObject(body, 'a change of the clock', MEMBERS)
      changeClock(mock.world.clock, change.next === undefined ? checked(change) : { set: dueNext(mock) })
      runDueJobs(mock.world)
      return shown(mock)
    },
  },
]

function checked({ set, freeze, unfreeze, advance }: Readonly<Record<string, unknown>>): ClockChange {
  const change: { -readonly [K in keyof ClockChange]: ClockChange[K] } = {}
  if (unfreeze === true) change.unfreeze = true
  if (set !== undefined) change.set = readMoment('set', set)
  if (typeof freeze === 'boolean') change.freeze = freeze
  else if (freeze !== undefined) change.freeze = readMoment('freeze', freeze)
  if (advance !== undefined) {
    if (typeof advance !== 'string' && typeof advance !== 'number') throw wrong('advance', 'a duration, such as "24h"')
    change.advance = advance
  }
  return change
}

function readMoment(member: string, value: unknown): string | number {
  if (typeof value === 'string' || typeof value === 'number') return value
  throw wrong(member, 'a moment, such as "2026-03-01T12:00:00Z"')
}

const wrong = (member: string, what: string) => new UserError(`Failed to change the clock: "${member}" is not ${what}.`)

/** In milliseconds since 1970; `null`: nothing waits for its moment. */
function dueAt({ world, scenario }: OcsMock): number | null {
  const seconds = nextDue(world)
  const moments = [scenario.dueAt, seconds === null ? null : seconds * 1000].filter((moment) => moment !== null)
  return moments.length === 0 ? null : Math.min(...moments)
}

function dueNext(mock: OcsMock): number {
  const moment = dueAt(mock)
  if (moment === null) throw new UserError('Failed to advance the clock: nothing waits for its moment.')
  return Math.max(moment, mock.world.clock.now())
}

function shown(mock: OcsMock) {
  const { clock } = mock.world
  const now = clock.now()
  const due = dueAt(mock)
  return {
    now: new Date(now).toISOString(),
    milliseconds: now,
    frozen: clock.state.frozenAt !== null,
    due: due === null ? null : new Date(due).toISOString(),
  }
}
