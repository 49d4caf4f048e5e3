/** `ocs-mock/playwright`: a fake Nextcloud behind the pages of a Playwright test, without a port or a service worker. */
export { type Interceptable, type InterceptOptions, intercept } from '#adapters/playwright.ts'
export { type OcsFixtures, type OcsOptions, ocsMock } from '#adapters/playwright-fixtures.ts'
export { UserError } from '#lib/errors.ts'
export { OcsMock, type OcsMockOptions } from './mock.ts'
export { type OcsServerFixtures, type OcsServerOptions, ocsMockServer } from './playwright-server.ts'
export type { OcsMockServer } from './server.ts'
export type { Seed } from './types.ts'
