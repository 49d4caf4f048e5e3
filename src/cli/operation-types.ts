import { type Json, membersOf } from '#lib/json.ts'
import { type DocumentedOperation, type JsonSchema, OpenApiDocument } from '#openapi/document.ts'
import { choicesOf, requiredOf, typesOf } from '#openapi/json-schema.ts'

/** Deeper there is whatever comes: schemas that hold themselves have no end. */
const MOST_LEVELS = 4

/** The input of each operation of a document as a type of TypeScript, for `OpenApiOptions<Operations>`. */
export function operationTypes(given: unknown): string {
  const document = new OpenApiDocument(given)
  const lines = document.operations.map(
    (operation) => `  ${JSON.stringify(operation.operationId)}: ${inputOf(document, operation)}`,
  )
  return `/** What each operation of ${document.title} ${document.version} is called with. */
export interface Operations {
${lines.join('\n')}
}
`
}

function inputOf(document: OpenApiDocument, { parameters, body, isBodyRequired }: DocumentedOperation): string {
  const named = parameters
    .filter((one) => one.in === 'query' || one.in === 'path')
    .map(({ name, schema, isRequired }) => member(document, name.replace(/\[\]$/, ''), schema, isRequired))
  const required = requiredOf(body ?? {})
  const sent = Object.entries(membersOf(body?.properties)).map(([name, schema]) =>
    member(document, name, schema, isBodyRequired && required.includes(name)),
  )
  const members = [...new Map([...sent, ...named]).values()]
  return members.length === 0 ? 'Record<never, never>' : `{ ${members.join('; ')} }`
}

/** What may be left out is `null` then, unless there is a default. */
function member(
  document: OpenApiDocument,
  name: string,
  given: Json | undefined,
  isRequired: boolean,
): [string, string] {
  const schema = document.resolve(given)
  const isNull = !isRequired && (schema.default === undefined || schema.default === null)
  const type = typeOf(document, schema, 0)
  return [name, `readonly ${JSON.stringify(name)}: ${isNull && !/\bnull$/.test(type) ? `${type} | null` : type}`]
}

function typeOf(document: OpenApiDocument, given: Json | undefined, level: number): string {
  const schema = document.resolve(given)
  if (level > MOST_LEVELS) return 'unknown'
  const choices = choicesOf(schema)
  const parts = choices
    ? choices.map((one) => typeOf(document, one, level + 1))
    : Array.isArray(schema.enum)
      ? schema.enum.map((one: Json) => JSON.stringify(one))
      : typesOf(schema).map((type) => kindOf(document, type, schema, level))
  const unique = [...new Set(parts)]
  return unique.length === 0 || unique.includes('unknown') ? 'unknown' : unique.join(' | ')
}

function kindOf(document: OpenApiDocument, type: string, schema: JsonSchema, level: number): string {
  switch (type) {
    case 'integer':
    case 'number':
      return 'number'
    case 'string':
    case 'boolean':
    case 'null':
      return type
    case 'array':
      return `readonly (${typeOf(document, schema.items, level + 1)})[]`
    case 'object': {
      const required = requiredOf(schema)
      const members = Object.entries(membersOf(schema.properties)).map(
        ([name, one]) =>
          `readonly ${JSON.stringify(name)}${required.includes(name) ? '' : '?'}: ${typeOf(document, one, level + 1)}`,
      )
      return members.length === 0 ? '{ readonly [key: string]: unknown }' : `{ ${members.join('; ')} }`
    }
    default:
      return 'unknown'
  }
}
