/** Reads what a published OpenAPI document says about one operation, as code of a definition. */

import { quote } from '#lib/quote.ts'

type Json = Record<string, unknown>

export interface PublishedOperation {
  readonly access: 'public' | 'user' | 'admin'
  /** Members of `input`: name and expression. */
  readonly input: readonly (readonly [name: string, expression: string])[]
  /** The expression of `output`. */
  readonly output: string
  /** Statuses other than success that the document names. */
  readonly failures: readonly number[]
}

/**
 * What the document says about an operation: its id is the app and the document's operationId, or that alone where it
 * begins with the app.
 * `null`: the document does not have it.
 */
export function readPublished(document: Json, id: string, app: string): PublishedOperation | null {
  const wanted = id.slice(app.length + 1)
  for (const methods of Object.values(members(document.paths))) {
    for (const operation of Object.values(members(methods))) {
      const { operationId } = members(operation)
      if (operationId === wanted || operationId === id) return describe(operation as Json, document)
    }
  }
  return null
}

const members = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {})

function describe(operation: Json, document: Json): PublishedOperation {
  const responses = members(operation.responses)
  const statuses = Object.keys(responses).map(Number)
  const success = statuses.find((status) => status >= 200 && status < 300)
  const data = success === undefined ? undefined : dataOf(members(responses[success]))
  return {
    access: accessOf(operation),
    input: inputOf(operation),
    output: data === undefined ? 's.any()' : schemaCode(data, document, 1),
    failures: statuses.filter((status) => status >= 400 && status !== 401 && status !== 412),
  }
}

function accessOf({ security, description }: Json): PublishedOperation['access'] {
  const isOpen = Array.isArray(security) && security.some((way) => Object.keys(members(way)).length === 0)
  if (isOpen) return 'public'
  return /admin/i.test(String(description ?? '')) ? 'admin' : 'user'
}

function inputOf(operation: Json): [string, string][] {
  const parameters = Array.isArray(operation.parameters) ? operation.parameters.map(members) : []
  const query = parameters
    .filter((parameter) => parameter.in === 'query')
    .map(({ name, schema, required }): [string, string] => [
      String(name).replace(/\[\]$/, ''),
      paramCode(members(schema), required === true),
    ])
  const inPath = parameters
    .filter(({ in: place, schema }) => place === 'path' && members(schema).type === 'integer')
    .map(({ name }): [string, string] => [String(name), 'p.int()'])
  const content = members(members(operation.requestBody).content)
  const body = members(members(content['application/json']).schema)
  const required = Array.isArray(body.required) ? body.required : []
  const form = Object.entries(members(body.properties)).map(([name, schema]): [string, string] => [
    name,
    paramCode(members(schema), required.includes(name)),
  ])
  return [...inPath, ...query, ...form]
}

function paramCode(schema: Json, required: boolean): string {
  const kinds: Record<string, string> = {
    string: 'string',
    integer: 'int',
    number: 'float',
    boolean: 'bool',
    array: 'array',
    object: 'array',
  }
  const kind = kinds[String(schema.type)] ?? 'mixed'
  const range =
    schema.minimum !== undefined && schema.maximum !== undefined ? `.range(${schema.minimum}, ${schema.maximum})` : ''
  const values =
    Array.isArray(schema.enum) && kind === 'string' ? `.oneOf(${schema.enum.map(String).map(quote).join(', ')})` : ''
  const base = `p.${kind}()${range}${values}`
  if (kind === 'mixed') return base
  if (schema.nullable === true) return `${base}.orNull()`
  if (schema.default !== undefined) return `${base}.default(${code(schema.default)})`
  return required ? base : `${base}.orNull()`
}

/** The schema of the data inside the envelope of a response. */
function dataOf(response: Json): Json | undefined {
  const schema = members(members(members(response.content)['application/json']).schema)
  const ocs = members(members(schema.properties).ocs)
  const data = members(ocs.properties).data
  return data === undefined ? undefined : members(data)
}

const MAX_DEPTH = 8

/** The `s.…` expression of a JSON schema. */
export function schemaCode(schema: Json, document: Json, depth: number): string {
  if (depth > MAX_DEPTH) return 's.any()'
  const inner = schemaCodeNotNull(schema, document, depth)
  return schema.nullable === true && inner !== 's.any()' ? `s.nullable(${inner})` : inner
}

function schemaCodeNotNull(schema: Json, document: Json, depth: number): string {
  if (typeof schema.$ref === 'string') return schemaCode(resolve(schema.$ref, document), document, depth)
  const choices = schema.oneOf ?? schema.anyOf
  if (Array.isArray(choices))
    return `s.union(${choices.map((one) => schemaCode(members(one), document, depth)).join(', ')})`
  if (Array.isArray(schema.allOf)) return schemaCode(merge(schema.allOf.map(members), document), document, depth)
  if (Array.isArray(schema.enum)) return `s.literal(${schema.enum.map(code).join(', ')})`
  switch (schema.type) {
    case 'string':
      return 's.string()'
    case 'integer':
      return 's.int()'
    case 'number':
      return 's.number()'
    case 'boolean':
      return 's.bool()'
    case 'array':
      if (schema.maxItems === 0) return 's.empty()'
      return `s.list(${schemaCode(members(schema.items), document, depth + 1)})`
    case 'object':
      return objectCode(schema, document, depth)
  }
  return 's.any()'
}

function objectCode(schema: Json, document: Json, depth: number): string {
  const properties = Object.entries(members(schema.properties))
  if (properties.length === 0)
    return `s.record(${schemaCode(members(schema.additionalProperties), document, depth + 1)})`
  const required = Array.isArray(schema.required) ? schema.required : []
  const indent = '  '.repeat(depth + 1)
  const lines = properties.map(([name, member]) => {
    const value = schemaCode(members(member), document, depth + 1)
    return `${indent}${key(name)}: ${required.includes(name) ? value : `s.optional(${value})`},`
  })
  return `s.object({\n${lines.join('\n')}\n${'  '.repeat(depth)}})`
}

function resolve(reference: string, document: Json): Json {
  let found: unknown = document
  for (const step of reference.replace(/^#\//, '').split('/')) found = members(found)[step]
  return members(found)
}

function merge(parts: readonly Json[], document: Json): Json {
  const whole = parts.map((part) => (typeof part.$ref === 'string' ? resolve(part.$ref, document) : part))
  return {
    type: 'object',
    properties: Object.assign({}, ...whole.map((part) => members(part.properties))) as Json,
    required: whole.flatMap((part) => (Array.isArray(part.required) ? part.required : [])),
  }
}

/** A name as a key of an object literal. */
export const key = (name: string) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : quote(name))
const code = (value: unknown) => (typeof value === 'string' ? quote(value) : JSON.stringify(value))
