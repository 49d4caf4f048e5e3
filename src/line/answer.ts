import type { PhpArray, PhpValue } from '#lib/php.ts'
import { queryOf } from '#lib/query.ts'
import type { KnownOperation, Profile, Quirks } from '#profiles/profile.ts'
import { VERSION } from '#version.ts'
import type { Denial } from './authorize.ts'
import { type Answer, bare, type Call, jsonAnswer, type OcsMeta, webRootOf } from './call.ts'
import { encodeJson, encodeXml, toJson } from './encode.ts'
import type { Result } from './endpoint.ts'
import { type Envelope, envelopeV1, envelopeV2, type Outcome } from './envelope.ts'
import { because } from './why.ts'

/** What both exits need to know about how an OCS call was asked. */
export interface OcsExit {
  readonly version: 1 | 2
  /** As asked; what is neither `json` nor `xml` is XML. */
  readonly format: string
  readonly quirks: Quirks
  /** What a parameter says, where the legacy exit does not look at Accept. */
  readonly legacyFormat?: string
  /** The operation answers JSON without an envelope, whatever format was asked for. */
  readonly plain?: boolean
  /** What the operation makes its answer of; see `EndpointDefinition.exit`. */
  readonly form?: 'result' | 'legacy'
  /** Asked below `index.php`, where what no controller answers is a page. */
  readonly isPage?: true
  /** The legacy exit's own meta. */
  readonly bare?: true
  /** Another form of data and meta, as a manual prints it. */
  readonly print?: { readonly data: PhpValue; meta(meta: PhpArray): PhpArray }
}

const NO_CONTENT = 204
const NOT_MODIFIED = 304

/** The exit of controllers: everything that a handler decided, and what it may not do. */
export function answerResult(exit: OcsExit, result: Result): Answer {
  if (exit.form === 'legacy') return answerByLegacyExit(exit, result, result.headers ?? {})
  const { httpStatus, body, ocs } = exit.plain ? renderPlain(result) : render(exit, result)
  const type = exit.plain || exit.format === 'json' ? 'application/json; charset=utf-8' : exit.quirks.controllerXmlType
  const headers: [string, string][] = [['Content-Type', type]]
  for (const name in result.headers) headers.push([name, result.headers[name]!])
  for (const cookie of result.cookies ?? []) headers.push(['Set-Cookie', cookie])
  return { status: httpStatus, headers, body, ...(ocs && { ocs }) }
}

/** The legacy exit: unknown routes, wrong credentials, crashes, maintenance. Its XML has another type. */
export function answerLegacy(
  exit: OcsExit,
  status: number,
  message: string,
  headers: Record<string, string> = {},
): Answer {
  return answerByLegacyExit(exit, { status, message, data: [] }, headers)
}

function answerByLegacyExit(exit: OcsExit, outcome: Outcome, headers: Readonly<Record<string, string>>): Answer {
  const bare = exit.quirks.legacyMeta === 'bare' ? bareExit(exit) : exit
  const { httpStatus, body, ocs } = render(bare, outcome)
  const all = [['Content-Type', legacyType(bare)], ...exit.quirks.legacyHeaders, ...Object.entries(headers)] as const
  return { status: httpStatus, headers: all, body, ...(ocs && { ocs }) }
}

/** Meta without counts; in v2 the status is that of HTTP, but for 997 (Nextcloud 27.1.10, corpus). */
const bareExit = (exit: OcsExit): OcsExit => ({ ...exit, format: exit.legacyFormat ?? exit.format, bare: true })

function legacyType({ format, quirks }: OcsExit): string {
  if (format === 'json') return 'application/json; charset=utf-8'
  return format === 'xml' ? quirks.legacyXmlType : 'application/octet-stream; charset=utf-8'
}

/** A denial of the security step. Only 401 and 403 get an envelope; browsers are sent to the login. */
export function answerDenial(exit: OcsExit, denial: Denial, call: Call): Answer {
  return saying(denialAnswer(exit, denial, call), denial)
}

/** An answer with a reason, and with a word of ours on what the request lacks. */
export const saying = (answer: Answer, { missing, why }: Pick<Denial, 'missing' | 'why'>): Answer => ({
  ...answer,
  headers: missing === undefined ? answer.headers : [...answer.headers, ['X-OCS-Mock', missing]],
  why,
})

function denialAnswer(exit: OcsExit, denial: Denial, call: Call): Answer {
  const headers = denial.headers ?? {}
  const wantsHtml = /html/i.test(call.header('accept'))
  if (denial.status === 401 && wantsHtml) return loginRedirect(call)
  if (denial.status === 412) {
    if (!wantsHtml) return jsonAnswer(412, { message: denial.message })
    return { status: 412, headers: [['Content-Type', 'text/html; charset=UTF-8']], body: errorPage(denial.message) }
  }
  const { message } = denial
  if (exit.plain) return answerResult(exit, { status: denial.status, data: { message }, headers })
  const status = denial.status === 401 ? 997 : denial.status
  // Seen from a browser the real server has rendered a page by then, and its message is lost.
  const isLost = wantsHtml && !denial.keepsMessage
  return answerResult(exit, { status, data: [], message: isLost ? '' : message, headers })
}

function loginRedirect(call: Call): Answer {
  const root = webRootOf(call)
  const target = queryOf({ redirect_url: root + call.path + (call.query ? `?${call.query}` : '') })
  return bare(303, [['Location', `${root}/index.php/login?${target}`]])
}

/** A page that says no more than what is wrong. */
export const errorPage = (message: string) =>
  `<!DOCTYPE html>\n<html><head><title>Nextcloud</title></head><body><p>${message}</p></body></html>\n`

/** The product has this operation and we do not: loud, never an answer that a test could take for real. */
export function answerNotBuilt(exit: OcsExit, operation: KnownOperation, profile: Profile): Answer {
  const message = notBuilt(operation, profile)
  const data: PhpValue = { operation: operation.id, method: operation.method, path: operation.path, ocsMock: VERSION }
  const answer = answerResult(exit, { status: 501, data, message, headers: { 'X-OCS-Mock': 'not-implemented' } })
  return because({ ...answer, status: 501 }, 'not-built', message)
}

const notBuilt = ({ id, method, path }: KnownOperation, { productName, versionString }: Profile) =>
  `ocs-mock ${VERSION} does not implement ${id} (${method} ${path}), which ${productName} ${versionString} has.`

/** The same of a page, or of what a page's programs ask for. */
export function answerPageNotBuilt(operation: KnownOperation, profile: Profile): Answer {
  const message = notBuilt(operation, profile)
  const answer = { ...bare(501, [['X-OCS-Mock', 'not-implemented']]), body: errorPage(message) }
  return because(answer, 'not-built', message)
}

interface Rendered {
  readonly httpStatus: number
  readonly body: string
  readonly ocs?: OcsMeta
}

/** JSON without an envelope, with the HTTP status that v2 has for it. */
function renderPlain(result: Result): Rendered {
  const { httpStatus } = envelopeV2(result)
  return { httpStatus, body: isBodiless(httpStatus) ? '' : toJson(result.data) }
}

const isBodiless = (httpStatus: number) => httpStatus === NO_CONTENT || httpStatus === NOT_MODIFIED

function render(exit: OcsExit, outcome: Outcome): Rendered {
  const { httpStatus, meta } = (exit.version === 1 ? envelopeV1 : envelopeV2)(outcome, exit.quirks.ownStatuses)
  const encode = exit.format === 'json' ? encodeJson : encodeXml
  const sent = exit.print ? exit.print.meta(meta) : metaOf(exit, meta, httpStatus)
  const ocs = { status: Number(sent.statuscode), message: String(sent.message ?? '') }
  if (isBodiless(httpStatus)) return { httpStatus, body: '', ocs }
  if (exit.print) return { httpStatus, body: encode(sent, exit.print.data), ocs }
  return { httpStatus, body: encode(sent, outcome.data, outcome.encoded), ocs }
}

/** The meta element as the exit and the kind of answer have it. */
function metaOf(exit: OcsExit, meta: Envelope['meta'], httpStatus: number): PhpArray {
  const { version, bare, form, quirks } = exit
  if (!bare && !form && quirks.countsInV2 === 'where-set') return meta
  const { status, statuscode, totalitems = '', itemsperpage = '' } = meta
  const code = bare && version === 2 && statuscode !== UNAUTHORISED ? httpStatus : statuscode
  const message = form ? (status === 'ok' ? null : meta.message || null) : meta.message!
  return { status, statuscode: code, message, ...(bare ? {} : { totalitems, itemsperpage }) }
}

const UNAUTHORISED = 997
