import type { Call } from '../call.ts'
import { OUT_OF_RANGE, type ParamShape, TYPE_ERROR } from '../params.ts'
import { parseStr, setByName } from '../php.ts'

/** JSON content types, among them `application/vnd.api+json`. */
const JSON_TYPE = /^application\/(?:[a-z0-9.-]+\+)?json\b/i

export interface BodyParameters {
  /** `$_POST`: below path parameters. */
  readonly post: Readonly<Record<string, unknown>>
  /** JSON bodies, and forms of other methods than POST: above path parameters. */
  readonly params: Readonly<Record<string, unknown>>
}

const NOTHING: Readonly<Record<string, unknown>> = Object.freeze({})
const NO_BODY: BodyParameters = { post: NOTHING, params: NOTHING }

/**
 * The parameters of a body, as PHP and Nextcloud read them. Broken JSON, other types and multipart
 * on other methods than POST count as no parameters at all.
 */
export async function readBody(call: Call): Promise<BodyParameters> {
  const type = call.header('content-type')
  if (type === '') return NO_BODY
  if (JSON_TYPE.test(type)) {
    const json = decodeJson(await bodyText(call))
    return json ? { post: NOTHING, params: json } : NO_BODY
  }
  if (/^application\/x-www-form-urlencoded/i.test(type)) {
    if (call.method === 'GET' || call.method === 'HEAD') return NO_BODY
    const form = parseStr(await bodyText(call))
    return call.method === 'POST' ? { post: form, params: NOTHING } : { post: NOTHING, params: form }
  }
  if (call.method === 'POST' && /^multipart\/form-data/i.test(type)) {
    return { post: parseMultipart(await bodyText(call), type), params: NOTHING }
  }
  return NO_BODY
}

async function bodyText(call: Call): Promise<string> {
  return new TextDecoder().decode(await call.body())
}

function decodeJson(text: string): Record<string, unknown> | null {
  if (text === '') return null
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? ({ ...value } as Record<string, unknown>) : null
  } catch {
    return null
  }
}

/** Fields of a multipart form; files are left out. Without a boundary there is nothing to read. */
function parseMultipart(text: string, type: string): Record<string, unknown> {
  const boundary = /boundary="?([^";]+)"?/i.exec(type)?.[1]
  const fields: Record<string, unknown> = {}
  if (!boundary) return fields
  for (const part of text.split(`--${boundary}`).slice(1, -1)) {
    const end = part.indexOf('\r\n\r\n')
    if (end < 0) continue
    const head = part.slice(0, end)
    const name = /\bname="([^"]*)"/i.exec(head)?.[1]
    if (name !== undefined && !/\bfilename=/i.test(head))
      setByName(fields, name, part.slice(end + 4).replace(/\r\n$/, ''))
  }
  return fields
}

/** All parameters by name, later sources over earlier ones: query, POST form, path, JSON and other forms. */
export function mergeParameters(
  query: Readonly<Record<string, unknown>>,
  body: BodyParameters,
  path: Readonly<Record<string, string>>,
): Record<string, unknown> {
  return { ...query, ...body.post, ...path, ...body.params }
}

/** What a handler gets as input, or how the dispatcher fails to call it. */
export function coerceInput(
  shape: ParamShape | undefined,
  given: Readonly<Record<string, unknown>>,
  path: Readonly<Record<string, string>>,
): Record<string, unknown> | 'type-error' | 'out-of-range' {
  const input: Record<string, unknown> = { ...path }
  for (const name in shape) {
    const value = shape[name]!.coerce(name, given[name])
    if (value === TYPE_ERROR) return 'type-error'
    if (value === OUT_OF_RANGE) return 'out-of-range'
    input[name] = value
  }
  return input
}
