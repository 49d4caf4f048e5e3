/** `ocs-mock/core`: everything that needs neither MSW nor Node. */
import { OcsMock, type OcsMockOptions } from './mock.ts'

/**
 * Make a fake Nextcloud in this process, shared with nobody. Without MSW it answers through `fetch` alone.
 * @throws UserError for an unknown profile or a mistake in the seed.
 */
export function createOcsMock(options: OcsMockOptions = {}): OcsMock {
  return new OcsMock(options)
}

export * from '#app/index.ts'
export type { Fault } from '#faults/fault.ts'
export type { ActiveFault, Faults } from '#faults/faults.ts'
export { type Expectation, ExpectationError } from '#journal/expectation.ts'
export type { Journal, JournalEntry } from '#journal/journal.ts'
export type { RequestMatcher } from '#journal/match.ts'
export { UserError } from '#lib/errors.ts'
export type { Answer, Call } from '#line/call.ts'
export { p } from '#line/params.ts'
export { profiles } from '#profiles/index.ts'
export type { KnownOperation, Profile, ProfileApp } from '#profiles/profile.ts'
export { defineScenario, type Scenario, type Step } from '#scenario/format.ts'
export { ScenarioError } from '#scenario/problem.ts'
export type { ScenarioHandle, ScenarioState } from '#scenario/stage.ts'
export type { Timers } from '#scenario/timers.ts'
export type { Clock } from '#world/clock.ts'
export type { Seed, UserSeed } from '#world/seed.ts'
export type { World, WorldDump, WorldEvent } from '#world/world.ts'
export { type MockEvent, OcsMock, type OcsMockOptions } from './mock.ts'
export { VERSION } from './version.ts'
