import { defineApp, type OcsApp } from '#app/define-app.ts'
import { defineEndpoint } from '#app/define-endpoint.ts'
import { checkMembers } from '#lib/check-members.ts'
import { didYouMean } from '#lib/did-you-mean.ts'
import { SeedError, UserError } from '#lib/errors.ts'
import { type Json, type JsonObject, membersOf } from '#lib/json.ts'
import { s } from '#lib/schema.ts'
import type { Endpoint, Result } from '#line/endpoint.ts'
import * as users from '#world/accounts/users.ts'
import { defineSeedMember } from '#world/seed.ts'
import type { World } from '#world/world.ts'
import { OpenApiDocument } from './document.ts'
import { endpointFrom } from './endpoint-from.ts'
import { idMemberOf, newFields } from './new-item.ts'
import type { Arguments, Model } from './operation-call.ts'
import { Resources } from './resources.ts'
import { ItemStore, idOf } from './store.ts'

/** A handler of one's own in place of what a document gives. @param generated answers as the document says */
export type OpenApiHandler<Input = Arguments['input']> = (
  args: Omit<Arguments, 'input'> & { readonly input: Input },
  generated: () => Promise<Result>,
) => Result | Promise<Result>

/** The input of operations by their ids: what `ocs-mock app from` writes of a document. */
export type OperationInputs = { readonly [operationId: string]: Arguments['input'] }

/** @typeParam Operations the input of each operation: with it, handlers know their operations and what these take */
export interface OpenApiOptions<Operations extends object = OperationInputs> {
  /** The app's id. Default: that of its paths (`/apps/ID/…`), else the document's title. */
  readonly id?: string
  /** Shown as the app's name. Default: its id. */
  readonly name?: string
  /** Default: the document's. */
  readonly version?: string
  /** Handlers of one's own, by operationId. */
  readonly handlers?: { readonly [Id in keyof Operations]?: OpenApiHandler<Operations[Id]> }
  /** Answers (what OCS calls `data`) that stand for generated ones, by operationId: recorded ones, for instance. */
  readonly examples?: { readonly [Id in keyof Operations]?: Json }
}

/**
 * Make an app of its published `openapi.json`: installed, listed and enabled as every other app, with all of its
 * operations. Where the document shows collections, what is created is kept, listed, found, changed and gone again, and
 * belongs to who made it. Seeds have a member of the app's id: `{ notes: { notes: [{ title: 'Milk' }] } }`.
 *
 * @example
 * const ocs = createOcsMock({ apps: [fromOpenApi(JSON.parse(readFileSync('openapi.json', 'utf8')))] })
 * @throws UserError for what is no such document, with the place that is wrong
 */
export function fromOpenApi<Operations extends object = OperationInputs>(
  document: unknown,
  options: OpenApiOptions<Operations> = {},
): OcsApp {
  checkMembers('Failed to make an app of the OpenAPI document', options, OPTIONS)
  const read = new OpenApiDocument(document)
  const id = options.id ?? idIn(read)
  // An app may have none at all, and capabilities alone; but what it has is to be found.
  if (read.operations.length === 0 && Object.keys(membersOf(membersOf(document as Json).paths)).length > 0)
    throw new UserError(
      'Failed to make an app of the OpenAPI document: it has no operation below /ocs/v2.php or /index.php/apps.',
    )
  const resources = new Resources(read)
  const store = new ItemStore(id)
  // The types serve the author; whatever they are, names are held against the document.
  const handlers = (options.handlers ?? {}) as Readonly<Record<string, OpenApiHandler>>
  const examples = (options.examples ?? {}) as Readonly<Record<string, Json>>
  checkNames(read, 'handlers', handlers)
  checkNames(read, 'examples', examples)
  const model: Model = { document: read, resources, store, examples }
  return defineApp(id, {
    name: options.name ?? id,
    version: options.version ?? read.version,
    summary: read.description,
    endpoints: read.operations.map((operation): Endpoint => {
      const generate = async (args: Arguments) => {
        const { Answerer } = await import('./answers.ts')
        return new Answerer(model, operation, args).answer()
      }
      const own = handlers[operation.operationId]
      return defineEndpoint({
        ...endpointFrom(id, operation, read),
        handle: (args) => {
          const given = args as unknown as Arguments
          return own ? own(given, () => generate(given)) : generate(given)
        },
      })
    }),
    tables: [store.table],
    seed: [seedOf(id, model)],
  })
}

/** The member of an app's seed that says which operations fail: codes by their ids. */
const FAILURES = '$failures'

/** Let operations fail from now on, each with a code that the document declares for it. */
function seedFailures(world: World, { document, store }: Model, failures: JsonObject): void {
  for (const [operationId, code] of Object.entries(failures)) {
    const operation = document.operations.find((one) => one.operationId === operationId)
    if (!operation) {
      const names = document.operations.map((one) => one.operationId)
      throw new SeedError([FAILURES, operationId], unknown('operation', operationId, names))
    }
    const declared = operation.responses.map(({ status }) => status).filter((status) => status >= 400)
    if (!declared.some((status) => status === code))
      throw new SeedError(
        [FAILURES, operationId],
        `the document declares no ${JSON.stringify(code)} for it; it declares ${declared.join(', ') || 'no failure'}.`,
      )
    store.fail(world, operationId, Number(code))
  }
}

/** A member of seeds: items by their collections, and what fails. */
function seedOf(id: string, model: Model) {
  const { document, resources, store } = model
  return defineSeedMember({
    name: id,
    after: ['users'],
    schema: s.record(s.union(s.list(s.record(s.json())), s.record(s.int()))),
    read: (world, collections) => {
      for (const [resource, items] of Object.entries(collections)) {
        if (resource === FAILURES && !Array.isArray(items)) {
          seedFailures(world, model, items as JsonObject)
          continue
        }
        const found = resources.find(resource)
        if (found && !Array.isArray(items)) throw new SeedError([resource], 'expected a list of items.')
        if (!found || !Array.isArray(items))
          throw new SeedError([resource], unknown('collection', resource, resources.names))
        const idMember = idMemberOf(found.item, resources.parameterOf(resource))
        for (const [i, given] of items.entries()) {
          const { owner = 'admin', ...fields } = given as JsonObject
          if (typeof owner !== 'string' || !users.find(world, owner))
            throw new SeedError([resource, i, 'owner'], `there is no account ${JSON.stringify(owner)}.`)
          const number = store.nextNumber(world, resource)
          const made = newFields(found.item, idMember, {
            ...making(world, owner),
            document,
            number,
            place: i + 1,
            given: fields,
          })
          const all = { ...made, ...fields }
          const itemId = idOf(idMember === null ? number : all[idMember])
          store.add(world, {
            resource,
            id: itemId,
            owner,
            parents: parentsIn(all, parametersIn(resources)),
            fields: all,
          })
        }
      }
    },
  })
}

const making = (world: World, owner: string) => ({
  world,
  owner,
  displayNameOf: (userId: string) => users.find(world, userId)?.displayName ?? userId,
})

const parametersIn = (resources: Resources) => resources.names.map((name) => resources.parameterOf(name))

/** Members of the name of a parameter say in which items a seeded one lies. */
const parentsIn = (fields: JsonObject, parameters: readonly string[]) =>
  Object.fromEntries(
    parameters.filter((name) => name !== 'id' && fields[name] !== undefined).map((name) => [name, idOf(fields[name])]),
  )

const OPTIONS = ['id', 'name', 'version', 'handlers', 'examples'] as const satisfies readonly (keyof OpenApiOptions)[]

function idIn({ operations, title }: OpenApiDocument): string {
  const [path = ''] = operations.map((one) => one.path)
  const id = /\/apps\/([^/{]+)\//.exec(path)?.[1] ?? title
  if (/^[a-z][a-z0-9_]*$/.test(id)) return id
  throw new UserError(
    'Failed to make an app of the OpenAPI document: it does not say whose it is. Pass its id: fromOpenApi(document, { id }).',
  )
}

function checkNames(document: OpenApiDocument, member: string, given: Readonly<Record<string, unknown>>): void {
  const names = document.operations.map(({ operationId }) => operationId)
  for (const name of Object.keys(given))
    if (!names.includes(name))
      throw new UserError(`Failed to read ${member} for the OpenAPI document: ${unknown('operation', name, names)}`)
}

function unknown(what: string, name: string, known: readonly string[]): string {
  return `there is no ${what} "${name}". ${didYouMean(name, known, 'The document lists them.')}`
}
