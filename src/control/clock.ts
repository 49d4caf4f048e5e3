import { UserError } from '../failures.ts'
import { Clock, type Moment } from '../world/clock.ts'
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
      // On a copy, so that a mistake in one member leaves the clock as it was.
      const clock = new Clock()
      clock.restore(mock.world.clock.state)
      apply(clock, change)
      mock.world.clock.restore(clock.state)
      return shown(mock.world.clock)
    },
  },
]

function apply(clock: Clock, { set, freeze, unfreeze, advance }: Readonly<Record<string, unknown>>): void {
  if (unfreeze === true) clock.unfreeze()
  if (set !== undefined) clock.set(readMoment('set', set))
  if (freeze === true) clock.freeze()
  else if (freeze === false) clock.unfreeze()
  else if (freeze !== undefined) clock.freeze(readMoment('freeze', freeze))
  if (advance !== undefined) {
    if (typeof advance !== 'string' && typeof advance !== 'number') throw wrong('advance', 'a duration, such as "24h"')
    clock.advance(advance)
  }
}

function readMoment(member: string, value: unknown): Moment {
  if (typeof value === 'string' || typeof value === 'number') return value
  throw wrong(member, 'a moment, such as "2026-03-01T12:00:00Z"')
}

const wrong = (member: string, what: string) => new UserError(`Failed to change the clock: "${member}" is not ${what}.`)

function shown(clock: Clock) {
  const now = clock.now()
  return { now: new Date(now).toISOString(), milliseconds: now, frozen: clock.state.frozenAt !== null }
}
