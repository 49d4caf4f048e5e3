import type { JournalEntry } from '#journal/journal-entry.ts'

export type { ActiveFault } from '#faults/faults.ts'
export type { BriefEntry, JournalEntry } from '#journal/journal-entry.ts'
export type { ScenarioState } from '#scenario/runner-host.ts'

export interface ClockState {
  readonly now: string
  readonly milliseconds: number
  readonly frozen: boolean
  readonly due?: string | null
}

export interface Summary {
  readonly version: string
  readonly profile: string
  readonly product: string
  readonly counts: Readonly<Record<string, number>>
  readonly apps: { readonly enabled: readonly string[]; readonly disabled: readonly string[] }
  readonly ownApps: readonly {
    readonly id: string
    readonly version: string
    readonly enabled: boolean
    readonly operations: readonly string[]
    readonly tables: Readonly<Record<string, number>>
  }[]
}

export interface TableRow {
  readonly key: string
  readonly record: Readonly<Record<string, unknown>>
}

export interface TablePage {
  readonly total: number
  readonly found: number
  readonly records: readonly TableRow[]
}

export type Outcome = JournalEntry['outcome']
