import type { OcsApp } from '#app/define-app.ts'
import type { ContractHandle } from '#contract/contract-handle.ts'
import type { ContractOptions } from '#contract/subject.ts'
import type { OwnData } from '#faults/own-answer.ts'
import type { JournalEntry } from '#journal/journal-entry.ts'
import type { OperationId } from '#line/operation.ts'
import type { Texts } from '#line/texts.ts'
import type { ProfileName } from '#profiles/index.ts'
import type { ProfileDefinition } from '#profiles/profile.ts'
import type { Replay } from '#replay/replay.ts'
import type { NotRecorded } from '#replay/stubs.ts'
import type { Timers } from '#scenario/timers.ts'
import type { Recording } from '#verify/recording.ts'
import type { FolderEntry } from '#world/world.ts'
import type { ShippedScenarioName } from '../scenarios/names.ts'
import type { AppPage } from './app-page.ts'
import type { Foundation } from './foundation.ts'
import type { Scenario, Seed } from './types.ts'

/** What an operation answers instead. */
export interface FixtureAnswer {
  /** What stands in the envelope, or what makes it of a request. */
  readonly data?: OwnData
  /** An OCS status; 100 is 200. Default: 200. */
  readonly status?: number
  readonly message?: string
}

export interface OcsMockOptions {
  /** Name of a shipped profile, or one of your own. Default: `nextcloud-34`. */
  readonly profile?: ProfileName | ProfileDefinition
  /** Laid over the profile's fresh installation. */
  readonly seed?: Seed
  /** Answers of a real server, asked before the model. Read a folder with `readRecording` of `ocs-mock/server`. */
  readonly replay?: Recording
  /**
   * Answers of your own by operation, from the beginning on and after each reset: `{ data, status, message }`. What is
   * saved of a whole answer is unwrapped by `savedAnswer`.
   */
  readonly fixtures?: { readonly [operation in OperationId]?: FixtureAnswer }
  /** Who answers what was not recorded. Default: the model; `fail` says 501 and names the nearest that was. */
  readonly notRecorded?: NotRecorded
  /** How the world changes over time and in answer to requests: a scenario, or the name of a shipped one. */
  readonly scenario?: Scenario | ShippedScenarioName
  /** How latency and steps of scenarios wait for real time. Default: the timers of the platform. */
  readonly timers?: Timers
  /** Apps of your own, made by `defineApp`. They are installed and enabled. */
  readonly apps?: readonly OcsApp[]
  /** Pages of apps by the apps' ids: `index.php/apps/ID/` holds what pages hold, and loads a script of yours. */
  readonly pages?: Readonly<Record<string, AppPage>>
  /**
   * Whose browser requests without credentials come from: they get a session cookie and a request token, so that
   * front-end code runs as it does in a page. Default: nobody's; such requests are anonymous.
   */
  readonly signedInAs?: string
  /** What links in answers are built with. Default: the address of each request. */
  readonly baseUrl?: string
  /** How many requests the journal keeps. Default: 1000. */
  readonly journalLimit?: number
  /** Told about requests that the product answers and we do not. Default: `console.warn`. */
  readonly onNotBuilt?: (message: string) => void
  /** How the fake itself sends requests out, to ExApps and webhooks. Default: the global `fetch`. */
  readonly outgoing?: typeof fetch
  /**
   * Reads a folder of this machine, so that `skeletondirectory` can name one. Default: none is read, and new homes
   * begin with the `skeleton` of the seed; a server that was started by `serve` reads folders.
   */
  readonly readFolder?: (path: string) => readonly FolderEntry[] | null
  /** Told about every request once it is answered, in all worlds. */
  readonly onRequest?: (entry: JournalEntry) => void
  /**
   * What becomes of a request for a route that the product does not have: it is answered as the product does, with the
   * header `X-OCS-Mock: unknown-route`, or it is told too, or it fails. Default: `answer`.
   */
  readonly onUnknownRoute?: 'answer' | 'warn' | 'error'
  /**
   * Whether every answer that says no, or that a fault had a hand in, says why in the header `X-OCS-Mock-Why`:
   * `csrf: neither OCS-APIRequest nor a request token`. The journal knows it in any case. Default: only answers that
   * carry `X-OCS-Mock` already; a server that was started by `serve` explains all.
   */
  readonly explain?: boolean
  /** Told when a step of a scenario fails. Default: `console.warn`. */
  readonly onScenarioFailure?: (message: string) => void
  /**
   * Write down what each test relies on, in a folder for this consumer, such as `contracts/my-app`: what
   * `ocs-mock verify URL --contract contracts` asks a real server. In Node alone. Default: nothing is written.
   */
  readonly contract?: string | ContractOptions
  /**
   * What messages are in other languages, by language and app: `{ de: { files_sharing: { 'Unknown share type': '…' } } }`.
   * Read those of a server or an app with `readTexts` of `ocs-mock/server`. Default: messages are English.
   */
  readonly texts?: Texts
}

/** What a mock takes from the one that it is a fork of. */
export interface MockOrigin {
  readonly foundation?: Foundation
  readonly replay?: Replay | undefined
  readonly contract?: ContractHandle | undefined
  /** Of the world. */
  readonly name?: string
}

const IS_OPTION: Readonly<Record<keyof OcsMockOptions, true>> = {
  profile: true,
  seed: true,
  replay: true,
  notRecorded: true,
  fixtures: true,
  scenario: true,
  timers: true,
  apps: true,
  pages: true,
  signedInAs: true,
  baseUrl: true,
  journalLimit: true,
  onNotBuilt: true,
  outgoing: true,
  readFolder: true,
  onRequest: true,
  onUnknownRoute: true,
  explain: true,
  onScenarioFailure: true,
  contract: true,
  texts: true,
}

/** Names of all options. */
export const MOCK_OPTIONS: readonly string[] = Object.keys(IS_OPTION)

/** What of the options of something larger a mock is made with. */
export const mockOptionsOf = (options: OcsMockOptions): OcsMockOptions =>
  Object.fromEntries(Object.entries(options).filter(([name]) => MOCK_OPTIONS.includes(name)))
