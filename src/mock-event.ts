import type { ContractHandle } from '#contract/contract-handle.ts'
import type { JournalEntry } from '#journal/journal-entry.ts'
import type { Replay } from '#replay/replay.ts'
import type { ScenarioState } from '#scenario/runner-host.ts'
import type { WorldEvent } from '#world/events.ts'
import type { Foundation } from './foundation.ts'

/** Something that happened to a mock, for those who watch it. */
export type MockEvent =
  | { readonly type: 'request'; readonly entry: JournalEntry }
  | { readonly type: 'world'; readonly event: WorldEvent }
  | { readonly type: 'scenario'; readonly state: ScenarioState }
  | { readonly type: 'clock' | 'faults' | 'reset' | 'apps' }

/** What a mock is made of that is like another one. */
export interface MockOrigin {
  readonly foundation?: Foundation
  readonly replay?: Replay | undefined
  readonly contract?: ContractHandle | undefined
  /** Of the world. */
  readonly name?: string
}
