/** `ocs-mock`: a fake Nextcloud for tests with MSW, in Node and in the browser. */

export * from './core.ts'
// First: apps that ship with the package may import it by its name, as one's own do, and are loaded with the mock.
export * from './definitions.ts'

import type { HttpHandler } from 'msw'
import { createHandlers } from '#adapters/msw.ts'
import { OcsMock, type OcsMockOptions } from './mock.ts'

/** A mock with its MSW handlers: what `createOcsMock` makes. */
export interface OcsMockWithHandlers extends OcsMock {
  /** For MSW's `setupServer(...ocs.handlers)` and `setupWorker(...ocs.handlers)`. */
  readonly handlers: HttpHandler[]
  /**
   * An independent mock in the same starting world, with handlers of its own. Shares everything that does not change.
   * @param name what its journal calls its world
   */
  fork(name?: string): OcsMockWithHandlers
}

/**
 * Make a fake Nextcloud in this process, shared with nobody.
 *
 * @example
 * const ocs = createOcsMock({ seed: { users: [{ id: 'alice', groups: ['staff'] }] } })
 * const server = setupServer(...ocs.handlers)
 * @throws UserError for an unknown profile or a mistake in the seed.
 */
export function createOcsMock(options: OcsMockOptions = {}): OcsMockWithHandlers {
  return withHandlers(new OcsMock(options))
}

function withHandlers(mock: OcsMock): OcsMockWithHandlers {
  const fork = (name?: string) => withHandlers(OcsMock.prototype.fork.call(mock, name))
  return Object.assign(mock, { handlers: createHandlers(mock), fork })
}

export { createHandlers } from '#adapters/msw.ts'
