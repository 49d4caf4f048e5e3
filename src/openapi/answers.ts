import { isJsonObject, type Json, type JsonObject, membersOf } from '#lib/json.ts'
import { fits } from '#lib/schema.ts'
import type { Answer } from '#line/call.ts'
import type { Result } from '#line/endpoint.ts'
import type { DocumentedOperation, JsonSchema } from './document.ts'
import { ItemView } from './item-view.ts'
import { schemaOf, typesOf } from './json-schema.ts'
import { idMemberOf, inKind, isChangeMoment, momentOf, newFields } from './new-item.ts'
import { type Arguments, type Model, OperationCall } from './operation-call.ts'
import { Reach } from './reach.ts'
import { successOf } from './resources.ts'
import { idOf, type StoredItem } from './store.ts'

/** What one operation of a document answers, from the state that is kept for its app. */
export class Answerer {
  readonly #call: OperationCall
  readonly #view: ItemView
  readonly #reach: Reach

  constructor(model: Model, operation: DocumentedOperation, args: Arguments) {
    this.#call = new OperationCall(model, operation, args)
    this.#view = new ItemView(this.#call)
    this.#reach = new Reach(this.#call)
  }

  answer(): Result {
    const wanted = this.#preferred()
    if (wanted) return wanted
    const failure = this.#call.model.store.failureOf(this.#call.world, this.#call.operation.operationId)
    if (failure !== null) return this.#call.args.fail(failure)
    this.#checkValues()
    const items = this.#reach.reach()
    const page = this.#page()
    if (page) return this.#call.args.abort(page)
    const { model, success, status, args } = this.#call
    const data = this.#act(items)
    // What an account sent may be of another kind than the document says that answers are.
    const isSaid = fits(schemaOf(model.document, success), data)
    return args.respond(status, this.#view.php(isSaid ? data : this.#call.sample(success)))
  }

  /** A caller may ask for one of the documented answers: `Prefer: code=404` or `Prefer: example=name`. */
  #preferred(): Result | null {
    const prefer = this.#call.args.request.header('prefer')
    const code = Number(/\bcode=(\d{3})\b/.exec(prefer)?.[1] ?? Number.NaN)
    const name = /\bexample="?([^",;\s]+)/.exec(prefer)?.[1]
    const response = this.#call.operation.responses.find(({ status }) => status === code)
    if (response && code >= 400) return this.#call.args.fail(code)
    const examples = (response ?? successOf(this.#call.operation))?.examples
    const example = name === undefined ? undefined : examples?.get(name)
    if (example !== undefined)
      return this.#call.args.respond(response?.status ?? this.#call.status, this.#view.php(example))
    return response && !Number.isNaN(code)
      ? this.#call.args.respond(code, this.#view.php(this.#call.sample(response.schema)))
      : null
  }

  /** What is no JSON: a text, a picture, or the way to another page. `null`: it is JSON. */
  #page(): Answer | null {
    const success = successOf(this.#call.operation)
    if (!success) {
      const elsewhere = this.#call.operation.responses.find(({ status }) => status >= 300 && status < 400)
      return elsewhere
        ? { status: elsewhere.status, headers: [['Location', this.#call.args.request.baseUrl]], body: '' }
        : null
    }
    const { status, contentType } = success
    if (contentType === null || /json|xml/.test(contentType)) return null
    const type = contentType === '*/*' ? 'application/octet-stream' : contentType
    const [example] = success.examples.values()
    const body =
      typeof example === 'string' ? example : /^text\//.test(type) ? String(this.#call.sample(success.schema)) : ''
    return { status, headers: [['Content-Type', type]], body }
  }

  /** Values that the document does not list end in the 400 that it declares. */
  #checkValues(): void {
    const known = [...this.#call.parameters()]
    for (const [name, schema] of known) {
      const allowed = valuesIn(this.#call.model.document.resolve(schema))
      const value = this.#call.input(name)
      if (allowed.length === 0 || value === undefined || value === null) continue
      if (!allowed.includes(String(value))) this.#call.fail(400)
    }
  }

  #act(items: readonly StoredItem[]): Json {
    const given = this.#call.model.examples[this.#call.operation.operationId]
    const { kind } = this.#call.role
    const item = items.at(-1)
    switch (`${this.#call.operation.method} ${kind}`) {
      case 'POST collection':
        return this.#create(given)
      case 'GET collection':
        return this.#list(given)
      case 'DELETE collection':
        return this.#removeAll(item)
      case 'GET item':
        return this.#view.show(this.#call.success, item!)
      case 'PUT item':
      case 'PATCH item':
        return this.#view.after(this.#change(item!))
      case 'DELETE item':
        return this.#remove(item!)
      case 'POST action':
      case 'PUT action':
      case 'PATCH action':
        return this.#view.after(this.#change(item!), given)
      case 'DELETE action':
        return this.#view.after(item!, given)
      case 'GET action':
        return given ?? this.#view.overlay(this.#call.sample(this.#call.success), item!.fields)
      default:
        return this.#plain(given)
    }
  }

  #create(given: Json | undefined): Json {
    const list = this.#listOfTexts()
    const made = (list ?? [{}]).map((more) =>
      this.#make({ ...(isJsonObject(given) ? given : {}), ...this.#call.body(), ...more }),
    )
    if (typesOf(this.#call.resolved(this.#call.success)).includes('array'))
      return made.map((item) => this.#view.show(this.#call.itemIn(this.#call.success), item))
    return this.#view.after(made[0]!)
  }

  /** Where a list of texts is sent and a list is answered, each makes one of its own. */
  #listOfTexts(): JsonObject[] | null {
    if (!typesOf(this.#call.resolved(this.#call.success)).includes('array')) return null
    const [list] = Object.entries(this.#call.body()).filter(([, value]) => Array.isArray(value))
    if (!list) return null
    const [name, values] = list as [string, readonly Json[]]
    const members = Object.keys(membersOf(this.#call.itemSchema().properties))
    const member = members.find((one) => name.toLowerCase().includes(one.toLowerCase()) && one !== 'id')
    return values.map((value) => (isJsonObject(value) ? value : member === undefined ? {} : { [member]: value }))
  }

  #make(sent: JsonObject): StoredItem {
    const { store } = this.#call.model
    const { resource } = this.#call.role
    const schema = this.#call.itemSchema()
    const number = store.nextNumber(this.#call.world, resource)
    const parents = this.#call.parents()
    const place = store.list(this.#call.world, resource, parents).length + 1
    const given = { ...sent, ...this.#parentMembers(schema, parents) }
    const idMember = idMemberOf(schema, this.#call.parameterOf(resource))
    const making = { ...this.#call.making(number, given, place), parameter: this.#call.parameterOf(resource) }
    const fields = newFields(schema, idMember, making)
    const id = idMember === null ? String(number) : idOf(fields[idMember])
    return store.add(this.#call.world, {
      resource,
      id: id === '' ? String(number) : id,
      owner: this.#call.owner,
      parents,
      fields,
    })
  }

  /** The members of an item that say in which others it lies, as numbers where the document has numbers. */
  #parentMembers(schema: JsonSchema, parents: StoredItem['parents']): JsonObject {
    const properties = membersOf(schema.properties)
    return Object.fromEntries(
      Object.entries(parents).flatMap(([name, id]) =>
        properties[name] === undefined ? [] : [[name, inKind(this.#call.model.document, properties[name], id)]],
      ),
    )
  }

  #change(item: StoredItem): StoredItem {
    const schema = this.#call.itemSchema()
    const idMember = idMemberOf(schema, this.#call.parameterOf(item.resource))
    const fixed = [idMember, ...Object.keys(item.parents)].filter((name) => name !== null)
    // What an item is called by, and what it lies in, stays.
    if (
      fixed.some(
        (name) => this.#call.body()[name] !== undefined && idOf(this.#call.body()[name]) !== idOf(item.fields[name]),
      )
    )
      return this.#call.fail(403, 400)
    const properties = membersOf(schema.properties)
    const sent = Object.entries(this.#call.body()).filter(([name]) => properties[name] !== undefined)
    const changed = Object.fromEntries(
      sent.map(([name, value]) => [name, inKind(this.#call.model.document, properties[name], value)]),
    )
    const moments = Object.keys(properties).filter((name) => isChangeMoment(name) && item.fields[name] !== undefined)
    const now = moments.map((name) => [
      name,
      momentOf(this.#call.resolved(membersOf(properties[name])), this.#call.world),
    ])
    return this.#call.model.store.change(this.#call.world, item, { ...Object.fromEntries(now), ...changed })
  }

  #remove(item: StoredItem): Json {
    this.#call.model.store.remove(this.#call.world, item, this.#call.parameterOf(item.resource))
    return this.#view.after(item)
  }

  #removeAll(parent: StoredItem | undefined): Json {
    const { store } = this.#call.model
    for (const item of this.#reach.own(this.#call.role.resource, this.#call.parents()))
      store.remove(this.#call.world, item, this.#call.parameterOf(item.resource))
    return parent ? this.#view.after(parent) : this.#view.empty(this.#call.success)
  }

  #list(given: Json | undefined): Json {
    const schema = this.#call.resolved(this.#call.success)
    const own = this.#reach.own(this.#call.role.resource, this.#call.parents())
    if (own.length === 0 && given !== undefined) return given
    if (typesOf(schema).includes('array')) return own.map((item) => this.#view.show(this.#call.itemIn(schema), item))
    return this.#view.composed(schema, own)
  }

  /** A thing that is no collection: what was put there is answered by GET, with what the document adds. */
  #plain(given: Json | undefined): Json {
    const { store } = this.#call.model
    const place = `=${this.#call.path()}`
    const kept = store.list(this.#call.world, place).find(({ owner }) => owner === this.#call.owner)
    if (/^(PUT|PATCH|POST)$/.test(this.#call.operation.method)) {
      if (kept) store.change(this.#call.world, kept, this.#call.body())
      else
        store.add(this.#call.world, {
          resource: place,
          id: this.#call.owner,
          owner: this.#call.owner,
          parents: {},
          fields: this.#call.body(),
        })
    }
    const fields = { ...kept?.fields, ...(this.#call.operation.method === 'GET' ? {} : this.#call.body()) }
    return this.#view.overlay(given ?? this.#call.sample(this.#call.success), fields)
  }
}

/** The values that a parameter may have, where the document lists them: as an enum, or in its description. */
function valuesIn(schema: JsonSchema): string[] {
  if (Array.isArray(schema.enum)) return schema.enum.map(String)
  const { description } = schema
  const listed = typeof description === 'string' ? description.split(/possible values:/i)[1] : undefined
  return [...(listed ?? '').matchAll(/- `([^`]+)`/g)].map(([, value]) => value!)
}
