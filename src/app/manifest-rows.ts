import type { Releases } from '#lib/releases.ts'
import type { AppDefinitions, AppSource, OperationSource } from '#line/catalogue.ts'
import type { Endpoint, Route } from '#line/endpoint.ts'
import type { CallerTraits, Operation } from '#line/operation.ts'
import type { ProfileData } from '#profiles/profile-data.ts'

/** One operation in the manifest: its kind, id, methods and path, and what of it has to be known besides. */
export type OperationRow = readonly [
  kind: Operation['kind'],
  id: string,
  methods: string,
  path: string,
  traits?: CallerTraits & Releases,
]

/** How a module of an app is loaded that exports definitions, one by one or in lists. */
export type ModuleLoader = () => Promise<object>

/**
 * An app of the manifest.
 * @param rows the operations of each of its modules, by the module's name
 * @param modules how each module is loaded, when somebody asks for one of its operations
 * @param data names of the profile data that all of them read
 */
export const sourceFrom = (
  app: string,
  rows: Readonly<Record<string, readonly OperationRow[]>>,
  modules: Readonly<Record<string, ModuleLoader>>,
  data: readonly string[] = [],
  loadData: () => Promise<readonly ProfileData<unknown>[]> = async () => [],
): AppSource => ({
  id: app,
  parts: Object.entries(rows).map(([name, operations]) => partFrom(app, operations, modules[name]!)),
  data,
  loadData,
})

const partFrom = (app: string, rows: readonly OperationRow[], load: ModuleLoader): OperationSource => ({
  operations: rows.map(([kind, id, methods, path, traits]) => ({
    kind,
    id,
    app,
    methods: methods.split(' '),
    path,
    ...traits,
  })),
  load: async () =>
    Object.values(await load())
      .flat()
      .filter(isDefinition),
})

/** Modules export other things besides. */
function isDefinition(value: unknown): value is Endpoint | Route {
  const kind = (value as { readonly kind?: unknown } | null)?.kind
  return kind === 'endpoint' || kind === 'route'
}

/** What answers requests in a module that exports a whole app. */
export const definitionsIn = (module: object): object =>
  Object.values(module)
    .filter((value): value is AppDefinitions => (value as { readonly kind?: unknown } | null)?.kind === 'app')
    .flatMap(({ endpoints, routes }) => [...endpoints, ...routes])
