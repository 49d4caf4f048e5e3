import type { Json, JsonObject } from '#lib/json.ts'
import { decodeEnvelope, headerOf, textOf } from '#verify/decode-answer.ts'
import { mediaTypeOf, pairsOf, readAnswer, readRequest } from './content.ts'
import type { Content, Interaction, InteractionRequest, InteractionResponse, Part, Sequence } from './contract.ts'
import { type IdsOfApp, Naming, type Where } from './naming.ts'
import { placeholder } from './placeholder.ts'
import type { RawExchange } from './raw-exchange.ts'
import { touched } from './touched.ts'

export interface RawSequence {
  readonly seed: JsonObject
  /** What changed the same world before, in other tests. */
  readonly earlier: readonly RawExchange[]
  readonly exchanges: readonly RawExchange[]
}

const READING_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'PROPFIND', 'REPORT', 'SEARCH'])

/** Whether a request changes nothing. */
export const isReading = (method: string): boolean => READING_METHODS.has(method)

/** A sequence as contracts keep it: what the world gave is named, secrets are redacted, equal interactions are one. */
export function writeSequence({ seed, earlier, exchanges }: RawSequence, idsOf: IdsOfApp): Sequence {
  const all = [...earlier, ...exchanges]
  const naming = new Naming(idsOf, usedIn(all))
  const state = touched(seed, new Set(all.flatMap(({ handled }) => handled.actor.userId ?? [])), all.flatMap(textsOf))
  const providerState = nameState(state, naming, all[0]?.at ?? 0)
  const before = inOrder(earlier).map((one) => writeInteraction(one, naming))
  const interactions = fold(inOrder(exchanges).map((one) => writeInteraction(one, naming)))
  return { providerState, ...(before.length === 0 ? {} : { earlier: before }), interactions }
}

/** Reading requests between two changes may come in any order. */
function inOrder(exchanges: readonly RawExchange[]): RawExchange[] {
  const ordered: RawExchange[] = []
  let reading: RawExchange[] = []
  const flush = () => {
    ordered.push(...reading.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)))
    reading = []
  }
  for (const exchange of exchanges) {
    if (isReading(exchange.call.method)) {
      reading.push(exchange)
      continue
    }
    flush()
    ordered.push(exchange)
  }
  flush()
  return ordered
}

const keyOf = ({ call, headers, handled }: RawExchange): string =>
  JSON.stringify([call.path, call.method, call.query, handled.actor.userId, headers.accept ?? ''])

/** What is asked again between two changes, and answered alike, is one interaction. */
function fold(interactions: readonly Interaction[]): Interaction[] {
  const kept: Interaction[] = []
  let seen = new Set<string>()
  for (const interaction of interactions) {
    if (!isReading(interaction.request.method)) seen = new Set()
    else if (seen.has(JSON.stringify(interaction))) continue
    else seen.add(JSON.stringify(interaction))
    kept.push(interaction)
  }
  return kept
}

/** Ids and etags that requests name. */
function usedIn(exchanges: readonly RawExchange[]): Set<string> {
  const used = new Set<string>()
  for (const { call, headers, body } of exchanges) {
    for (const segment of call.path.split('/')) used.add(decode(segment))
    for (const value of new URLSearchParams(call.query).values()) used.add(value)
    for (const [name, value] of Object.entries(headers))
      if (name.startsWith('if')) used.add(value.replace(/^(W\/)?"|"$/g, ''))
    for (const word of new TextDecoder().decode(body.subarray(0, MOST_LOOKED_AT)).match(/[\w-]+/g) ?? []) used.add(word)
  }
  return used
}

const MOST_LOOKED_AT = 16_384

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

const textsOf = ({ call, headers, body, answer }: RawExchange): string[] => [
  call.path,
  decode(call.query),
  headers.destination ?? '',
  decode(new TextDecoder().decode(body)),
  textOf(answer),
]

/** Keys of seeds that name what a server would give out. */
function nameState(state: JsonObject, naming: Naming, now: number): JsonObject {
  const name = (value: Json, key: string, member: string): Json => {
    if (Array.isArray(value)) return value.map((item: Json) => name(item, key, member))
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([inner, item]) => [inner, name(item, inner, member)]))
    if (member === 'files' && key === 'id') return placeholder(naming.know('file', String(value)), 'number')
    if (typeof value === 'boolean' || value === null) return value
    return naming.leaf(value, { key: key === 'id' ? '' : key, app: '', now, origin: NOWHERE })
  }
  return Object.fromEntries(Object.entries(state).map(([member, value]) => [member, name(value, '', member)]))
}

/** No address. */
const NOWHERE = '\u0000'

function writeInteraction(exchange: RawExchange, naming: Naming): Interaction {
  const { call, handled, app, at } = exchange
  const where: Where = { key: '', app, now: at, origin: call.origin }
  const request = writeRequest(exchange, naming, { ...where, isRefused: isRefused(exchange) })
  const cannot = exchange.cannotVerify ?? ownReason(exchange, request)
  return {
    operation: handled.operation,
    as: whoOf(exchange, naming),
    ...withOf(exchange),
    request,
    response: writeResponse(exchange, naming, where),
    ...(cannot === null ? {} : { cannotVerify: cannot }),
  }
}

/** Whether a server says that it does not take a password. */
function isRefused({ answer }: RawExchange): boolean {
  const decoded = decodeEnvelope(answer)
  return typeof decoded !== 'string' && decoded.status !== 200 && /\bpassword\b/i.test(decoded.message)
}

function ownReason({ handled }: RawExchange, { body }: InteractionRequest): string | null {
  if (handled.fault !== undefined) return `"${handled.fault}" had a hand in the answer`
  if (handled.outcome === 'not-built') return 'ocs-mock has no answer of its own'
  if (handled.outcome === 'not-recorded') return 'there was no recorded answer'
  return body && 'bytes' in body ? 'its body is too large to keep' : null
}

function whoOf({ handled, headers }: RawExchange, naming: Naming): string {
  const { userId } = handled.actor
  if (userId !== null) return userId
  const login = loginOf(headers.authorization ?? '')
  if (login === null) return 'anonymous'
  const link = naming.called('token', login)
  return link === undefined ? `wrong password of ${login}` : placeholder(link)
}

/** The login name of Basic; `null`: there is none. */
function loginOf(authorization: string): string | null {
  const [, encoded] = /^basic\s+(\S+)$/i.exec(authorization) ?? []
  try {
    return encoded === undefined
      ? null
      : new TextDecoder().decode(Uint8Array.from(atob(encoded), (c) => c.charCodeAt(0))).split(':')[0]!
  } catch {
    return null
  }
}

const WITH = { 'app-password': 'app password', bearer: 'bearer token', 'app-api': 'ExApp' } as const

function withOf({ handled }: RawExchange): Pick<Interaction, 'with'> {
  const { via } = handled.actor
  return Object.hasOwn(WITH, via) ? { with: WITH[via as keyof typeof WITH] } : {}
}

function writeRequest({ call, headers, body }: RawExchange, naming: Naming, where: Where): InteractionRequest {
  const query = pairsOf(call.query)
  const content = readRequest(body, headers['content-type'] ?? '')
  const kept = writeHeaders(headers, naming, where)
  return {
    method: call.method,
    path: naming.path(call.path, where),
    ...(Object.keys(query).length === 0 ? {} : { query: naming.pairs(query, where) }),
    ...(Object.keys(kept).length === 0 ? {} : { headers: kept }),
    ...(content === undefined ? {} : { body: nameRequest(content, naming, where) }),
  }
}

function writeHeaders(headers: RawExchange['headers'], naming: Naming, where: Where): Record<string, string> {
  const kept: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers).sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (value === '' || name === 'authorization') continue
    if (name === 'accept' && value === '*/*') continue
    // A page has its own proof that it is no other one, which is as good.
    if (name === 'requesttoken') kept['ocs-apirequest'] ??= 'true'
    else if (name === 'accept-language') {
      if (!value.startsWith('en') && value !== '*') kept[name] = value
    } else if (name === 'content-type' && value.startsWith('multipart/')) kept[name] = mediaTypeOf(value)
    else kept[name] = name === 'destination' ? writeDestination(value, naming, where) : naming.text(value, where)
  }
  return kept
}

function writeDestination(value: string, naming: Naming, where: Where): string {
  const path = value.startsWith(where.origin) ? value.slice(where.origin.length) : value
  return (path === value ? '' : placeholder('server')) + naming.path(path, where)
}

/** Members of a JSON body are parameters, as those of a form are. */
function nameRequest(content: Content, naming: Naming, where: Where): Content {
  if ('form' in content) return { form: naming.pairs(content.form, where) }
  if ('json' in content) return { json: nameParameters(content.json, naming, where) }
  if ('text' in content) return { text: naming.text(content.text, where) }
  if ('parts' in content) return { parts: content.parts.map((part) => namePart(part, naming, where)) }
  return content
}

function nameParameters(value: Json, naming: Naming, where: Where): Json {
  if (Array.isArray(value)) return value.map((item: Json) => nameParameters(item, naming, where))
  if (typeof value === 'string') return naming.parameter(value, where)
  if (typeof value === 'number') {
    const named = naming.parameter(String(value), where)
    return named === String(value) ? naming.moment(value, where) : named.replace(/\}$/, ': number}')
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, nameParameters(item, naming, { ...where, key })]),
  )
}

const namePart = (part: Part, naming: Naming, where: Where): Part =>
  part.text === undefined || part.filename !== undefined
    ? part
    : { ...part, text: naming.parameter(part.text, { ...where, key: part.name }) }

function writeResponse({ answer, handled }: RawExchange, naming: Naming, where: Where): InteractionResponse {
  if (handled.outcome === 'dropped') return { status: 0 }
  const type = headerOf(answer, 'content-type')
  const location = headerOf(answer, 'location')
  const content = readAnswer(answer.body, type)
  return {
    status: answer.status,
    ...(type === '' || content === undefined ? {} : { type: mediaTypeOf(type) }),
    ...(location === '' ? {} : { location: naming.path(location, where) }),
    ...(content === undefined ? {} : { body: nameAnswer(content, naming, where) }),
  }
}

/** The body of an answer with names in it. */
function nameAnswer(content: Content, naming: Naming, where: Where): Content {
  if ('json' in content) return { json: naming.tree(content.json, where) }
  if ('xml' in content) return { xml: naming.tree(content.xml, where) }
  if ('text' in content) return { text: naming.text(content.text, where) }
  return content
}
