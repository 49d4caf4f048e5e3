import { base64 } from '#lib/base64.ts'
import { crc32 } from '#lib/crc32.ts'
import { UserError } from '#lib/errors.ts'
import { isJsonObject, type Json, type JsonObject } from '#lib/json.ts'
import { pairsOf, writeContent, writePairs } from './content.ts'
import type {
  Content,
  Contract,
  Interaction,
  InteractionRequest,
  InteractionResponse,
  Pairs,
  Sequence,
} from './contract.ts'
import { isMomentName, writeMoment } from './moments.ts'
import { literal, partsOf, placeholder } from './placeholder.ts'

/** Where an interaction of Pact keeps what Pact has no place for. */
const OWN = 'ocs-mock'
/** What names stand for in a file that has to have a value. */
const EXAMPLE_NOW = Date.UTC(2026, 0, 1)

/** Contracts of one consumer as a Pact file of version 4 of its specification. */
export function toPact(contracts: readonly Contract[]): JsonObject {
  const [first] = contracts
  if (!first) throw new UserError('Failed to write a Pact file: there is no contract.')
  const other = contracts.find(({ consumer, provider }) => consumer !== first.consumer || provider !== first.provider)
  if (other)
    throw new UserError(
      `Failed to write a Pact file: it has one consumer and one provider, and these are of ${first.consumer} with ${first.provider} and of ${other.consumer} with ${other.provider}.`,
    )
  return {
    consumer: { name: first.consumer },
    provider: { name: first.provider },
    interactions: contracts.flatMap((contract) =>
      contract.sequences.flatMap((sequence, i) =>
        sequence.interactions.map((one, step) => toInteraction(contract, sequence, one, { sequence: i, step })),
      ),
    ),
    metadata: { pactSpecification: { version: '4.0' } },
  }
}

interface Place {
  readonly sequence: number
  readonly step: number
}

function toInteraction({ test }: Contract, sequence: Sequence, one: Interaction, place: Place): JsonObject {
  const { request, response } = one
  const before = sequence.interactions.slice(0, place.step).map(({ request: { method, path } }) => `${method} ${path}`)
  const description = `${test} #${place.sequence + 1}.${place.step + 1}: ${request.method} ${request.path} as ${one.as}`
  const rules = matchingRules(response)
  return {
    type: 'Synchronous/HTTP',
    key: crc32(new TextEncoder().encode(description)).toString(16).padStart(8, '0'),
    description,
    pending: one.cannotVerify !== undefined,
    providerStates: [
      { name: 'the seed of the test', params: sequence.providerState },
      ...before.map((what) => ({ name: `after ${what}` })),
    ],
    request: {
      method: request.method,
      path: example(request.path),
      ...(request.query === undefined ? {} : { query: exampleLists(request.query) }),
      headers: exampleLists({ ...request.headers, ...credentialsOf(one.as) }),
      ...bodyOf(request.body, request.headers?.['content-type'] ?? ''),
    },
    response: {
      status: response.status,
      ...(response.type === undefined ? {} : { headers: { 'Content-Type': [response.type] } }),
      ...bodyOf(response.body, response.type ?? ''),
      ...(Object.keys(rules).length === 0 ? {} : { matchingRules: { body: rules } }),
    },
    comments: {
      testname: test,
      text: [],
      [OWN]: { ...place, interaction: toJson(one), ...(sequence.earlier ? { earlier: toJson(sequence.earlier) } : {}) },
    },
  }
}

const toJson = (value: object): Json => JSON.parse(JSON.stringify(value))

/** Passwords are not told; whoever verifies by Pact's own tools puts them in. */
const credentialsOf = (as: string): Record<string, string> =>
  as === 'anonymous' ? {} : { authorization: `Basic ${base64(`${as}:password`)}` }

function bodyOf(content: Content | undefined, contentType: string): { readonly body?: JsonObject } {
  if (content === undefined || 'bytes' in content || 'xml' in content) return {}
  if ('json' in content)
    return { body: { content: exampleTree(content.json), contentType: 'application/json', encoded: false } }
  if ('form' in content)
    return {
      body: {
        content: writePairs(examplePairs(content.form)),
        contentType: 'application/x-www-form-urlencoded',
        encoded: false,
      },
    }
  if ('base64' in content) return { body: { content: content.base64, contentType, encoded: 'base64' } }
  const { body } = writeContent(content)
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body)
  return { body: { content: example(text), contentType: contentType || 'text/plain', encoded: false } }
}

/** A text in which names stand for something. */
const example = (text: string): string =>
  partsOf(text)
    .map((part) => (typeof part === 'string' ? part : String(exampleOf(part))))
    .join('')

function exampleOf({ name, form }: { readonly name: string; readonly form: string }): string | number | boolean {
  if (isMomentName(name)) return writeMoment(name, form, EXAMPLE_NOW)
  const number = Number(/\d+$/.exec(name)?.[0] ?? 1)
  if (form === 'number' || name === 'number') return number
  if (name === 'boolean') return true
  return name === 'server' ? 'https://cloud.example.com' : name.replaceAll(' ', '-')
}

function exampleTree(value: Json): Json {
  if (typeof value === 'string') {
    const [only, ...more] = partsOf(value)
    return typeof only === 'object' && more.length === 0 ? exampleOf(only) : example(value)
  }
  if (Array.isArray(value)) return value.map(exampleTree)
  if (!isJsonObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [example(key), exampleTree(item)]))
}

const examplePairs = (pairs: Pairs): Pairs =>
  Object.fromEntries(
    Object.entries(pairs).map(([name, value]) => [
      name,
      typeof value === 'string' ? example(value) : value.map(example),
    ]),
  )

const exampleLists = (pairs: Pairs): JsonObject =>
  Object.fromEntries(
    Object.entries(examplePairs(pairs)).map(([name, value]) => [name, typeof value === 'string' ? [value] : value]),
  )

/** What a world gave is matched by its type. */
function matchingRules({ body }: InteractionResponse): Record<string, Json> {
  const rules: Record<string, Json> = {}
  const walk = (value: Json, path: string): void => {
    if (typeof value === 'string' && partsOf(value).some((part) => typeof part === 'object'))
      rules[path] = { combine: 'AND', matchers: [{ match: 'type' }] }
    else if (Array.isArray(value)) for (const [i, item] of value.entries()) walk(item, `${path}[${i}]`)
    else if (isJsonObject(value))
      for (const [key, item] of Object.entries(value))
        walk(item, /^\w+$/.test(key) ? `${path}.${key}` : `${path}['${key}']`)
  }
  if (body && 'json' in body) walk(body.json, '$')
  return rules
}

/** Whether a document is a Pact file. */
export const isPact = (document: Json): document is JsonObject =>
  isJsonObject(document) &&
  isJsonObject(document.metadata) &&
  Array.isArray(document.interactions) &&
  isJsonObject(document.provider)

/**
 * The contracts of a Pact file: those that were written by {@link toPact} as they were; of others each interaction is a
 * contract of its own.
 * @throws UserError for another version of the specification
 */
export function fromPact(document: JsonObject): Contract[] {
  const version = textAt(document, 'metadata', 'pactSpecification', 'version')
  if (!/^4\b/.test(version))
    throw new UserError(`it is a Pact file of version ${version || 'unknown'}: write it in version 4.`)
  const consumer = textAt(document, 'consumer', 'name')
  const provider = textAt(document, 'provider', 'name')
  const contracts = new Map<
    string,
    { sequences: { providerState: JsonObject; earlier?: Interaction[]; interactions: Interaction[] }[] }
  >()
  for (const one of listOf(document.interactions)) {
    const interaction = objectOf(one)
    const own = objectOf(objectOf(interaction.comments)[OWN])
    const test = textAt(interaction, 'comments', 'testname') || textAt(interaction, 'description')
    const contract = contracts.get(test) ?? { sequences: [] }
    contracts.set(test, contract)
    const index = typeof own.sequence === 'number' ? own.sequence : contract.sequences.length
    contract.sequences[index] ??= {
      providerState: stateOf(interaction),
      ...(Array.isArray(own.earlier) ? { earlier: own.earlier as unknown as Interaction[] } : {}),
      interactions: [],
    }
    contract.sequences[index].interactions.push(
      isJsonObject(own.interaction) ? (own.interaction as unknown as Interaction) : foreignInteraction(interaction),
    )
  }
  return [...contracts].map(([test, { sequences }]) => ({ consumer, test, provider, sequences }))
}

/** States whose parameters are a seed; others cannot be made. */
const stateOf = (interaction: JsonObject): JsonObject =>
  Object.fromEntries(
    listOf(interaction.providerStates).flatMap((one) => Object.entries(objectOf(objectOf(one).params))),
  )

function foreignInteraction(interaction: JsonObject): Interaction {
  const states = listOf(interaction.providerStates).filter((one) => objectOf(one).params === undefined)
  const unknown = states.map((one) => `"${textAt(objectOf(one), 'name')}"`)
  const [request, response] = [objectOf(interaction.request), objectOf(interaction.response)]
  const headers = headersOf(request.headers)
  const { authorization, ...others } = headers
  return {
    operation: null,
    as: authorization === undefined ? 'anonymous' : (loginOf(authorization) ?? 'admin'),
    request: requestOf(request, others),
    response: responseOf(response),
    ...(unknown.length === 0 ? {} : { cannotVerify: `nothing makes the provider state ${unknown.join(', ')}` }),
  }
}

function requestOf(request: JsonObject, headers: Record<string, string>): InteractionRequest {
  const query = objectOf(request.query)
  const body = contentOf(request.body, new Set())
  return {
    method: String(request.method ?? 'GET'),
    path: literal(String(request.path ?? '/')),
    ...(Object.keys(query).length === 0
      ? {}
      : {
          query: Object.fromEntries(
            Object.entries(query).map(([name, value]) => [name, listOf(value).map((one) => literal(String(one)))]),
          ),
        }),
    ...(Object.keys(headers).length === 0 ? {} : { headers }),
    ...(body === undefined ? {} : { body }),
  }
}

function responseOf(response: JsonObject): InteractionResponse {
  const rules = objectOf(objectOf(response.matchingRules).body)
  const body = contentOf(response.body, new Set(Object.keys(rules)))
  const type =
    headersOf(response.headers)['content-type'] ?? (textAt(objectOf(response.body), 'contentType') || undefined)
  return {
    status: typeof response.status === 'number' ? response.status : 200,
    ...(type === undefined || body === undefined ? {} : { type: type.split(';')[0]!.trim() }),
    ...(body === undefined ? {} : { body }),
  }
}

const headersOf = (headers: Json | undefined): Record<string, string> =>
  Object.fromEntries(
    Object.entries(objectOf(headers)).map(([name, value]) => [
      name.toLowerCase(),
      listOf(value).map(String).join(', '),
    ]),
  )

function contentOf(body: Json | undefined, byType: ReadonlySet<string>): Content | undefined {
  const { content, contentType = '', encoded } = objectOf(body)
  if (content === undefined || content === null) return undefined
  if (encoded === 'base64') return { base64: String(content) }
  if (typeof content !== 'string') return { json: withKinds(content, '$', byType) }
  return String(contentType).startsWith('application/x-www-form-urlencoded')
    ? { form: pairsOf(content) }
    : { text: literal(content) }
}

/** What is matched by its type is known by its kind alone. */
function withKinds(value: Json, path: string, byType: ReadonlySet<string>): Json {
  if (byType.has(path) && (typeof value !== 'object' || value === null))
    return placeholder(typeof value === 'string' ? 'text' : typeof value)
  if (typeof value === 'string') return literal(value)
  if (Array.isArray(value)) return value.map((item: Json, i) => withKinds(item, `${path}[${i}]`, byType))
  if (!isJsonObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, withKinds(item, `${path}.${key}`, byType)]),
  )
}

function loginOf(authorization: string): string | null {
  const [, encoded] = /^basic (\S+)$/i.exec(authorization) ?? []
  return encoded === undefined ? null : atob(encoded).split(':')[0]!
}

const listOf = (value: Json | undefined): readonly Json[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value]
const objectOf = (value: Json | undefined): JsonObject => (isJsonObject(value) ? value : {})

function textAt(document: JsonObject, ...keys: readonly string[]): string {
  let value: Json | undefined = document
  for (const key of keys) value = objectOf(value)[key]
  return typeof value === 'string' ? value : ''
}
