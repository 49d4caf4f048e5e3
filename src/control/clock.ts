import { UserError } from '#lib/errors.ts'
import type { Clock } from '#world/clock.ts'
import { type ClockChange, changeClock } from '#world/clock-change.ts'
import { type ControlCall, readObject } from './call.ts'

const MEMBERS = ['set', 'freeze', 'unfreeze', 'advance'] as const

/** The world's time. */
export const clockCalls: readonly ControlCall[] = [
  {
    method: 'GET',
    path: '/clock',
    summary: 'read the clock of the world',
    run: ({ selected: { mock } }) => shown(mock.world.clock),
  },
  {
    method: 'POST',
    path: '/clock',
    summary: 'set the clock, freeze or unfreeze it, or advance it: {"advance": "24h"}',
    run: async ({ selected: { mock }, body }) => {
      const change = await readObject(body, 'a change of the clock', MEMBERS)
      changeClock(mock.world.clock, checked(change))
      return shown(mock.world.clock)
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

function shown(clock: Clock) {
  const now = clock.now()
  return { now: new Date(now).toISOString(), milliseconds: now, frozen: clock.state.frozenAt !== null }
}
