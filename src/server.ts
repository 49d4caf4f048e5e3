/** `ocs-mock/server`: the standalone fake server for Node, with its control API. */

import { limitedFetch } from '#adapters/limited-fetch.ts'
import { listenError } from '#adapters/listen-error.ts'
import { type RunningServer, type ServerOptions, startServer } from '#adapters/node-server.ts'
import { readFolder } from '#adapters/read-folder.ts'
import { checkServerOptions } from '#adapters/server-options.ts'
import type { OcsApp } from '#app/define-app.ts'
import { ControlledMock, type ControlOptions } from '#control/controlled-mock.ts'
import { checkMembers } from '#lib/check-members.ts'
import { UserError } from '#lib/errors.ts'
import { loadWanted } from './foundation.ts'
import { OcsMock, type OcsMockOptions } from './mock.ts'
import { MOCK_OPTIONS, mockOptionsOf } from './mock-options.ts'

export interface ServeOptions extends OcsMockOptions, ServerOptions, Omit<ControlOptions, 'host' | 'baseUrl'> {
  /**
   * Hosts that the fake may call by itself, for ExApps and webhooks, besides this machine: `hooks.example.com`, or
   * `hooks.example.com:8443`. What `outgoing` sends is limited too. Default: none.
   */
  readonly allowOutgoing?: readonly string[]
  /** Told when the fake wanted to call something else. Default: `console.warn`. */
  readonly onNotAllowed?: (message: string) => void
}

export interface OcsMockServer extends RunningServer {
  /** The mock of the default world; others are made on first use. */
  readonly mock: OcsMock
  /**
   * Go on with other apps of your own, in all worlds. State stays where its tables stay.
   * @returns what was lost, in sentences
   * @throws UserError for apps that do not fit; then nothing has changed
   */
  replaceApps(apps: readonly OcsApp[]): string[]
}

const IS_OPTION: Readonly<Record<Exclude<keyof ServeOptions, keyof OcsMockOptions>, true>> = {
  host: true,
  port: true,
  onError: true,
  maxBody: true,
  tls: true,
  adminToken: true,
  cors: true,
  worlds: true,
  allowOutgoing: true,
  onNotAllowed: true,
}
const SERVE_OPTIONS = [...MOCK_OPTIONS, ...Object.keys(IS_OPTION)]

/**
 * Start a fake Nextcloud on a port, with the control API below `/__admin/`.
 *
 * @example
 * const server = await serve({ port: 0 })
 * await fetch(`${server.url}/status.php`)
 * await server.close()
 * @throws UserError for an unknown profile, or a mistake in the seed or the scenario; a port that cannot be had.
 */
export async function serve(options: ServeOptions = {}): Promise<OcsMockServer> {
  if (options instanceof OcsMock)
    throw new UserError(
      'Failed to serve: this is a mock. Pass the options that it was made with; serve() makes one itself.',
    )
  checkMembers('Failed to serve', options, SERVE_OPTIONS)
  checkServerOptions(options)
  const send: typeof fetch = (input, init) => (options.outgoing ?? globalThis.fetch)(input, init)
  const tell = options.onNotAllowed ?? ((message: string) => console.warn(message))
  const profile = await loadWanted(options)
  const mock = new OcsMock({
    ...mockOptionsOf(options),
    profile,
    explain: options.explain ?? true,
    readFolder: options.readFolder ?? readFolder,
    outgoing: limitedFetch(send, options.allowOutgoing ?? [], tell),
  })
  await mock.scenario.settled()
  mock.scenario.throwFailure()
  const controlled = new ControlledMock(mock, options)
  const { host = '127.0.0.1', port = 0 } = options
  const running = await startServer(controlled, options).catch((error: unknown) => {
    throw listenError(error, host, port) ?? error
  })
  return { ...running, mock, replaceApps: (apps) => controlled.replaceApps(apps) }
}

export type { RunningServer, ServerOptions } from '#adapters/node-server.ts'
export { readTexts } from '#adapters/read-texts.ts'
export { UserError } from '#lib/errors.ts'
export type { Messages, Texts } from '#line/texts.ts'
export { type Recording, readRecording } from '#verify/recording.ts'
export { OcsMock, type OcsMockOptions } from './mock.ts'
export { defineScenario, type Scenario, type Seed, type Step } from './types.ts'
