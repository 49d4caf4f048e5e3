/** `ocs-mock/cypress/commands`: for the tests themselves, which run in a browser. */
import { UserError } from '#lib/errors.ts'
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
 * @throws UserError where there is no address to send it to
 */
export function interceptOcs<Intercepted>(cy: CypressChain<Intercepted>, url: string): Intercepted {
  checkArguments(cy, url)
  const fake = url.replace(/\/+$/, '')
  return cy.intercept(ENTRY, (request) => {
    const { pathname, search } = new URL(request.url)
    if (ENTRY.test(pathname)) request.url = fake + pathname + search
  })
}

function checkArguments(cy: unknown, url: unknown): void {
  if (typeof (cy as CypressChain<unknown> | undefined)?.intercept !== 'function')
    throw new UserError(
      "Failed to intercept: there is no cy.intercept. Write interceptOcs(cy, Cypress.env('OCS_MOCK_URL')).",
    )
  if (typeof url === 'string' && /^https?:\/\//.test(url)) return
  const found = url === undefined ? 'there is no address' : `${JSON.stringify(url)} is no address`
  throw new UserError(
    `Failed to intercept: ${found}. Pass Cypress.env('OCS_MOCK_URL'), which startForCypress() sets, or such as "http://127.0.0.1:8080".`,
  )
}
