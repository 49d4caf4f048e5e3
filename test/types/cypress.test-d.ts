import { startForCypress } from 'ocs-mock/cypress'
import { interceptOcs } from 'ocs-mock/cypress/commands'
import { describe, expectTypeOf, it } from 'vitest'

/** A method, so that it takes tasks of any argument, as the `any` of Cypress does. */
interface OfTask {
  run(value: unknown): unknown
}

/** As Cypress 15.3 declares it: one function of many events, of which a task is one. */
interface PluginEvents {
  (action: 'after:run', handler: (results: object) => void): void
  (action: 'task', tasks: Readonly<Record<string, OfTask['run']>>): void
}

interface PluginOptions {
  env: Record<string, unknown>
  baseUrl: string | null
}

interface Chainable {
  as(alias: string): Chainable
}

/** The forms of `cy.intercept` that a pattern and a function can take. */
interface Cy {
  intercept(url: string | RegExp, response?: { readonly statusCode: number } | ((request: Incoming) => void)): Chainable
  intercept(method: 'GET' | 'POST', url: string | RegExp, response?: (request: Incoming) => void): Chainable
}

interface Incoming {
  url: string
  readonly method: string
  reply(body: string): void
}

describe('for the types of Cypress', () => {
  it('takes what a configuration is given, and answers the configuration', () => {
    expectTypeOf<PluginEvents>().toExtend<Parameters<typeof startForCypress>[0]>()
    expectTypeOf(startForCypress<PluginOptions>).returns.resolves.toEqualTypeOf<PluginOptions>()
  })

  it('takes cy, and answers what can be given an alias', () => {
    const intercepted = (cy: Cy) => interceptOcs(cy, 'http://127.0.0.1:8080')
    expectTypeOf(intercepted).returns.toEqualTypeOf<Chainable>()
  })
})
