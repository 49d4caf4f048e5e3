/** `ocs-mock/cypress`: a fake for the tests of Cypress, started and driven from its configuration. */
import { RemoteFake } from '#adapters/remote-fake.ts'
import type { OccResult } from '#console/run.ts'
import { UserError } from '#lib/errors.ts'
import type { ServeOptions } from './server.ts'

export { UserError } from '#lib/errors.ts'
export type { ServeOptions } from './server.ts'

/** What of Cypress's resolved configuration is used. */
export interface CypressConfig {
  env: Record<string, unknown>
}

/**
 * What `cy.task` can do with the fake. Each task has one argument, or none, and answers something. No interface: types of
 * Cypress take any record of tasks, which an interface is not.
 */
export type OcsTasks = {
  /** Run an `occ` command. */
  'ocs:occ'(args: string | readonly string[]): Promise<OccResult>
  /** The starting world again, with a seed laid over it where one is given. */
  'ocs:reset'(seed?: object | null): Promise<null>
  /** A member of `faults`: latency, a status, a dropped connection, an answer of your own. */
  'ocs:fault'(fault: object): Promise<object>
  /** Change the world's time: `{ advance: '24h' }`, `{ freeze: '2030-01-01T00:00:00Z' }`. */
  'ocs:clock'(change: object): Promise<object>
  /** Requests that came: all, or those that match `{ operation, method, path … }`. */
  'ocs:requests'(matcher?: object | null): Promise<object>
  /** Keep the state under a name. */
  'ocs:save'(name: string): Promise<string>
  /** The state of that name again. */
  'ocs:restore'(name: string): Promise<null>
}

/** The tasks for a fake that runs already. @param fake Default: what `OCS_MOCK_URL` names */
export function ocsTasks(fake: RemoteFake = new RemoteFake()): OcsTasks {
  return {
    'ocs:occ': (args) => fake.occ({ args }),
    'ocs:reset': async (seed) => {
      await fake.ask('POST', '/reset', seed ?? undefined)
      return null
    },
    'ocs:fault': (fault) => fake.ask('POST', '/faults', fault),
    'ocs:clock': (change) => fake.ask('POST', '/clock', change),
    'ocs:requests': (matcher) => fake.ask('POST', '/requests/find', matcher ?? {}),
    'ocs:save': async (name) => {
      // Cypress sends `null` for an argument that a test forgot.
      if (!name) throw new UserError(`Failed to keep the state: there is no name. Write cy.task('ocs:save', 'before').`)
      await fake.ask('POST', '/snapshots', { name })
      return name
    },
    'ocs:restore': async (name) => {
      await fake.ask('POST', `/snapshots/${encodeURIComponent(name)}/restore`)
      return null
    },
  }
}

/**
 * Start a fake for a run of Cypress, let `cy.task` drive it, and tell tests where it is (`Cypress.env('OCS_MOCK_URL')`).
 *
 * @example
 * // cypress.config.ts
 * export default defineConfig({
 *   e2e: { setupNodeEvents: (on, config) => startForCypress(on, config, { seed: { users: [{ id: 'alice' }] } }) },
 * })
 * @returns the configuration, for Cypress
 * @throws UserError for an unknown profile, a mistake in the seed, or other arguments than those of `setupNodeEvents`
 */
export async function startForCypress<Config extends CypressConfig>(
  on: (event: 'task', tasks: OcsTasks) => void,
  config: Config,
  options: ServeOptions = {},
): Promise<Config> {
  checkArguments(on, config)
  const { serve } = await import('./server.ts')
  const server = await serve(options)
  // The process of Cypress ends when it wants to.
  server.http.unref()
  on('task', { ...ocsTasks(new RemoteFake({ url: server.url })) })
  config.env = { ...config.env, OCS_MOCK_URL: server.url }
  return config
}

function checkArguments(on: unknown, config: unknown): void {
  if (typeof on === 'function' && typeof config === 'object' && config !== null) return
  throw new UserError(
    'Failed to start a fake for Cypress: pass what setupNodeEvents gets, in its order: setupNodeEvents: (on, config) => startForCypress(on, config)',
  )
}
