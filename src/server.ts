/** `ocs-mock/server`: the standalone fake server for Node, with its control API. */
import { type RunningServer, type ServerOptions, startServer } from '#adapters/node-server.ts'
import { ControlledMock } from '#control/controlled-mock.ts'
import { OcsMock, type OcsMockOptions } from './mock.ts'

export interface ServeOptions extends OcsMockOptions, ServerOptions {}

export interface OcsMockServer extends RunningServer {
  /** The mock of the default world; others are made on first use. */
  readonly mock: OcsMock
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
  const mock = new OcsMock(options)
  await mock.scenario.settled()
  mock.scenario.throwFailure()
  const running = await startServer(new ControlledMock(mock), options)
  return { ...running, mock }
}

export type { RunningServer, ServerOptions } from '#adapters/node-server.ts'
export { UserError } from '#lib/errors.ts'
export { type Recording, readRecording } from '#verify/recording.ts'
export { OcsMock, type OcsMockOptions } from './mock.ts'
export { defineScenario, type Scenario, type Seed, type Step } from './types.ts'
