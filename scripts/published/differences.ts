/** Finds what in an answer differs from the OpenAPI document that describes it. */

export type Json = Record<string, unknown>

/** One difference; keys of lists and maps are `*`, so that it is the same in every answer. */
export interface Difference {
  readonly at: string
  readonly should: string
  readonly is: string
}

export const members = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {})

const kindOf = (value: unknown): string => {
  if (value === null) return 'null'
  if (Array.isArray(value)) return value.length === 0 ? 'empty array' : 'array'
  return Number.isInteger(value) ? 'integer' : typeof value
}

/** The schema behind a reference of a document: `#/components/schemas/Share`. */
export function resolve(schema: Json, document: Json): Json {
  if (typeof schema.$ref !== 'string') return schema
  let found: unknown = document
  for (const step of schema.$ref.replace(/^#\//, '').split('/')) found = members(found)[step]
  return resolve(members(found), document)
}

/** All differences between a decoded JSON value and a schema of a document. */
export function differences(given: Json, value: unknown, document: Json, at = ''): Difference[] {
  const schema = resolve(given, document)
  if (value === null && schema.nullable === true) return []
  const choices = schema.oneOf ?? schema.anyOf
  if (Array.isArray(choices)) return ofChoices(choices.map(members), value, document, at)
  const whole = Array.isArray(schema.allOf) ? merged(schema.allOf.map(members), document) : schema
  if (Array.isArray(whole.enum)) {
    return whole.enum.includes(value) ? [] : [{ at, should: `one of ${JSON.stringify(whole.enum)}`, is: kindOf(value) }]
  }
  return ofType(whole, value, document, at)
}

/** The differences from the choice that is nearest. */
function ofChoices(choices: readonly Json[], value: unknown, document: Json, at: string): Difference[] {
  const all = choices.map((choice) => differences(choice, value, document, at))
  const distance = (found: readonly Difference[]) => found.length + (found.some((one) => one.at === at) ? 1000 : 0)
  return all.toSorted((a, b) => distance(a) - distance(b))[0] ?? []
}

function merged(parts: readonly Json[], document: Json): Json {
  const whole = parts.map((part) => {
    const found = resolve(part, document)
    return Array.isArray(found.allOf) ? merged(found.allOf.map(members), document) : found
  })
  return {
    type: 'object',
    properties: Object.assign({}, ...whole.map((part) => members(part.properties))) as Json,
    required: whole.flatMap((part) => (Array.isArray(part.required) ? part.required : [])),
    additionalProperties: whole.find((part) => part.additionalProperties !== undefined)?.additionalProperties,
  }
}

function ofType(schema: Json, value: unknown, document: Json, at: string): Difference[] {
  const is = kindOf(value)
  const wrong = [{ at, should: String(schema.type), is }]
  switch (schema.type) {
    case 'string':
    case 'integer':
    case 'boolean':
      return is === schema.type ? [] : wrong
    case 'number':
      return typeof value === 'number' ? [] : wrong
    case 'array':
      if (!Array.isArray(value)) return wrong
      if (schema.maxItems === 0 && value.length > 0) return [{ at, should: 'empty array', is }]
      return value.flatMap((item) => differences(members(schema.items), item, document, `${at}/*`))
    case 'object':
      return ofObject(schema, value, document, at)
  }
  return []
}

function ofObject(schema: Json, value: unknown, document: Json, at: string): Difference[] {
  const required = Array.isArray(schema.required) ? schema.required.map(String) : []
  // PHP encodes a map without members as an empty list.
  if (Array.isArray(value) && value.length === 0 && required.length === 0) return []
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [{ at, should: 'object', is: kindOf(value) }]
  }
  const properties = members(schema.properties)
  const isOpen = Object.keys(properties).length === 0 || schema.additionalProperties === true
  const missing = required.filter((name) => !Object.hasOwn(value, name))
  return [
    ...missing.map((name) => ({ at: `${at}/${name}`, should: 'present', is: 'missing' })),
    ...Object.entries(value).flatMap(([name, member]) => {
      const known = properties[name]
      if (known !== undefined) return differences(members(known), member, document, `${at}/${name}`)
      if (typeof schema.additionalProperties === 'object')
        return differences(members(schema.additionalProperties), member, document, `${at}/*`)
      return isOpen ? [] : [{ at: `${at}/${name}`, should: 'absent', is: kindOf(member) }]
    }),
  ]
}
