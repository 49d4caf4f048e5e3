import type { AppSource, Operation } from '#line/catalogue.ts'
import type { OcsApp } from './define-app.ts'

/** One operation in the manifest: its kind, id, methods and path. */
export type OperationRow = readonly [kind: Operation['kind'], id: string, methods: readonly string[], path: string]

/** An app of the manifest, which is loaded when somebody asks for it, along with the profile data of these names. */
export const sourceFrom = (
  app: string,
  rows: readonly OperationRow[],
  data: readonly string[],
  load: () => Promise<OcsApp>,
): AppSource => ({
  id: app,
  operations: rows.map(([kind, id, methods, path]) => ({ kind, id, app, methods, path })),
  data,
  load,
})
