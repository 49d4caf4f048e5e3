/** `ocs-mock/core`: everything that needs neither MSW nor Node. */

export * from './definitions.ts'

import { OcsMock, type OcsMockOptions } from './mock.ts'

/**
 * Make a fake Nextcloud in this process, shared with nobody. Without MSW it answers through `fetch` alone.
 * @throws UserError for an unknown profile or a mistake in the seed.
 */
export function createOcsMock(options: OcsMockOptions = {}): OcsMock {
  return new OcsMock(options)
}

export type { ContractHandle } from '#contract/contract-handle.ts'
export type { ContractOptions } from '#contract/subject.ts'
export type { Fault } from '#faults/fault.ts'
export type { ActiveFault, Faults } from '#faults/faults.ts'
export { type AskedFor, type OwnAnswerOptions, type OwnData, savedAnswer } from '#faults/own-answer.ts'
export { type Expectation, ExpectationError } from '#journal/expectation.ts'
export type { Journal } from '#journal/journal.ts'
export type { JournalEntry } from '#journal/journal-entry.ts'
export type { RequestMatcher } from '#journal/match.ts'
export type { Answer, Call } from '#line/call.ts'
export type { KnownOperations, OperationId } from '#line/operation.ts'
export type { Messages, Texts } from '#line/texts.ts'
export type { PageOptions } from '#page/open-page.ts'
export type { HtmlOptions, OcsPage } from '#page/page.ts'
export { loadProfile, type ProfileName, profileNames, profiles } from '#profiles/index.ts'
export { type ProfileChoice, profileMatrix } from '#profiles/matrix.ts'
export type { KnownOperation, Profile, ProfileApp, ProfileDefinition } from '#profiles/profile.ts'
export { ScenarioError } from '#scenario/problem.ts'
export type { ScenarioState } from '#scenario/runner-host.ts'
export type { ScenarioHandle } from '#scenario/scenario-runner.ts'
export type { Timers } from '#scenario/timers.ts'
export type { WorldDump } from '#world/dump.ts'
export { type MockEvent, OcsMock, type OcsMockOptions } from './mock.ts'
export type { FixtureAnswer } from './mock-options.ts'
export * from './types.ts'
export { VERSION } from './version.ts'
