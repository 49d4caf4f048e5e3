import { messageOf } from '#lib/errors.ts'
import { isTooDeep } from '#lib/json.ts'
import type { PhpValue } from '#lib/php.ts'
import { readXmlDocument, XmlError, type XmlNode } from '#lib/read-xml.ts'
import type { Answer } from '#line/call.ts'

/** What the meta of an answer says, in the handlers' one language: v1's 100 is 200. */
export interface DecodedEnvelope {
  readonly meta: Readonly<Record<string, unknown>>
  readonly status: number
  readonly message: string
  readonly totalItems: number | undefined
  readonly itemsPerPage: number | undefined
  /** The data of a JSON answer. XML does not say enough to know it. */
  readonly data?: PhpValue
}

/** An XML element. `text` is set where there are no children. */
export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlElement[]
  readonly text: string
}

export const headerOf = (answer: Answer, name: string): string =>
  answer.headers.find(([known]) => known.toLowerCase() === name)?.[1] ?? ''

export const textOf = (answer: Answer): string =>
  typeof answer.body === 'string' ? answer.body : new TextDecoder().decode(answer.body)

/** The envelope of an answer; a sentence where there is none. */
export function decodeEnvelope(answer: Answer): DecodedEnvelope | string {
  const text = textOf(answer)
  if (text.trimStart().startsWith('<?xml')) return decodeXmlEnvelope(text)
  const json = parseJson(text)
  if (typeof json === 'string') return json
  const ocs = (json.value as { ocs?: { meta?: Record<string, unknown>; data?: PhpValue } } | null)?.ocs
  if (typeof ocs !== 'object' || ocs === null || typeof ocs.meta !== 'object' || ocs.meta === null)
    return 'no OCS envelope'
  if (!Object.hasOwn(ocs, 'data')) return 'an OCS envelope without data'
  return { ...readMeta(ocs.meta), data: restoreKeys(ocs.data) as PhpValue }
}

/** What an endpoint without an envelope says: JSON, with the status of HTTP. A failure has a message and no data. */
export function decodePlain(answer: Answer): DecodedEnvelope | string {
  const json = parseJson(textOf(answer))
  if (typeof json === 'string') return json
  const data = restoreKeys(json.value) as PhpValue
  const { message = '' } = answer.status < 400 ? {} : ((plain(data) ?? {}) as { readonly message?: unknown })
  return {
    meta: {},
    status: answer.status,
    message: String(message),
    totalItems: undefined,
    itemsPerPage: undefined,
    data,
  }
}

function decodeXmlEnvelope(text: string): DecodedEnvelope | string {
  const root = parseXml(text)
  if (typeof root === 'string') return root
  const meta = root.children.find((child) => child.name === 'meta')
  if (root.name !== 'ocs' || !meta) return 'no OCS envelope'
  return readMeta(Object.fromEntries(meta.children.map((child) => [child.name, child.text])))
}

function readMeta(meta: Readonly<Record<string, unknown>>): Omit<DecodedEnvelope, 'data'> {
  const code = Number(meta.statuscode)
  const count = (value: unknown) => (value === undefined || value === '' || value === null ? undefined : Number(value))
  return {
    meta,
    status: code === 100 ? 200 : code,
    message: String(meta.message ?? ''),
    totalItems: count(meta.totalitems),
    itemsPerPage: count(meta.itemsperpage),
  }
}

/** Marks keys that JavaScript would move to the front of an object. */
const KEPT = '\u0000'

/** Parse JSON; a sentence where it is none. Keys that are numbers are marked, see {@link restoreKeys}. */
export function parseJson(text: string): { readonly value: unknown } | string {
  if (isTooDeep(text)) return 'JSON that is nested too deep'
  try {
    // What is well-formed has an end to each text, so that looking for them takes no time.
    JSON.parse(text)
    const marked = text.replace(/"([^"\\]*(?:\\.[^"\\]*)*)"(\s*:)?/g, (whole, key: string, colon?: string) =>
      colon !== undefined && /^\d+$/.test(key) ? `"\\u0000${key}"${colon}` : whole,
    )
    return { value: JSON.parse(marked) as unknown }
  } catch (error) {
    return `not well-formed JSON: ${messageOf(error).replace(/\s+/g, ' ')}`
  }
}

/** Objects with marked keys become Maps, which keep the order that the server gave. */
function restoreKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(restoreKeys)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value)
  if (!entries.some(([key]) => key.startsWith(KEPT))) {
    return Object.fromEntries(entries.map(([key, member]) => [key, restoreKeys(member)]))
  }
  return new Map(entries.map(([key, member]) => [key.startsWith(KEPT) ? key.slice(1) : key, restoreKeys(member)]))
}

/** The value as schemas know it: Maps are objects again. */
export function plain(value: unknown): unknown {
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, member]) => [String(key), plain(member)]))
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plain(member)]))
}

/** The root element of a document; a sentence where it is none. */
export function parseXml(text: string): XmlElement | string {
  try {
    return toElement(readXmlDocument(text))
  } catch (error) {
    if (error instanceof XmlError) return `not well-formed XML: ${error.message.trim()} (line ${error.line})`
    throw error
  }
}

const toElement = ({ name, attributes, children, text }: XmlNode): XmlElement => ({
  name,
  attributes: Object.fromEntries(attributes),
  children: children.map(toElement),
  text: children.length > 0 ? '' : text,
})

const NO_ROUTE = 998
/** What every release says to a route that it does not know, whatever the status of its legacy exit. */
const NO_ROUTE_WORDS = 'Invalid query, please check the syntax.'

/** Whether an answer says that there is no such route. */
export const isUnknownRoute = ({ status, message }: Pick<DecodedEnvelope, 'status' | 'message'>): boolean =>
  (status === NO_ROUTE || status === 404) && message.startsWith(NO_ROUTE_WORDS)
