import { type AppContributions, type AppInfo, defineApp, type OcsApp } from './define-app.ts'
import { endpointsOf } from './php-endpoint.ts'
import type { AppRoute, ControllerMethod, MethodBody } from './php-method.ts'

/** Classes by name without `Controller`, each with its methods: for each its parameters. */
export type Controllers<C> = {
  readonly [Name in keyof C]: { readonly [M in keyof C[Name]]: ControllerMethod<C[Name][M]> | MethodBody }
}

export interface PhpAppDefinition<C> extends Omit<AppContributions, 'routes'>, AppInfo {
  /** `ocs` are below `/ocs/vN.php`, `routes` below `/index.php`, where they answer plain JSON. */
  readonly routes: { readonly ocs?: readonly AppRoute[]; readonly routes?: readonly AppRoute[] }
  /** A bare function is open to administrators only, as in PHP. */
  readonly controllers: Controllers<C>
}

/**
 * Define an app with an external API, as Nextcloud's developer manual shows it: sugar over {@link defineApp}.
 *
 * @example
 * const yourapp = definePhpApp('yourapp', {
 *   routes: { ocs: [{ name: 'Bar#getFoo', url: '/foobar/{id}', verb: 'GET' }] },
 *   controllers: {
 *     Bar: {
 *       getFoo: {
 *         noAdminRequired: true,
 *         parameters: { id: p.int() },
 *         run: ({ id }) => new DataResponse({ foo: id }),
 *       },
 *     },
 *   },
 * })
 * @throws UserError that names the route or the method and what to write.
 */
export function definePhpApp<C>(id: string, { routes, controllers, ...definition }: PhpAppDefinition<C>): OcsApp {
  const made = endpointsOf(id, routes, controllers)
  return defineApp(id, { ...definition, endpoints: [...made, ...(definition.endpoints ?? [])] })
}
