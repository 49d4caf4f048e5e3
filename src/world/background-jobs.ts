import type { TableKey } from './define-table.ts'
import type { BackgroundJob, World } from './world.ts'

export type { BackgroundJob }

interface BackgroundJobDefinition<V> {
  /** Unique among the jobs on a table. */
  readonly name: string
  readonly table: TableKey<V>
  /** The moment of a record, in whole seconds since 1970; without one, nothing is ever done about it. */
  momentOf(record: V): number | null
  /** Seconds from the moment of a record until it is due. Default: none. */
  readonly delay?: (world: World) => number
  /** Whether there is anything to do at all besides that the app is enabled. It may depend on tables alone. */
  readonly isNeeded?: (world: World) => boolean
  /** Do it for these records, the earliest moment first. Afterwards they are gone, or have another moment. */
  run(world: World, due: readonly V[]): void
}

const DIGITS = 12
/** Moments as texts that sort as they do. */
const textOf = (seconds: number) => String(Math.max(0, seconds)).padStart(DIGITS, '0')

/**
 * Define what happens when the moment of a record has come, as background jobs of a real server do it. It is done by
 * nobody, before the next request or command is answered: what reads never has to see to it. Waiting costs nothing,
 * however many records there are.
 *
 * @example
 * defineBackgroundJob({
 *   name: 'forget', table: bookmarks, momentOf: ({ keptUntil }) => keptUntil,
 *   run: (world, due) => due.forEach(({ id }) => bookmarks.remove(world, id)),
 * })
 */
export function defineBackgroundJob<V>(definition: BackgroundJobDefinition<V>): BackgroundJob {
  const { name, table, momentOf, delay = () => 0, isNeeded = () => true } = definition
  const byMoment = (world: World) =>
    world.table(table).index(`job ${name}`, (record) => {
      const moment = momentOf(record)
      return moment === null ? undefined : textOf(moment)
    })
  return {
    kind: 'background-job',
    dueAt(world) {
      const [first] = isNeeded(world) ? byMoment(world).keys(0, 1) : []
      return first === undefined ? Number.POSITIVE_INFINITY : momentOf(world.table(table).get(first)!)! + delay(world)
    },
    run(world) {
      const keys = byMoment(world).keysUpTo(textOf(world.clock.seconds() - delay(world)))
      definition.run(
        world,
        keys.map((key) => world.table(table).get(key)!),
      )
    },
  }
}

/** A job that is only done while its app takes part. */
export const whileActive = (job: BackgroundJob, isActive: (world: World) => boolean): BackgroundJob => ({
  ...job,
  dueAt: (world) => (isActive(world) ? job.dueAt(world) : Number.POSITIVE_INFINITY),
})

/** Do all that is due by the clock of the world. Costs one comparison while nothing is. */
export function runDueJobs(world: World): void {
  const now = world.clock.seconds()
  if (now < earliest(world)) return
  for (const job of world.rules.backgroundJobs) if (job.dueAt(world) <= now) job.run(world)
}

/** When the next of them is due, in seconds since 1970; `null`: nothing is. */
export function nextDue(world: World): number | null {
  const due = earliest(world)
  return Number.isFinite(due) ? due : null
}

const earliest = (world: World): number =>
  world.remember('background jobs', () => Math.min(...world.rules.backgroundJobs.map((job) => job.dueAt(world))))
