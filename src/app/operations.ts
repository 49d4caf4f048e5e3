import { operationOf } from '#line/catalogue.ts'
import type { Operation } from '#line/operation.ts'
import type { OcsApp } from './define-app.ts'

/** The operations of an app as the router needs them. */
export const operationsOf = ({ endpoints, routes }: Pick<OcsApp, 'endpoints' | 'routes'>): Operation[] =>
  [...endpoints, ...routes].map(operationOf)
