import type { Operation } from '#line/catalogue.ts'
import type { Endpoint, Route } from '#line/endpoint.ts'
import type { OcsApp } from './define-app.ts'

/** The operations of an app as the router needs them. */
export const operationsOf = ({ endpoints, routes }: Pick<OcsApp, 'endpoints' | 'routes'>): Operation[] => [
  ...endpoints.map(endpointOperation),
  ...routes.map(routeOperation),
]

const endpointOperation = ({ id, app, method, path }: Endpoint): Operation => ({
  kind: 'endpoint',
  id,
  app,
  methods: [method],
  path,
})

const routeOperation = ({ id, app, methods, path }: Route): Operation => ({ kind: 'route', id, app, methods, path })
