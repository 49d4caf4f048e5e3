import { isJsonObject, type Json, membersOf } from '#lib/json.ts'
import { EMPTY_OBJECT, type PhpValue } from '#lib/php.ts'
import type { OpenApiDocument } from './document.ts'
import { choicesOf } from './json-schema.ts'
import { isFree } from './new-item.ts'

/**
 * Data as PHP would hold them. An object without members is an empty array there, unless the document says that it may
 * be one of any members besides: apps that say so take care to answer `{}`.
 */
export function phpFormOf(document: OpenApiDocument, given: Json | undefined, data: Json): PhpValue {
  const schema = document.resolve(given)
  if (Array.isArray(data)) return data.map((one: Json) => phpFormOf(document, schema.items, one))
  if (!isJsonObject(data)) return data
  const choices = (choicesOf(schema) ?? []).map((one) => document.resolve(one))
  if (Object.keys(data).length === 0) return choices.some(isFree) ? EMPTY_OBJECT : []
  const properties = membersOf((choices.find((one) => isJsonObject(one.properties)) ?? schema).properties)
  return Object.fromEntries(
    Object.entries(data).map(([name, one]) => [name, phpFormOf(document, properties[name], one)]),
  )
}
