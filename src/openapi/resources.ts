import { isJsonObject } from '#lib/json.ts'
import type { DocumentedOperation, JsonSchema, OpenApiDocument } from './document.ts'
import { choicesOf, typesOf } from './json-schema.ts'

/** Something that a document shows as a collection: `forms`, with a form at `forms/{formId}`. */
export interface Resource {
  /** The segment before the parameter. */
  readonly name: string
  /** What one of it looks like, as far as the document says. */
  readonly item: JsonSchema
}

/** A resource that a path goes through, and the parameter that says which one. */
export interface Step {
  readonly resource: string
  readonly parameter: string
}

/**
 * What an operation is to the state that is kept for its app.
 * `collection` and `item` are its resource's; an `action` is done to an item, or tells more of it; all else is `plain`.
 */
export interface Role {
  readonly kind: 'collection' | 'item' | 'action' | 'plain'
  /** The resource it is about; of a plain operation, its last segment. */
  readonly resource: string
  /** Through which items the path goes, the one that it ends at included. */
  readonly steps: readonly Step[]
}

/** The collections that a document shows, and what each operation is to them. */
export class Resources {
  readonly #document: OpenApiDocument
  readonly #names: ReadonlySet<string>
  readonly #all = new Map<string, Resource>()

  constructor(document: OpenApiDocument) {
    this.#document = document
    this.#names = namesIn(document.operations)
    for (const name of this.#names) this.#all.set(name, { name, item: this.#itemOf(name) })
  }

  /** The names of all collections. */
  get names(): string[] {
    return [...this.#all.keys()]
  }

  find(name: string): Resource | undefined {
    return this.#all.get(name)
  }

  /** The parameter by which paths name one of a resource. */
  parameterOf(name: string): string {
    for (const operation of this.#document.operations) {
      const step = this.roleOf(operation).steps.find(({ resource }) => resource === name)
      if (step) return step.parameter
    }
    return 'id'
  }

  roleOf({ path }: DocumentedOperation): Role {
    const segments = segmentsOf(path)
    const steps = segments.flatMap((segment, i): Step[] => {
      const before = segments[i - 1]
      const isStep = isParameter(segment) && before !== undefined && this.#names.has(before)
      return isStep ? [{ resource: before, parameter: nameOf(segment) }] : []
    })
    const last = segments.at(-1) ?? ''
    if (isParameter(last)) {
      const item = steps.at(-1)
      const isItem = item !== undefined && item.parameter === nameOf(last)
      return { kind: isItem ? 'item' : 'plain', resource: item?.resource ?? last, steps }
    }
    if (this.#names.has(last)) return { kind: 'collection', resource: last, steps }
    const before = segments.at(-2)
    const isOfItem = before !== undefined && isParameter(before) && steps.at(-1)?.parameter === nameOf(before)
    return isOfItem
      ? { kind: 'action', resource: steps.at(-1)!.resource, steps }
      : { kind: 'plain', resource: last, steps }
  }

  /** What one of a resource looks like: as it is read, else as it is made, changed or listed. */
  #itemOf(name: string): JsonSchema {
    const answers = (method: DocumentedOperation['method'], kind: Role['kind']) =>
      this.#document.operations
        .filter((one) => one.method === method)
        .filter((one) => {
          const role = this.roleOf(one)
          return role.kind === kind && role.resource === name
        })
        .flatMap((one) => {
          const success = successOf(one)
          return success ? [success.schema] : []
        })
    const wanted = [
      ...answers('GET', 'item'),
      ...answers('POST', 'collection'),
      ...answers('PUT', 'item'),
      ...answers('PATCH', 'item'),
      ...answers('GET', 'collection'),
    ]
    for (const schema of wanted) {
      const object = objectIn(this.#document, schema)
      if (object) return object
    }
    return { type: 'object', properties: { id: { type: 'integer' } }, required: ['id'] }
  }
}

/** The answer that says that all went well: the lowest of its statuses. */
export function successOf({ responses }: DocumentedOperation) {
  const good = responses.filter(({ status }) => status >= 200 && status < 300)
  return good.toSorted((a, b) => a.status - b.status)[0]
}

/** The object that a schema is, chooses or lists; `null`: there is none. */
export function objectIn(document: OpenApiDocument, given: JsonSchema): JsonSchema | null {
  const schema = document.resolve(given)
  if (isJsonObject(schema.properties)) return schema
  for (const choice of choicesOf(schema) ?? []) {
    const found = objectIn(document, document.resolve(choice))
    if (found) return found
  }
  return typesOf(schema).includes('array') ? objectIn(document, document.resolve(schema.items)) : null
}

/** Segments with a parameter behind them at which something is read, changed or removed. */
function namesIn(operations: readonly DocumentedOperation[]): Set<string> {
  const names = new Set<string>()
  for (const { method, path } of operations) {
    const segments = segmentsOf(path)
    const [before, last] = segments.slice(-2)
    if (last === undefined || before === undefined || !isParameter(last) || isParameter(before)) continue
    if (method !== 'POST') names.add(before)
  }
  return names
}

/** The segments of a path behind the name of its app. */
export function segmentsOf(path: string): string[] {
  const below = /\/apps\/[^/]+\/(.*)$/.exec(path)?.[1] ?? path.replace(/^\/ocs\/v[12]\.php\//, '')
  return below.split('/').filter((segment) => segment !== '')
}

const isParameter = (segment: string) => segment.startsWith('{')
const nameOf = (segment: string) => segment.slice(1, -1)
