import { levenshtein } from '#lib/nearest-name.ts'
import { isByRelease, type Releases } from '#lib/releases.ts'
import type { Access, Endpoint, Method, Route } from '#line/endpoint.ts'
import type { CallerTraits } from '#line/operation.ts'
import { parseSegment, splitTemplate } from '#line/route.ts'
import { a, isRecord, type MemberChecks, membersProblem, optional, show } from './members.ts'

const METHODS: Readonly<Record<Method, true>> = {
  GET: true,
  POST: true,
  PUT: true,
  PATCH: true,
  DELETE: true,
  OPTIONS: true,
}
const ACCESS: Readonly<Record<Access, true>> = {
  public: true,
  user: true,
  subadmin: true,
  'at-least-subadmin': true,
  admin: true,
  delegated: true,
  'subadmin-or-delegated': true,
  exapp: true,
  'app-api': true,
}

const CALLERS: MemberChecks<CallerTraits> = {
  oneTimeToken: optional(a.only(true)),
  disabledExApps: optional(a.either('always', 'while-installing')),
}

const RELEASES: MemberChecks<Releases> = {
  since: optional(a.number),
  until: optional(a.number),
  products: optional(a.list),
}

const ENDPOINT: MemberChecks<Endpoint> = {
  ...CALLERS,
  ...RELEASES,
  kind: a.only('endpoint'),
  id: a.name,
  app: a.name,
  method: a.word(METHODS),
  path: a.name,
  access: a.word(ACCESS),
  denial: optional(a.text),
  summary: a.text,
  exAppsForNobody: optional(a.only(true)),
  csrf: optional(a.only(false)),
  anonymous: optional(a.only('empty-page')),
  envelope: optional(a.either(false, 'v1')),
  notInXml: optional(a.only(true)),
  exit: optional(a.either('result', 'legacy')),
  passwordConfirmation: optional(a.either(true, 'strict')),
  input: optional(a.record),
  output: a.schema,
  responses: optional(a.record),
  failures: optional(a.record),
  probe: optional(a.record),
  writes: optional(a.only(true)),
  changes: optional(a.list),
  notImplemented: optional(a.list),
  data: optional(a.list),
  handle: a.fn,
}

const ROUTE: MemberChecks<Route> = {
  ...CALLERS,
  ...RELEASES,
  kind: a.only('route'),
  id: a.name,
  app: a.name,
  methods: a.list,
  path: a.name,
  identify: a.bool,
  openToDisabled: optional(a.fn),
  summary: a.text,
  data: optional(a.list),
  handle: a.fn,
}

type Members = Readonly<Record<string, unknown>>

/** What is wrong with an endpoint, in a sentence that begins with a verb; `null`: nothing. */
export function endpointProblem(given: Members): string | null {
  const problem = membersProblem(given, ENDPOINT)
  if (problem !== null) return problem
  const endpoint = given as unknown as Endpoint
  return (
    idProblem(endpoint) ??
    pathProblem(endpoint.path) ??
    scriptProblem(endpoint) ??
    inputProblem(endpoint) ??
    codesProblem(endpoint)
  )
}

/** What is wrong with a route, in a sentence that begins with a verb; `null`: nothing. */
export function routeProblem(given: Members): string | null {
  const problem = membersProblem(given, ROUTE)
  if (problem !== null) return problem
  const { methods, path } = given as unknown as Route
  const odd = methods.find((method) => !/^(?:[A-Z]+|\*)$/.test(method))
  if (odd !== undefined) return `has the method ${show(odd)}. Write it in capitals, or "*" for all.`
  return pathProblem(path)
}

/** Ids as the product's documents have them: `files-api-get`; those of undocumented ones are `files:GET /…`. */
function idProblem({ id, app }: Endpoint): string | null {
  if (id.startsWith(`${app}-`) || /^:[A-Z]+ \//.test(id.slice(app.length))) return null
  return `has an id that does not begin with its app. Write id: '${app}-${id}'.`
}

/** A template that no path could ever fit. */
function pathProblem(path: string): string | null {
  const has = `has the path "${path}"`
  if (!path.startsWith('/')) return `${has}, which does not begin with a slash. Write "/${path}".`
  if (/^\/ocs\/v[12]\.php/.test(path)) {
    return `${has}. Leave out "${path.slice(0, '/ocs/vN.php'.length)}": it is answered in both versions.`
  }
  const names = new Set<string>()
  for (const part of splitTemplate(path)) {
    const problem = segmentProblem(part, names)
    if (problem !== null) return `${has}, ${problem}`
  }
  return null
}

function segmentProblem(part: string, names: Set<string>): string | null {
  if (!/[{}]/.test(part)) return part.includes('?') ? `in which a "?" is none of a query. Leave it to "input".` : null
  const [, name, pattern] = /^\{(\w+)(?::(.+))?\}$/.exec(part) ?? []
  if (name === undefined) {
    return `in which "${part}" is no parameter. A parameter is a whole segment, such as "{id}" or "{id:\\\\d+}".`
  }
  try {
    parseSegment(part)
  } catch {
    return `in which "${pattern}" is no regular expression.`
  }
  if (names.has(name)) return `which has {${name}} twice.`
  names.add(name)
  return null
}

/** Where an endpoint can be: below `/ocs/vN.php`, or a controller of its app below `/index.php`. */
function scriptProblem({ app, path, envelope }: Endpoint): string | null {
  const [, script] = /^\/(\w+)\.php(?:\/|$)/.exec(path) ?? []
  if (script === undefined) {
    return envelope === 'v1' ? `has "v1" as "envelope", which is for paths below "/index.php". Leave it out.` : null
  }
  if (script !== 'index') return `has the path "${path}". Make it a route, by defineRoute().`
  if (!path.startsWith(`/index.php/apps/${app}/`) && path !== `/index.php/apps/${app}`) {
    return `has the path "${path}". Those of its app begin with "/index.php/apps/${app}/".`
  }
  return envelope === undefined
    ? `has the path "${path}" and no "envelope". Write envelope: false for plain JSON, or 'v1'.`
    : null
}

/** Parameters, and names that are in the path in another spelling. */
function inputProblem({ path, input = {} }: Endpoint): string | null {
  const inPath = splitTemplate(path).flatMap((part) => parseSegment(part)?.name ?? [])
  for (const [name, param] of Object.entries(input)) {
    if (!isRecord(param) || typeof (param as { coerce?: unknown }).coerce !== 'function') {
      const found = isRecord(param) && 'toJsonSchema' in param ? 'a schema, which is for "output"' : show(param)
      return `has ${found} as "input.${name}". Parameters are made by p, such as p.string().`
    }
    if (inPath.includes(name)) continue
    const other = inPath.find((known) => !Object.hasOwn(input, known) && isSpelledLike(known, name))
    if (other !== undefined) {
      return `has the parameter "${other}" in its path and "${name}" in "input". Write one name in both.`
    }
  }
  return null
}

/** The same but for capitals and underscores, or a letter. A plural is another word. */
function isSpelledLike(one: string, other: string): boolean {
  const [first, second] = [one, other].map((name) => name.replaceAll('_', '').toLowerCase()) as [string, string]
  if (first === second) return true
  return first.length > 4 && levenshtein(first, second) === 1 && first.endsWith('s') === second.endsWith('s')
}

/** Codes of failures, and statuses of answers with data. */
function codesProblem({ failures = {}, responses = {} }: Endpoint): string | null {
  for (const [code, message] of Object.entries(failures)) {
    if (!isFailure(Number(code))) {
      return `has the failure ${code}, which is none. Codes of OCS are from 101 to 199 or from 996 to 999, those of HTTP from 300 to 599.`
    }
    const isText = typeof message === 'string' || isByRelease(message)
    if (isText || (Array.isArray(message) && message.length > 0 && message.every((one) => typeof one === 'string'))) {
      continue
    }
    return `has ${show(message)} as the message of the failure ${code}. Write a text, or a list of texts.`
  }
  for (const [status, schema] of Object.entries(responses)) {
    if (!(Number(status) >= 100 && Number(status) < 600)) return `has the response ${status}, which is no status.`
    if (!a.schema.fits(schema)) return `has ${show(schema)} as the response ${status}, which is ${a.schema.expected}.`
  }
  return null
}

const isFailure = (code: number) =>
  (code > 100 && code < 200) || (code >= 300 && code < 600) || (code >= 996 && code <= 999)
