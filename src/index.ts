/** `ocs-mock`: a fake Nextcloud for tests with MSW, in Node and in the browser. */
import type { HttpHandler } from 'msw'
import { createHandlers } from '#adapters/msw.ts'
import { OcsMock, type OcsMockOptions } from './mock.ts'

/** A mock with its MSW handlers: what `createOcsMock` makes. */
export interface OcsMockWithHandlers extends OcsMock {
  /** For MSW's `setupServer(...ocs.handlers)` and `setupWorker(...ocs.handlers)`. */
  readonly handlers: readonly HttpHandler[]
}

/**
 * Make a fake Nextcloud in this process, shared with nobody.
 *
 * @example
 * const ocs = createOcsMock({ seed: { users: [{ id: 'alice', groups: ['staff'] }] } })
 * const server = setupServer(...ocs.handlers)
 * @throws UserError for an unknown profile or a mistake in the seed.
 */
export function createOcsMock(options: OcsMockOptions = {}): OcsMockWithHandlers {
  const mock = new OcsMock(options)
  return Object.assign(mock, { handlers: createHandlers(mock) })
}

export { createHandlers } from '#adapters/msw.ts'
export * from '#app/index.ts'
export * from '#app/php.ts'
export type { Fault } from '#faults/fault.ts'
export type { ActiveFault, Faults } from '#faults/faults.ts'
export { type Expectation, ExpectationError } from '#journal/expectation.ts'
export type { Journal, JournalEntry } from '#journal/journal.ts'
export type { RequestMatcher } from '#journal/match.ts'
export { UserError } from '#lib/errors.ts'
export type { Answer, Call } from '#line/call.ts'
export { profiles } from '#profiles/index.ts'
export type { KnownOperation, Profile, ProfileApp, ProfileDefinition } from '#profiles/profile.ts'
export { ScenarioError } from '#scenario/problem.ts'
export type { ScenarioHandle, ScenarioState } from '#scenario/stage.ts'
export type { Timers } from '#scenario/timers.ts'
export type { Clock } from '#world/clock.ts'
export type { WorldDump } from '#world/dump.ts'
export * from '#world/events.ts'
export type { World } from '#world/world.ts'
export { type MockEvent, OcsMock, type OcsMockOptions } from './mock.ts'
export * from './types.ts'
export { VERSION } from './version.ts'
