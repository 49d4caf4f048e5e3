import { isJsonObject, type Json, type JsonObject, membersOf } from '#lib/json.ts'
import { fits } from '#lib/schema.ts'
import type { JsonSchema } from './document.ts'
import { choicesOf, requiredOf, schemaOf, typesOf } from './json-schema.ts'
import { inKind, newFields } from './new-item.ts'
import type { OperationCall } from './operation-call.ts'
import { phpFormOf } from './php-form.ts'
import { objectIn } from './resources.ts'
import { isInside, type StoredItem } from './store.ts'

/** Members that say how many others there are. */
const COUNT = /count|total|^number_?of/i

/** Items as the answers of one call show them. */
export class ItemView {
  readonly #call: OperationCall

  constructor(call: OperationCall) {
    this.#call = call
  }

  /** An item as a schema has it: what it holds, what lies in it, and what is empty where it holds nothing. */
  show(given: Json, item: StoredItem): Json {
    const schema = objectIn(this.#call.model.document, membersOf(given)) ?? {}
    const required = requiredOf(schema)
    const empty = newFields(schema, null, { ...this.#call.making(item.number, item.fields), owner: item.owner })
    const parameter = this.#call.parameterOf(item.resource)
    const members = Object.entries(membersOf(schema.properties)).flatMap(([name, member]) => {
      const inner = this.#within(name, this.#call.resolved(member), { ...item.parents, [parameter]: item.id })
      if (inner !== null) return [[name, inner] as const]
      if (Object.hasOwn(item.fields, name)) return [[name, item.fields[name]!] as const]
      return required.includes(name) && Object.hasOwn(empty, name) ? [[name, empty[name]!] as const] : []
    })
    return Object.fromEntries(members)
  }

  /** The collection of a name that lies in an item. */
  #within(name: string, member: JsonSchema, parents: StoredItem['parents']): Json | null {
    if (!this.#call.model.resources.find(name) || !typesOf(member).includes('array')) return null
    const inner = this.#call.model.store.list(this.#call.world, name, parents).filter((one) => isInside(one, parents))
    return inner.map((one) => this.show(this.#call.itemIn(member), one))
  }

  /** An object around a list: the list by its name, those of other collections, and how many there are. */
  composed(schema: JsonSchema, own: readonly StoredItem[]): Json {
    const members = Object.entries(membersOf(schema.properties)).map(([name, given]) => {
      const member = this.#call.resolved(given)
      const isList = typesOf(member).includes('array')
      const of = this.#call.model.resources.find(name) ? name : isList ? this.#call.role.resource : null
      if (isList && of !== null) {
        const items =
          of === this.#call.role.resource
            ? own
            : this.#call.model.store.list(this.#call.world, of, this.#call.parents())
        return [name, items.map((item) => this.show(this.#call.itemIn(member), item))]
      }
      if (COUNT.test(name) && typesOf(member).includes('integer')) return [name, own.length]
      return [name, this.#call.sample(member, name)]
    })
    return Object.fromEntries(members) as Json
  }

  /** Members of an answer that are known are those that are known. */
  overlay(answer: Json, fields: JsonObject): Json {
    if (!isJsonObject(answer)) return answer
    const schema = objectIn(this.#call.model.document, this.#call.success) ?? {}
    const properties = membersOf(schema.properties)
    const known = Object.entries(fields).flatMap(([name, value]) => {
      const kept = inKind(this.#call.model.document, properties[name], value)
      const isShown = Object.hasOwn(answer, name) && fits(schemaOf(this.#call.model.document, properties[name]), kept)
      return isShown ? [[name, kept] as const] : []
    })
    return { ...answer, ...Object.fromEntries(known) }
  }

  /** What is answered when something was done to an item: the item, its id, or nothing. */
  after(item: StoredItem, given?: Json): Json {
    if (given !== undefined) return given
    const schema = this.#call.resolved(this.#call.success)
    const object = objectIn(this.#call.model.document, schema)
    if (object) {
      const shown = this.show(object, item)
      return typesOf(schema).includes('array') ? [shown] : shown
    }
    return this.#scalarOf(schema, item)
  }

  #scalarOf(schema: JsonSchema, item: StoredItem): Json {
    const kinds = [schema, ...(choicesOf(schema) ?? []).map((one) => this.#call.resolved(one))].flatMap(typesOf)
    if (kinds.includes('integer') && /^\d+$/.test(item.id)) return Number(item.id)
    if (kinds.includes('string')) return item.id
    if (kinds.includes('boolean')) return true
    return this.empty(schema)
  }

  /** An answer that says nothing: `null` where that may be, else an empty value of its kind. */
  empty(given: JsonSchema): Json {
    const schema = this.#call.resolved(given)
    const types = typesOf(schema)
    if (schema.nullable === true || types.includes('null')) return null
    return types.length === 0 || types.includes('array') ? [] : this.#call.sample(schema)
  }

  php(data: Json) {
    return phpFormOf(this.#call.model.document, this.#call.success, data)
  }
}
