import { type JsonObject, membersOf, parseJson } from '#lib/json.ts'
import { isPhpArray } from '#lib/php.ts'
import { parseStr } from '#lib/php-form.ts'
import type { Call } from './call.ts'
import { parseMultipart, type Upload } from './multipart.ts'
import { OUT_OF_RANGE, type ParamShape, TYPE_ERROR } from './params.ts'

/** JSON content types, among them `application/vnd.api+json`. */
const JSON_TYPE = /^application\/(?:[a-z0-9.-]+\+)?json\b/i

export interface BodyParameters {
  /** `$_POST`: below path parameters. */
  readonly post: JsonObject
  /** JSON bodies, and forms of other methods than POST: above path parameters. */
  readonly params: JsonObject
  /** Files of a multipart form by the name of their field. */
  readonly uploads: Readonly<Record<string, Upload>>
}

const NOTHING: JsonObject = Object.freeze({})
const NO_UPLOADS: Readonly<Record<string, Upload>> = Object.freeze({})
const NO_BODY: BodyParameters = { post: NOTHING, params: NOTHING, uploads: NO_UPLOADS }

/**
 * The parameters of a body, as PHP and Nextcloud read them. Broken JSON, other types and multipart
 * on other methods than POST count as no parameters at all.
 */
export function readBody(call: Call): BodyParameters | Promise<BodyParameters> {
  const type = call.header('content-type')
  return type === '' ? NO_BODY : readTyped(call, type)
}

async function readTyped(call: Call, type: string): Promise<BodyParameters> {
  if (JSON_TYPE.test(type)) {
    const json = decodeJson(await bodyText(call))
    return json ? { ...NO_BODY, params: json } : NO_BODY
  }
  if (/^application\/x-www-form-urlencoded/i.test(type)) {
    if (call.method === 'GET' || call.method === 'HEAD') return NO_BODY
    const form = parseStr(await bodyText(call))
    return call.method === 'POST' ? { ...NO_BODY, post: form } : { ...NO_BODY, params: form }
  }
  if (call.method === 'POST' && /^multipart\/form-data/i.test(type)) {
    const { fields, uploads } = parseMultipart(await call.body(), type)
    return { post: fields, params: NOTHING, uploads }
  }
  return NO_BODY
}

/** A byte-order mark stays: JSON that begins with one is none (Nextcloud 34.0.1, asked). */
async function bodyText(call: Call): Promise<string> {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(await call.body())
}

function decodeJson(text: string): JsonObject | null {
  const value = text === '' ? undefined : parseJson(text)
  return isPhpArray(value) ? membersOf(value) : null
}

/** All parameters by name, later sources over earlier ones: query, POST form, path, JSON and other forms. */
export function mergeParameters(
  query: JsonObject,
  body: BodyParameters,
  path: Readonly<Record<string, string>>,
): JsonObject {
  if (body === NO_BODY && isEmpty(path)) return query
  return { ...query, ...body.post, ...path, ...body.params }
}

function isEmpty(record: object): boolean {
  for (const _ in record) return false
  return true
}

/** What a handler gets as input, or how the dispatcher fails to call it. */
export function coerceInput(
  shape: ParamShape | undefined,
  given: JsonObject,
  path: Readonly<Record<string, string>>,
): Record<string, unknown> | InputError {
  const input: Record<string, unknown> = { ...path }
  let wrong: string | undefined
  for (const name in shape) {
    const value = shape[name]!.coerce(given[name])
    // What is out of range ends the request before anybody sees of what type the others are (Nextcloud 34.0.1, asked).
    if (value === OUT_OF_RANGE) return new InputError(name, true)
    if (value === TYPE_ERROR) wrong ??= name
    input[name] = value
  }
  return wrong === undefined ? input : new InputError(wrong, false)
}

/** A parameter with which the dispatcher fails to call the handler. */
export class InputError {
  readonly parameter: string
  readonly isOutOfRange: boolean

  constructor(parameter: string, isOutOfRange: boolean) {
    this.parameter = parameter
    this.isOutOfRange = isOutOfRange
  }

  /** What is wrong, in words. */
  get sentence(): string {
    return `parameter ${this.parameter} is ${this.isOutOfRange ? 'out of range' : 'missing, or of another type'}`
  }
}
