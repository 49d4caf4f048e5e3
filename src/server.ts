/** `ocs-mock/server`: the standalone fake server for Node, with its control API. */
import { type RunningServer, type ServerOptions, startServer } from '#adapters/node-server.ts'
import type { OcsApp } from '#app/define-app.ts'
import { ControlledMock } from '#control/controlled-mock.ts'
import { loadWanted } from './foundation.ts'
import { OcsMock, type OcsMockOptions } from './mock.ts'

export interface ServeOptions extends OcsMockOptions, ServerOptions {}

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

/**
 * Start a fake Nextcloud on a port, with the control API below `/__admin/`.
 *
 * @example
 * const server = await serve({ port: 0 })
 * await fetch(`${server.url}/status.php`)
 * await server.close()
 * @throws UserError for an unknown profile, or a mistake in the seed or the scenario; Node's error where the port cannot be had.
 */
export async function serve(options: ServeOptions = {}): Promise<OcsMockServer> {
  const mock = new OcsMock({ ...options, profile: await loadWanted(options) })
  await mock.scenario.settled()
  mock.scenario.throwFailure()
  const controlled = new ControlledMock(mock)
  const running = await startServer(controlled, options)
  return { ...running, mock, replaceApps: (apps) => controlled.replaceApps(apps) }
}

export type { RunningServer, ServerOptions } from '#adapters/node-server.ts'
export { UserError } from '#lib/errors.ts'
export { type Recording, readRecording } from '#verify/recording.ts'
export { OcsMock, type OcsMockOptions } from './mock.ts'
export { defineScenario, type Scenario, type Seed, type Step } from './types.ts'
