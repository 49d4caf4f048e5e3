import type { Endpoint, EndpointDefinition, Failures, Route } from '#line/endpoint.ts'
import type { ParamShape } from '#line/params.ts'

/**
 * Define one OCS operation. The result is data plus one function; MSW, the server, the published
 * document, the verifier and the coverage table all read it.
 *
 * @example
 * export const addGroup = defineEndpoint({
 *   id: 'provisioning_api-groups-add-group', app: 'provisioning_api',
 *   method: 'POST', path: '/cloud/groups', access: 'admin', summary: 'Create a group',
 *   input: { groupid: p.string() }, output: s.empty(), failures: { 102: 'group exists' },
 *   handle: ({ input, world, ok, fail }) => groups.add(world, input.groupid) === 'exists' ? fail(102) : ok(),
 * })
 */
export function defineEndpoint<
  const Path extends string,
  In extends ParamShape = Record<never, never>,
  const F extends Failures = Record<never, never>,
>(definition: EndpointDefinition<Path, In, F>): Endpoint {
  // The precise argument types serve the author; every reader goes through the line, which builds them.
  return { ...definition, kind: 'endpoint' } as unknown as Endpoint
}

/** Define one route outside OCS. */
export function defineRoute(definition: Omit<Route, 'kind'>): Route {
  return { ...definition, kind: 'route' }
}
