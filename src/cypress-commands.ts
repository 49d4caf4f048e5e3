/** `ocs-mock/cypress/commands`: for the tests themselves, which run in a browser. */
import { ENTRY } from '#line/entry-points.ts'

/** What of `cy.intercept`'s request is used. */
export interface InterceptedRequest {
  url: string
}

/** What of `cy` is used. Structural, so that any version will do. */
export interface CypressChain<Intercepted> {
  intercept(url: RegExp, handler: (request: InterceptedRequest) => void): Intercepted
}

/**
 * Send what the page asks a Nextcloud for to a fake instead, at whatever host the page thinks it is.
 *
 * @example
 * beforeEach(() => { interceptOcs(cy, Cypress.env('OCS_MOCK_URL')) })
 * @param url of the fake
 * @returns what `cy.intercept` returns, for `.as('ocs')`
 */
export function interceptOcs<Intercepted>(cy: CypressChain<Intercepted>, url: string): Intercepted {
  const fake = url.replace(/\/+$/, '')
  return cy.intercept(ENTRY, (request) => {
    const { pathname, search } = new URL(request.url)
    if (ENTRY.test(pathname)) request.url = fake + pathname + search
  })
}
