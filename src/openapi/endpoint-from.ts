import { type Json, membersOf } from '#lib/json.ts'
import type { Schema } from '#lib/schema.ts'
import { SECRET_FORMAT, s } from '#lib/schema.ts'
import type { EndpointDefinition } from '#line/endpoint.ts'
import { type Param, type ParamShape, p } from '#line/params.ts'
import type { DocumentedOperation, JsonSchema, OpenApiDocument } from './document.ts'
import { requiredOf, schemaOf, typesOf } from './json-schema.ts'
import { successOf } from './resources.ts'

type Definition = Omit<EndpointDefinition<string, ParamShape, Record<number, string>>, 'handle'>

export const idOfOperation = (app: string, { operationId }: DocumentedOperation): string => `${app}-${operationId}`

/** Failures that every operation may end in: what is missing, and what belongs to somebody else. */
const ALWAYS = { 400: '', 403: '', 404: '' }

/** An operation of a document as the line wants it: who may call it, with what, and what it answers. */
export function endpointFrom(app: string, operation: DocumentedOperation, document: OpenApiDocument): Definition {
  const { method, path, summary, operationId, security, description } = operation
  const isOcs = /^\/ocs\/v[12]\.php\//.test(path)
  const success = successOf(operation)
  const failures = operation.responses.filter(({ status }) => status >= 400 && status !== 401)
  return {
    id: idOfOperation(app, operation),
    app,
    method,
    path: narrowed(isOcs ? path.replace(/^\/ocs\/v[12]\.php/, '') : path, operation),
    access: security.includes('') ? 'public' : /requires admin access/i.test(description) ? 'admin' : 'user',
    summary: summary === '' ? operationId : summary,
    ...(isOcs ? {} : { envelope: false as const }),
    ...(hasNoCsrfCheck(operation, isOcs) ? { csrf: false as const } : {}),
    ...(/requires password confirmation/i.test(description) ? { passwordConfirmation: true as const } : {}),
    input: inputOf(operation, document),
    output: success ? schemaOf(document, success.schema) : s.any(),
    responses: otherAnswers(operation, document, success?.status),
    failures: { ...ALWAYS, ...Object.fromEntries(failures.map((one) => [one.status, messageOf(one)])) },
    notImplemented: ['Made from a document: rules that it does not state'],
  }
}

/** Pages that anybody may call from elsewhere ask for no token; operations of OCS say that they want the header. */
const hasNoCsrfCheck = ({ parameters }: DocumentedOperation, isOcs: boolean): boolean =>
  !isOcs || !parameters.some(({ name }) => name.toLowerCase() === 'ocs-apirequest')

/**
 * A path as the router has it: a parameter that has few values, or a pattern, takes no others, and one with something
 * around it takes the whole segment: `v{version}` is `{version:v1|v2}`.
 */
function narrowed(path: string, { parameters }: DocumentedOperation): string {
  return path
    .split('/')
    .map((segment) =>
      segment.replace(/^([^{]*)\{(\w+)\}([^{]*)$/, (whole, before: string, name: string, after: string) => {
        const { schema = {} } = parameters.find((one) => one.name === name && one.in === 'path') ?? {}
        const around = (inner: string) => `{${name}:${escaped(before)}${inner}${escaped(after)}}`
        const values = Array.isArray(schema.enum) ? schema.enum.map((one: Json) => escaped(String(one))) : []
        if (values.length > 0)
          return before + after === '' ? around(values.join('|')) : around(`(?:${values.join('|')})`)
        const pattern = typeof schema.pattern === 'string' ? schema.pattern.replace(/^\^|\$$/g, '') : ''
        if (/^[^{}/]+$/.test(pattern)) return around(pattern)
        return before + after === '' ? whole : around('.+')
      }),
    )
    .join('/')
}

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]|]/g, '\\$&')

function inputOf({ parameters, body, isBodyRequired }: DocumentedOperation, document: OpenApiDocument): ParamShape {
  const named = parameters.filter((one) => one.in === 'query' || one.in === 'path')
  const input = named.map((one) => [one.name.replace(/\[\]$/, ''), paramOf(one.schema, one.isRequired)] as const)
  const required = requiredOf(body ?? {})
  const members = Object.entries(membersOf(body?.properties)).map(([name, given]) => {
    const schema = document.resolve(given)
    return [name, paramOf(schema, isBodyRequired && required.includes(name))] as const
  })
  return Object.fromEntries([...members, ...input])
}

function paramOf(schema: JsonSchema, isRequired: boolean): Param<unknown> {
  const types = typesOf(schema)
  const kinds = types.filter((type) => type !== 'null')
  const param = kinds.length === 1 ? paramOfKind(kinds[0]!, schema) : p.mixed()
  const marked = schema.format === SECRET_FORMAT ? param.secret() : param
  const described = typeof schema.description === 'string' ? marked.describe(schema.description) : marked
  if (schema.default !== undefined && schema.default !== null) return described.default(schema.default as never)
  return isRequired && !types.includes('null') ? described : described.orNull()
}

function paramOfKind(kind: string, { minimum, maximum }: JsonSchema): Param<unknown> {
  switch (kind) {
    case 'string':
      return p.string()
    case 'integer': {
      const hasRange = typeof minimum === 'number' && typeof maximum === 'number'
      return hasRange ? p.int().range(minimum, maximum) : p.int()
    }
    case 'number':
      return p.float()
    case 'boolean':
      return p.bool()
    case 'array':
    case 'object':
      return p.array()
    default:
      return p.mixed()
  }
}

function otherAnswers(
  { responses }: DocumentedOperation,
  document: OpenApiDocument,
  success: number | undefined,
): Record<number, Schema> {
  const others = responses.filter(({ status }) => status < 400 && status !== success)
  return Object.fromEntries(others.map(({ status, schema }) => [status, schemaOf(document, schema)]))
}

/** Refusals are thrown without words in most apps; of other failures the description is what comes nearest. */
const messageOf = ({ status, description }: DocumentedOperation['responses'][number]): string =>
  status === 403 ? '' : description
