import { crc32 } from '#lib/crc32.ts'
import { isJsonObject, type Json, type JsonObject, membersOf } from '#lib/json.ts'
import type { HandlerArguments } from '#line/endpoint.ts'
import type { ParamShape } from '#line/params.ts'
import * as users from '#world/accounts/users.ts'
import type { World } from '#world/world.ts'
import type { DocumentedOperation, JsonSchema, OpenApiDocument } from './document.ts'
import type { Making } from './new-item.ts'
import { objectIn, type Resources, type Role, type Step, successOf } from './resources.ts'
import { Sampler } from './sample.ts'
import { type ItemStore, idOf, type StoredItem } from './store.ts'

/** What a handler made from a document is given. */
export type Arguments = HandlerArguments<string, ParamShape, Record<number, string>>

/** What an app made from a document is made of. */
export interface Model {
  readonly document: OpenApiDocument
  readonly resources: Resources
  readonly store: ItemStore
  /** Given answers by operation. */
  readonly examples: Readonly<Record<string, Json>>
}

/** One call of a documented operation: what was sent, and what the document says of its parts. */
export class OperationCall {
  readonly model: Model
  readonly operation: DocumentedOperation
  readonly role: Role
  readonly args: Arguments
  readonly world: World
  /** The account that calls; `''`: nobody. */
  readonly owner: string
  readonly success: JsonSchema
  readonly status: number

  constructor(model: Model, operation: DocumentedOperation, args: Arguments) {
    this.model = model
    this.operation = operation
    this.role = model.resources.roleOf(operation)
    this.args = args
    this.world = args.world
    this.owner = args.actor.userId ?? ''
    const success = successOf(operation)
    this.success = success?.schema ?? {}
    this.status = success?.status ?? 200
  }

  *parameters(): Iterable<readonly [string, Json]> {
    for (const { name, in: where, schema, description } of this.operation.parameters)
      if (where === 'query') yield [name, { description, ...schema }]
    yield* Object.entries(membersOf(this.operation.body?.properties))
  }

  /** A parameter as it was coerced. */
  input(name: string): Json | undefined {
    return this.args.input[name] as Json | undefined
  }

  path(): string {
    return this.operation.path.replace(/\{(\w+)\}/g, (_, name: string) => idOf(this.input(name)))
  }

  parents(): StoredItem['parents'] {
    const within = this.role.kind === 'item' ? this.role.steps.slice(0, -1) : this.role.steps
    return Object.fromEntries(within.map(({ parameter }: Step) => [parameter, idOf(this.input(parameter))]))
  }

  /** What was sent in the body or as parameters. A single object with any members stands for them. */
  body(): JsonObject {
    const names = [...this.parameters()].map(([name]) => name)
    const given = Object.fromEntries(
      names.flatMap((name) => (this.args.raw[name] === undefined ? [] : [[name, this.args.raw[name]]])),
    )
    const [only, ...others] = Object.entries(given)
    const isBag = only && others.length === 0 && isJsonObject(only[1]) && this.#itemProperty(only[0]) === undefined
    return isBag ? membersOf(only[1]) : (given as JsonObject)
  }

  #itemProperty(name: string): Json | undefined {
    return membersOf(this.itemSchema().properties)[name]
  }

  itemSchema(): JsonSchema {
    return this.model.resources.find(this.role.resource)?.item ?? {}
  }

  itemIn(schema: JsonSchema): JsonSchema {
    return objectIn(this.model.document, schema) ?? this.itemSchema()
  }

  /** The parameter by which paths name an item of a resource. */
  parameterOf(resource: string): string {
    return this.model.resources.parameterOf(resource)
  }

  resolved(schema: Json): JsonSchema {
    return this.model.document.resolve(schema)
  }

  sample(schema: JsonSchema, name = ''): Json {
    const { method } = this.operation
    const [example] = successOf(this.operation)?.examples.values() ?? []
    if (example !== undefined && schema === this.success) return example
    const seed = [this.world.random.state.seed, crc32(new TextEncoder().encode(`${method} ${this.path()}`))]
    return new Sampler(this.model.document, seed).value(schema, name)
  }

  /** There is no such item. A document that has no words for it has no body for it either. */
  missing(): never {
    if (this.operation.responses.some(({ status }) => status === 404)) return this.args.fail(404)
    return this.args.abort({ status: 404, headers: [], body: '' })
  }

  fail(...codes: readonly number[]): never {
    const declared = codes.find((code) => this.operation.responses.some(({ status }) => status === code))
    return this.args.fail(declared ?? codes[0]!)
  }

  making(number: number, given: JsonObject, place = number): Making {
    return {
      world: this.world,
      document: this.model.document,
      owner: this.owner,
      displayNameOf: (userId) => users.find(this.world, userId)?.displayName ?? userId,
      number,
      place,
      given,
    }
  }
}
