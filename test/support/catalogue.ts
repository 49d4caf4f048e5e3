import { type Composition, compose } from '#compose.ts'
import { type AppSource, Catalogue, operationOf } from '#line/catalogue.ts'
import type { Endpoint } from '#line/endpoint.ts'

/** All that ships. */
export const shipped: Composition = compose()
const definitions = await shipped.catalogue.loadAll()
/** Those of Nextcloud. */
export const shippedEndpoints: readonly Endpoint[] = definitions.endpoints.filter(({ products = ['nextcloud'] }) =>
  products.includes('nextcloud'),
)

/** All routes that ship, and these endpoints alone. */
export function compositionOf(endpoints: readonly Endpoint[]): Composition {
  const { catalogue } = shipped
  const operations = [
    ...endpoints.map(operationOf),
    ...catalogue.operations.filter((operation) => operation.kind === 'route'),
  ]
  const sources = [...new Set(operations.map(({ app }) => app))].map((id): AppSource => {
    const isOwn = ({ app }: { app: string }) => app === id
    return {
      id,
      parts: [
        {
          operations: operations.filter(isOwn),
          load: async () => [...endpoints, ...definitions.routes].filter(isOwn),
        },
      ],
      data: catalogue.dataOf(id),
      loadData: async () => catalogue.loadDataOf(id),
    }
  })
  return { ...shipped, catalogue: new Catalogue(sources, async (kind) => catalogue.gather(kind), catalogue.rules) }
}

/** All that ships, with other definitions of some endpoints. */
export const compositionWith = (replaced: readonly Endpoint[]): Composition =>
  compositionOf(shippedEndpoints.map((one) => replaced.find((other) => other.id === one.id) ?? one))
