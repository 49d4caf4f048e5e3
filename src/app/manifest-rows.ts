import type { Releases } from '#lib/releases.ts'
import type { AppDefinitions, AppSource } from '#line/catalogue.ts'
import type { CallerTraits, Operation } from '#line/operation.ts'

/** One operation in the manifest: its kind, id, methods and path, and what of it has to be known besides. */
export type OperationRow = readonly [
  kind: Operation['kind'],
  id: string,
  methods: readonly string[],
  path: string,
  traits?: CallerTraits & Releases,
]

/** An app of the manifest, which is loaded when somebody asks for it, along with the profile data of these names. */
export const sourceFrom = (
  app: string,
  rows: readonly OperationRow[],
  data: readonly string[],
  load: () => Promise<AppDefinitions>,
): AppSource => ({
  id: app,
  operations: rows.map(([kind, id, methods, path, traits]) => ({ kind, id, app, methods, path, ...traits })),
  data,
  load,
})
