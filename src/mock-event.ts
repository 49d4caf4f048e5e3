import type { JournalEntry } from '#journal/journal-entry.ts'
import type { ScenarioState } from '#scenario/runner-host.ts'
import type { WorldEvent } from '#world/events.ts'

/** Something that happened to a mock, for those who watch it. */
export type MockEvent =
  | { readonly type: 'request'; readonly entry: JournalEntry }
  | { readonly type: 'world'; readonly event: WorldEvent }
  | { readonly type: 'scenario'; readonly state: ScenarioState }
  | { readonly type: 'clock' | 'faults' | 'reset' | 'apps' }
