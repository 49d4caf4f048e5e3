import { s } from '#lib/schema.ts'
import { defineTable } from '../define-table.ts'
import type { World } from '../world.ts'

/** What became of one of a server's jobs. */
export interface ServerJobRecord {
  /** Seconds since 1970; 0: it never ran. */
  readonly lastRun: number
  /** Seconds since 1970: when a worker last looked at it. */
  readonly lastChecked: number
  readonly isRemoved: boolean
}

/** By the class of the job. What was never touched has no record. */
export const serverJobsTable = defineTable<ServerJobRecord>('serverJobs', {
  record: s.object({ lastRun: s.number(), lastChecked: s.number(), isRemoved: s.bool() }),
})

/** @param installed when jobs were first looked at, in seconds since 1970 */
export const recordOf = (world: World, name: string, installed: number): ServerJobRecord =>
  world.table(serverJobsTable).get(name) ?? { lastRun: 0, lastChecked: installed, isRemoved: false }

/** Note that a job runs now. One that is in a queue is over with that. */
export function noteRun(world: World, name: string, isQueued: boolean): void {
  const now = world.clock.seconds()
  world.table(serverJobsTable).set(name, { lastRun: now, lastChecked: now, isRemoved: isQueued })
}

export function remove(world: World, name: string): void {
  const now = world.clock.seconds()
  world.table(serverJobsTable).set(name, { lastRun: 0, lastChecked: now, isRemoved: true })
}
