import type { AppSource } from '#line/catalogue.ts'
import type { Contributed, ContributionKind } from '#line/contributions.ts'
import type { BackgroundJob } from '#world/background-jobs.ts'
import type { TableKey } from '#world/define-table.ts'
import type { Reactions } from '#world/reactions.ts'
import type { Recipients } from '#world/sharing/recipients.ts'
import type { SeedMember } from '#world/world.ts'
import type { Listener } from './listener.ts'
import type { ScenarioAction } from './scenario-action.ts'
import type { AddedApp } from './with-apps.ts'

/** What of an app has to be there before anything is asked: its part of the world. */
export interface AppState {
  readonly app: string
  readonly reactions?: readonly Reactions[]
  readonly backgroundJobs?: readonly BackgroundJob[]
  readonly listeners?: readonly Listener[]
  readonly recipients?: readonly Recipients[]
  readonly seed?: readonly SeedMember[]
  readonly scenarioActions?: readonly ScenarioAction[]
}

/** How contributions of a kind are loaded, all apps' at once. */
export type Gatherers = { readonly [K in ContributionKind]?: () => Promise<readonly Contributed<K>[]> }

/** Which apps there are, which of them answers what, and how each is loaded. */
export interface Manifest {
  readonly apps: readonly AppSource[]
  /** Those of them that no profile knows: they are installed beside the apps of any release. */
  readonly added: readonly AddedApp[]
  readonly state: readonly AppState[]
  /** Their names and versions, and nothing else unless a table can migrate records. */
  readonly tables: readonly TableKey<unknown>[]
  /** The same, with what their records look like. */
  wholeTables(): Promise<readonly TableKey<unknown>[]>
  readonly gatherers: Gatherers
}
