import type { OccOptions, OccResult } from '#console/run.ts'
import type { Faults } from '#faults/faults.ts'
import type { Instance } from '#line/instance.ts'
import type { ScenarioVocabulary } from './format.ts'
import type { Timers } from './timers.ts'

/** How far a scenario is that was started. */
export interface RunState {
  readonly status: 'running' | 'done' | 'failed' | 'stopped'
  readonly name: string
  readonly description: string
  readonly steps: readonly {
    readonly name?: string
    /** What it waits or waited for, in words. */
    readonly when: string
    readonly does: readonly string[]
    /** `repeating`: it happens again with each request. */
    readonly status: 'done' | 'failed' | 'repeating' | 'next' | 'later'
    /** What went wrong in it. */
    readonly problem?: string
  }[]
  readonly problems: readonly string[]
}

/** What the runner of scenarios has of its mock. */
export interface RunnerHost {
  readonly instance: Instance
  readonly faults: Faults
  readonly timers: Timers
  /** What scenarios there can be. */
  vocabulary(): ScenarioVocabulary
  /** Load all that a command needs. */
  loadConsole(): Promise<void>
  occ(args: string | readonly string[], options: OccOptions, outgoing: typeof fetch): Promise<OccResult>
  /** Told when a scenario began, went on or ended. */
  onChange(state: ScenarioState): void
  /** Told about a step that failed. */
  onFailure(message: string): void
}

/** How far a scenario is. */
export type ScenarioState = { readonly status: 'none' } | RunState
