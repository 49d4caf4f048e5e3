import { UserError } from '#lib/errors.ts'
import { isJsonObject, type Json, type JsonObject, membersOf } from '#lib/json.ts'

/** The methods that an operation of a document can have, as a document writes them. */
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const

/** A part of a JSON Schema, as OpenAPI 3 writes it. */
export type JsonSchema = JsonObject

/** One operation of a document, with its references followed. */
export interface DocumentedOperation {
  readonly operationId: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly summary: string
  readonly description: string
  readonly parameters: readonly DocumentedParameter[]
  /** The form that a body has; `null`: none. */
  readonly body: JsonSchema | null
  readonly isBodyRequired: boolean
  readonly responses: readonly DocumentedResponse[]
  /** Names of the ways in which a caller says who it is; an empty name: it need not. */
  readonly security: readonly string[]
}

export interface DocumentedParameter {
  readonly name: string
  readonly in: string
  readonly isRequired: boolean
  readonly schema: JsonSchema
  readonly description: string
}

export interface DocumentedResponse {
  readonly status: number
  readonly description: string
  /** The type of its body; `null`: it has none. */
  readonly contentType: string | null
  /** What OCS calls `data`, or the whole body outside of OCS. */
  readonly schema: JsonSchema
  /** Given answers by their names. */
  readonly examples: ReadonlyMap<string, Json>
}

/** An OpenAPI document of a Nextcloud app: what `openapi.json` says. */
export class OpenApiDocument {
  readonly title: string
  readonly version: string
  readonly description: string
  readonly operations: readonly DocumentedOperation[]
  readonly #root: JsonObject

  /** @throws UserError that names the place and what should stand there */
  constructor(document: unknown) {
    if (!isRecord(document)) throw mistake('', 'a document is an object with openapi, info and paths')
    const { openapi, info, paths } = document
    if (typeof openapi !== 'string' || !openapi.startsWith('3.'))
      throw mistake('/openapi', `versions 3.0 and 3.1 can be read, and this says ${JSON.stringify(openapi ?? null)}`)
    if (!isJsonObject(paths)) throw mistake('/paths', 'there are no paths')
    const { title, version, description } = membersOf(info)
    this.#root = document
    this.title = typeof title === 'string' ? title : ''
    this.version = typeof version === 'string' ? version : '1.0.0'
    this.description = typeof description === 'string' ? description : ''
    this.operations = Object.entries(paths).flatMap(([path, item]) => this.#operationsOf(path, item))
    this.#checkIds()
  }

  /** A schema with its reference followed and its parts (`allOf`) put together. */
  resolve(schema: Json | undefined): JsonSchema {
    const found = this.#follow(schema)
    const { allOf, ...rest } = found
    if (!Array.isArray(allOf)) return found
    return allOf.map((part: Json) => this.resolve(part)).reduce(merge, rest)
  }

  #operationsOf(path: string, item: Json): DocumentedOperation[] {
    const shared = listOf(membersOf(item).parameters)
    return METHODS.flatMap((method) => {
      const operation = membersOf(item)[method]
      return isJsonObject(operation) ? [this.#operation(path, method, operation, shared)] : []
    })
  }

  #operation(
    path: string,
    method: (typeof METHODS)[number],
    operation: JsonObject,
    shared: readonly Json[],
  ): DocumentedOperation {
    const { operationId, summary, description, parameters, requestBody, responses, security } = operation
    const body = this.#follow(requestBody)
    const content = Object.values(membersOf(body.content))[0]
    return {
      operationId: typeof operationId === 'string' ? operationId : `${method} ${path}`,
      method: UPPER[method],
      path: path.replaceAll('{$', '{'),
      summary: textOf(summary),
      description: textOf(description),
      parameters: [...shared, ...listOf(parameters)].map((one) => this.#parameter(one, `${method} ${path}`)),
      body: content === undefined ? null : this.resolve(membersOf(content).schema),
      isBodyRequired: body.required === true,
      responses: Object.entries(membersOf(responses)).flatMap(([status, one]) => this.#response(status, one)),
      security: this.#security(security),
    }
  }

  #parameter(given: Json, operation: string): DocumentedParameter {
    const { name, in: where, required, schema, description } = this.#follow(given)
    if (typeof name !== 'string') throw mistake(`/paths (${operation})`, 'a parameter has no name')
    return {
      // PHP's names may begin as its variables do.
      name: name.replace(/^\$/, ''),
      in: textOf(where),
      isRequired: required === true,
      schema: this.resolve(schema),
      description: textOf(description),
    }
  }

  #response(code: string, given: Json): DocumentedResponse[] {
    const status = code === 'default' ? 500 : Number(code.replace(/X/gi, '0'))
    if (!Number.isInteger(status)) return []
    const { description, content } = this.#follow(given)
    const media = Object.entries(membersOf(content))
    const [type, body] = media.find(([name]) => /json/.test(name)) ?? media[0] ?? [null, {}]
    const { schema, example, examples } = membersOf(body)
    const whole = this.resolve(schema)
    const named = Object.entries(membersOf(examples)).map(
      ([name, one]) => [name, membersOf(one).value ?? null] as const,
    )
    const all = example === undefined ? named : [['example', example] as const, ...named]
    const isEnveloped = this.#dataOf(whole) !== null
    return [
      {
        status,
        description: textOf(description),
        contentType: type,
        schema: this.#dataOf(whole) ?? whole,
        examples: new Map(all.map(([name, value]) => [name, isEnveloped ? dataIn(value) : value])),
      },
    ]
  }

  /** What stands in the envelope; `null`: there is no envelope. */
  #dataOf(schema: JsonSchema): JsonSchema | null {
    const ocs = membersOf(schema.properties).ocs
    if (ocs === undefined) return null
    return this.resolve(membersOf(this.resolve(ocs).properties).data ?? {})
  }

  #security(own: Json | undefined): string[] {
    const given = Array.isArray(own) ? own : listOf(this.#root.security)
    return given.flatMap((one: Json) => {
      const names = Object.keys(membersOf(one))
      return names.length === 0 ? [''] : names
    })
  }

  #follow(given: Json | undefined, seen: readonly string[] = []): JsonObject {
    if (!isJsonObject(given)) return {}
    const { $ref, ...beside } = given
    if (typeof $ref !== 'string') return given
    if (seen.includes($ref)) throw mistake($ref, 'it refers to itself')
    if (!$ref.startsWith('#/')) throw mistake($ref, 'references lead into the document itself. Bundle it into one file')
    let found: Json | undefined = this.#root
    for (const key of $ref.slice(2).split('/'))
      found = membersOf(found)[decodeURIComponent(key).replaceAll('~1', '/').replaceAll('~0', '~')]
    if (!isJsonObject(found)) throw mistake($ref, 'there is no such part')
    return { ...this.#follow(found, [...seen, $ref]), ...beside }
  }

  #checkIds(): void {
    const seen = new Set<string>()
    for (const { operationId, method, path } of this.operations) {
      if (seen.has(operationId))
        throw mistake(`/paths/${path}`, `${method} has the operationId "${operationId}" of another`)
      seen.add(operationId)
    }
  }
}

const UPPER = { get: 'GET', post: 'POST', put: 'PUT', patch: 'PATCH', delete: 'DELETE' } as const

const isRecord = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '')

const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : [])

/** A given answer without its envelope. */
function dataIn(value: Json): Json {
  const { ocs } = membersOf(value)
  return ocs === undefined ? value : (membersOf(ocs).data ?? null)
}

function merge(one: JsonSchema, other: JsonSchema): JsonSchema {
  return {
    ...one,
    ...other,
    properties: { ...membersOf(one.properties), ...membersOf(other.properties) },
    required: [...listOf(one.required), ...listOf(other.required)],
  }
}

const mistake = (place: string, problem: string) =>
  new UserError(`Failed to read the OpenAPI document${place === '' ? '' : ` at ${place}`}: ${problem}.`)
