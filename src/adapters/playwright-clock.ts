import type { Clock, Moment } from '#world/clock.ts'

type Ticks = number | string

/** Playwright's clock of a context, as far as it moves. Its pages have the same one. */
export interface PageClock {
  install(options?: { time?: Moment }): Promise<void>
  setFixedTime(time: Moment): Promise<void>
  setSystemTime(time: Moment): Promise<void>
  pauseAt(time: Moment): Promise<void>
  resume(): Promise<void>
  fastForward(ticks: Ticks): Promise<void>
  runFor(ticks: Ticks): Promise<void>
}

/**
 * Whatever moves the clock of pages moves the world's first, so that what pages ask when their timers run is answered at
 * the same moment.
 * @returns what lets them go their own ways
 */
export function followClock(pages: PageClock, world: Clock): () => void {
  const { install, setFixedTime, setSystemTime, pauseAt, resume, fastForward, runFor } = pages
  const original = { install, setFixedTime, setSystemTime, pauseAt, resume, fastForward, runFor }
  const along =
    <Arg>(move: (arg: Arg) => Promise<void>, follow: (arg: Arg) => void) =>
    async (arg: Arg): Promise<void> => {
      follow(arg)
      await move.call(pages, arg)
    }
  Object.assign(pages, {
    install: along(install, (options) => {
      if (options?.time !== undefined) world.set(options.time)
    }),
    setFixedTime: along(setFixedTime, (time) => world.freeze(time)),
    setSystemTime: along(setSystemTime, (time) => world.set(time)),
    pauseAt: along(pauseAt, (time) => world.freeze(time)),
    resume: () => along<void>(resume, () => world.unfreeze())(),
    fastForward: along(fastForward, (ticks) => world.advance(milliseconds(ticks))),
    runFor: along(runFor, (ticks) => world.advance(milliseconds(ticks))),
  } satisfies PageClock)
  return () => Object.assign(pages, original)
}

/** Playwright's texts are `08`, `01:00` and `02:34:10`: seconds, minutes, hours. */
function milliseconds(ticks: Ticks): number {
  if (typeof ticks === 'number') return ticks
  return ticks.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) * 1000
}
