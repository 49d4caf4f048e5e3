import type { Json, JsonObject } from '#lib/json.ts'
import { membersOf } from '#lib/json.ts'
import { type Schema, SECRET_FORMAT, s } from '#lib/schema.ts'
import type { JsonSchema, OpenApiDocument } from './document.ts'

/** How deep schemas are looked into: those that hold themselves have no end. */
const MOST_LEVELS = 12

/** The kinds that a value may be of, `null` among them. Without any, it may be anything. */
export function typesOf({ type, nullable }: JsonSchema): string[] {
  const types = Array.isArray(type) ? type.map(String) : type === undefined ? [] : [String(type)]
  return nullable === true && types.length > 0 && !types.includes('null') ? [...types, 'null'] : types
}

/** The schemas of which a value fits one; `null`: there is no choice. */
export function choicesOf(schema: JsonSchema): readonly Json[] | null {
  const choices = schema.oneOf ?? schema.anyOf
  return Array.isArray(choices) && choices.length > 0 ? choices : null
}

/** What a part of a document says of an answer, as a definition says it. */
export function schemaOf(document: OpenApiDocument, given: Json | undefined, level = 0): Schema {
  const schema = document.resolve(given)
  if (level > MOST_LEVELS) return s.any()
  const choices = choicesOf(schema)
  if (choices) return nullable(schema, s.union(...choices.map((one) => schemaOf(document, one, level + 1))))
  if (Array.isArray(schema.enum)) return s.literal(...(schema.enum as string[]))
  const types = typesOf(schema)
  const kinds = types.filter((type) => type !== 'null').map((type) => kindOf(document, type, schema, level))
  const some = kinds.length === 0 ? s.any() : kinds.length === 1 ? kinds[0]! : s.union(...kinds)
  const one = schema.format === SECRET_FORMAT ? s.secret(some) : some
  return types.includes('null') ? s.nullable(one) : one
}

const nullable = ({ nullable }: JsonSchema, schema: Schema): Schema => (nullable === true ? s.nullable(schema) : schema)

function kindOf(document: OpenApiDocument, type: string, schema: JsonSchema, level: number): Schema {
  switch (type) {
    case 'string':
      return s.string()
    case 'integer':
      return s.int()
    case 'number':
      return s.number()
    case 'boolean':
      return s.bool()
    case 'array':
      return s.list(schemaOf(document, schema.items, level + 1))
    case 'object':
      return objectOf(document, schema, level)
    default:
      return s.any()
  }
}

function objectOf(document: OpenApiDocument, schema: JsonSchema, level: number): Schema {
  const properties = membersOf(schema.properties)
  if (Object.keys(properties).length === 0) {
    const { additionalProperties } = schema
    return s.record(
      typeof additionalProperties === 'object' ? schemaOf(document, additionalProperties, level + 1) : s.any(),
    )
  }
  const required = requiredOf(schema)
  const shape = Object.entries(properties).map(([name, member]) => {
    const one = schemaOf(document, member, level + 1)
    return [name, required.includes(name) ? one : s.optional(one)] as const
  })
  return s.object(Object.fromEntries(shape), 'allow')
}

export const requiredOf = ({ required }: JsonObject): readonly Json[] => (Array.isArray(required) ? required : [])
