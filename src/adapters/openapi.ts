import { SECRET_FORMAT } from '#lib/schema.ts'
import type { AppDefinitions } from '#line/catalogue.ts'
import type { Access, Endpoint } from '#line/endpoint.ts'
import { envelopeV1, envelopeV2 } from '#line/envelope.ts'
import { allInRelease } from '#line/in-release.ts'
import type { Param } from '#line/params.ts'
import type { ProfileDefinition } from '#profiles/profile.ts'
import { VERSION } from '#version.ts'

type Json = Record<string, unknown>

const FORMATS = ['application/json', 'application/xml'] as const
const VERSIONS = [1, 2] as const
const UNAUTHORISED = 997
const SUCCESS = 200
const FORBIDDEN = 403

const WHO: Readonly<Record<Access, string>> = {
  public: 'everyone',
  user: 'accounts',
  subadmin: 'administrators and sub-administrators',
  'at-least-subadmin': 'administrators and sub-administrators',
  admin: 'administrators',
  delegated: 'administrators and whom they delegated a setting to',
  'subadmin-or-delegated': 'administrators, sub-administrators and whom they delegated a setting to',
  exapp: 'ExApps',
  'app-api': 'ExApps',
}

/** How an operation is answered: in the envelope of a version, or without one. */
type Form = 1 | 2 | 'plain'

/**
 * The OpenAPI 3.1 document of a catalogue: both versions and both formats of every operation, with the
 * failures that it declares, and pages below `index.php`. Everything follows from the definitions and the steps of
 * the line.
 */
export function openApiDocument(all: Pick<AppDefinitions, 'endpoints'>, profile: ProfileDefinition): Json {
  const endpoints = allInRelease(all.endpoints, profile)
  const paths: Record<string, Json> = {}
  const schemas: Record<string, Json> = { MetaV1: META_V1, MetaV2: META_V2 }
  for (const endpoint of [...endpoints].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    schemas[schemaName(endpoint.id, SUCCESS)] = asXml(endpoint.output.toJsonSchema())
    for (const [status, schema] of Object.entries(endpoint.responses ?? {})) {
      schemas[schemaName(endpoint.id, Number(status))] = asXml(schema.toJsonSchema())
    }
    for (const { path, id, form } of placesOf(endpoint)) {
      paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operation(endpoint, id, form) }
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: `OCS API of ${profile.productName} ${profile.versionString}`,
      description: `Derived from the definitions of ocs-mock ${VERSION}.`,
      version: profile.versionString,
    },
    servers: [{ url: 'http://127.0.0.1:8080', description: 'ocs-mock serve' }],
    tags: [...new Set(endpoints.map(({ app }) => app))].sort().map((name) => ({ name })),
    paths: Object.fromEntries(Object.entries(paths).sort(([a], [b]) => (a < b ? -1 : 1))),
    components: { schemas: sorted(schemas), responses: sorted(commonResponses()), securitySchemes: SECURITY },
  }
}

/** Where an operation is found, by which id, and how it is answered there. */
function placesOf({ path, id, envelope }: Endpoint): { path: string; id: string; form: Form }[] {
  const template = path.replace(PARAMETER, '{$1}')
  if (path.startsWith('/index.php/')) return [{ path: template, id, form: envelope === 'v1' ? 1 : 'plain' }]
  return VERSIONS.map((version) => ({
    path: `/ocs/v${version}.php${template}`,
    id: `${id}.v${version}`,
    form: envelope === false ? 'plain' : version,
  }))
}

const SECURITY: Json = {
  basic: { type: 'http', scheme: 'basic', description: 'Password or app password' },
  bearer: { type: 'http', scheme: 'bearer', description: 'App password or OAuth2 token' },
  exapp: { type: 'apiKey', in: 'header', name: 'AUTHORIZATION-APP-API', description: 'base64(user:secret)' },
}

const META_V1: Json = meta({ totalitems: { type: 'string' }, itemsperpage: { type: 'string' } }, true)
const META_V2: Json = meta({ totalitems: { type: 'integer' }, itemsperpage: { type: 'integer' } }, false)

function meta(paging: Json, always: boolean): Json {
  const own = { status: { enum: ['ok', 'failure'] }, statuscode: { type: 'integer' }, message: { type: 'string' } }
  return {
    type: 'object',
    properties: { ...own, ...paging },
    required: [...Object.keys(own), ...(always ? Object.keys(paging) : [])],
  }
}

const sorted = (members: Record<string, Json>): Json =>
  Object.fromEntries(Object.entries(members).sort(([a], [b]) => (a < b ? -1 : 1)))

/** The name of a component: letters, digits, dots, hyphens and underscores. Ids of undocumented operations have more. */
function schemaName(id: string, status: number): string {
  const name = id.replace(/[^A-Za-z0-9._-]+/g, '_')
  return status === SUCCESS ? name : `${name}.${status}`
}

function operation(endpoint: Endpoint, operationId: string, form: Form): Json {
  const { app, access, summary, method, failures, notImplemented } = endpoint
  const inBody = method !== 'GET' && method !== 'DELETE' && hasBodyParameters(endpoint)
  return {
    operationId,
    summary,
    description: description(endpoint),
    tags: [app],
    security: security(access),
    parameters: [
      ...pathParameters(endpoint),
      ...(inBody ? [] : queryParameters(endpoint)),
      ...headerParameters(endpoint),
    ],
    ...(inBody ? { requestBody: requestBody(endpoint) } : {}),
    responses: responses(endpoint, form),
    ...(failures && Object.keys(failures).length > 0 ? { 'x-ocs-failures': failures } : {}),
    ...(notImplemented ? { 'x-not-implemented': notImplemented } : {}),
  }
}

function description({ access, passwordConfirmation }: Endpoint): string {
  const confirmed = passwordConfirmation ? ' The password must have been confirmed.' : ''
  return `For ${WHO[access]}.${confirmed}`
}

function security(access: Access): Json[] {
  if (access === 'exapp' || access === 'app-api') return [{ exapp: [] }]
  const loggedIn = [{ basic: [] }, { bearer: [] }]
  return access === 'public' ? [{}, ...loggedIn] : loggedIn
}

/** `{name}` and `{name:regexp}`, whose braces may be nested once. */
const PARAMETER = /\{([^:}]+)(?::((?:[^{}]|\{[^{}]*\})*))?\}/g

function pathParameters({ path, input }: Endpoint): Json[] {
  return [...path.matchAll(PARAMETER)].map(([, name, pattern]) => ({
    name,
    in: 'path',
    required: true,
    schema: {
      ...(input?.[name!] ? paramSchema(input[name!]!) : { type: 'string' }),
      ...(pattern ? { pattern: `^(?:${pattern})$` } : {}),
    },
  }))
}

const isInPath = ({ path }: Endpoint, name: string) => [...path.matchAll(PARAMETER)].some(([, known]) => known === name)
const outsidePath = (endpoint: Endpoint): [string, Param<unknown>][] =>
  Object.entries(endpoint.input ?? {}).filter(([name]) => !isInPath(endpoint, name))
const hasBodyParameters = (endpoint: Endpoint) => outsidePath(endpoint).length > 0
const isRequired = ({ options }: Param<unknown>) => !options.hasDefault && !options.nullable && options.type !== 'mixed'

function queryParameters(endpoint: Endpoint): Json[] {
  return outsidePath(endpoint).map(([name, param]) => ({
    name: param.options.type === 'array' ? `${name}[]` : name,
    in: 'query',
    required: isRequired(param),
    ...(param.options.description ? { description: param.options.description } : {}),
    schema: paramSchema(param),
  }))
}

function headerParameters({ csrf }: Endpoint): Json[] {
  if (csrf === false) return []
  return [{ name: 'OCS-APIRequest', in: 'header', required: true, schema: { type: 'string', default: 'true' } }]
}

function requestBody(endpoint: Endpoint): Json {
  const members = outsidePath(endpoint)
  const required = members.filter(([, param]) => isRequired(param)).map(([name]) => name)
  const schema: Json = {
    type: 'object',
    properties: Object.fromEntries(members.map(([name, param]) => [name, describedSchema(param)])),
    ...(required.length > 0 ? { required } : {}),
  }
  const types = ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data']
  return { required: required.length > 0, content: Object.fromEntries(types.map((type) => [type, { schema }])) }
}

function describedSchema(param: Param<unknown>): Json {
  const { description } = param.options
  return { ...paramSchema(param), ...(description ? { description } : {}) }
}

const TYPES = { string: 'string', int: 'integer', float: 'number', bool: 'boolean', array: 'array' } as const

function paramSchema({ options }: Param<unknown>): Json {
  const { type, nullable, hasDefault, fallback, min, max, values, secret } = options
  const named = type === 'mixed' ? undefined : TYPES[type]
  return {
    ...(named ? { type: nullable ? [named, 'null'] : named } : {}),
    ...(type === 'array' ? { items: {} } : {}),
    ...(values ? { examples: values } : {}),
    ...(secret ? { format: SECRET_FORMAT } : {}),
    ...(min === undefined ? {} : { minimum: min }),
    ...(max === undefined || max >= Number.MAX_SAFE_INTEGER ? {} : { maximum: max }),
    ...(hasDefault && fallback !== undefined ? { default: fallback } : {}),
  }
}

/** Answers by HTTP status, which the envelope decides: v1 says 200 to almost everything. */
function responses(endpoint: Endpoint, form: Form): Json {
  const byStatus = new Map<number, { texts: string[]; schemas: Json[] }>()
  const add = (code: number, text: string, schema: Json) => {
    const envelope = (form === 1 ? envelopeV1 : envelopeV2)({ status: code, message: text, data: [] })
    const known = byStatus.get(envelope.httpStatus) ?? { texts: [], schemas: [] }
    known.texts.push(form === 'plain' ? text : `${envelope.meta.statuscode}: ${text}`)
    if (!known.schemas.some((other) => JSON.stringify(other) === JSON.stringify(schema))) known.schemas.push(schema)
    byStatus.set(envelope.httpStatus, known)
  }
  add(SUCCESS, endpoint.summary, reference(endpoint.id, SUCCESS))
  for (const status of Object.keys(endpoint.responses ?? {}).map(Number)) {
    if (status !== SUCCESS) add(status, 'Answered with data', reference(endpoint.id, status))
  }
  for (const [code, message] of Object.entries(endpoint.failures ?? {})) {
    add(
      Number(code),
      [message]
        .flat()
        .filter((text) => text !== '')
        .join(' / ') || 'Failure',
      form === 'plain' ? MESSAGE : NO_DATA,
    )
  }
  const answers = [...byStatus].sort(([a], [b]) => a - b)
  const own = Object.fromEntries(
    answers.map(([status, { texts, schemas }]) => [status, response(texts, schemas, form)]),
  )
  return { ...denials(endpoint, form), ...own }
}

/** What the line answers before the operation is asked. An operation's own answers of the same status win. */
function denials({ access, csrf }: Endpoint, form: Form): Json {
  const shared = (name: string) => ({ $ref: `#/components/responses/${name}` })
  const isLimited = !['public', 'user', 'exapp', 'app-api'].includes(access)
  return {
    ...(access === 'public' ? {} : { 401: shared(`NotLoggedIn${suffixOf(form)}`) }),
    ...(isLimited && form !== 1 ? { 403: shared(`Forbidden${suffixOf(form)}`) } : {}),
    ...(csrf === false ? {} : { 412: shared('Forged') }),
  }
}

const suffixOf = (form: Form) => (form === 'plain' ? '' : `V${form}`)

const MESSAGE: Json = { type: 'object', properties: { message: { type: 'string' } }, required: ['message'] }

function commonResponses(): Record<string, Json> {
  return {
    NotLoggedIn: response(['Not logged in'], [MESSAGE], 'plain'),
    Forbidden: response(['Not allowed'], [MESSAGE], 'plain'),
    NotLoggedInV1: response([`${UNAUTHORISED}: not logged in`], [NO_DATA], 1),
    NotLoggedInV2: response([`${UNAUTHORISED}: not logged in`], [NO_DATA], 2),
    ForbiddenV2: response([`${FORBIDDEN}: not allowed`], [NO_DATA], 2),
    Forged: {
      description: 'Neither OCS-APIRequest nor a request token was sent',
      content: { 'application/json': { schema: MESSAGE } },
    },
  }
}

const NO_DATA: Json = { type: 'array', maxItems: 0 }

const reference = (id: string, status: number): Json => ({ $ref: `#/components/schemas/${schemaName(id, status)}` })

function response(texts: readonly string[], schemas: readonly Json[], form: Form): Json {
  const data = schemas.length === 1 ? schemas[0]! : { anyOf: schemas }
  const description = texts.join('\n')
  if (form === 'plain') return { description, content: { 'application/json': { schema: data } } }
  const ocs = {
    type: 'object',
    properties: { meta: { $ref: `#/components/schemas/MetaV${form}` }, data },
    required: ['meta', 'data'],
  }
  const schema = { type: 'object', properties: { ocs }, required: ['ocs'] }
  return {
    description,
    content: Object.fromEntries(
      FORMATS.map((type) => [
        type,
        { schema: type === 'application/json' ? schema : { ...ocs, xml: { name: 'ocs' } } },
      ]),
    ),
  }
}

/** How the encoder writes lists: an element of the member's name around elements called `element`. */
function asXml(schema: Json): Json {
  const out: Json = {}
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'properties' && isObject(value)) {
      out[key] = Object.fromEntries(Object.entries(value).map(([name, member]) => [name, asXml(member as Json)]))
    } else if ((key === 'items' || key === 'additionalProperties') && isObject(value)) out[key] = asXml(value)
    else if (Array.isArray(value) && key === 'anyOf') out[key] = value.map((member) => asXml(member as Json))
    else out[key] = value
  }
  if (out.type !== 'array') return out
  const items = isObject(out.items) ? { items: { ...out.items, xml: { name: 'element' } } } : {}
  return { ...out, ...items, xml: { wrapped: true } }
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
