import { messageOf, UserError } from '#lib/errors.ts'
import { compilePattern, type Pattern } from '#lib/pattern.ts'
import { parseStr } from '#lib/php-form.ts'
import type { OperationId } from '#line/operation.ts'
import { WHY_CODES, type WhyCode } from '#line/why.ts'
import type { RequestFacts } from './journal-entry.ts'

/** Which requests are meant; what is left out may be anything. */
export interface RequestMatcher {
  readonly method?: string
  /** The path without the query, as it came; `*` stands for any part of a segment, `**` for any part of the path. */
  readonly path?: string
  /** A regular expression that the path has to match somewhere. */
  readonly pathPattern?: string
  /** Parameters of the query; others may be there too. */
  readonly query?: Readonly<Record<string, unknown>>
  /** `null`: anonymous. */
  readonly actor?: string | null
  readonly operation?: OperationId | null
  readonly outcome?: RequestFacts['outcome']
  readonly status?: number
  /** Of the envelope, as it was sent; `null`: there was none. */
  readonly ocsStatus?: number | null
  /** The step that decided the answer, such as `csrf`. */
  readonly why?: WhyCode
  /** Members of a JSON or form body; others may be there too. As text: the whole body. */
  readonly body?: unknown
}

export const REQUEST_MEMBERS = [
  'method',
  'path',
  'pathPattern',
  'query',
  'actor',
  'operation',
  'outcome',
  'status',
  'ocsStatus',
  'why',
  'body',
] as const satisfies readonly (keyof RequestMatcher)[]

const TEXTS = ['method', 'path', 'pathPattern'] as const

/**
 * A matcher from a document.
 * @throws UserError for a value that could never match.
 */
export function readRequestMatcher(document: Readonly<Record<string, unknown>>): RequestMatcher {
  for (const member of TEXTS) {
    if (document[member] !== undefined && typeof document[member] !== 'string') throw wrong(member, 'a text')
  }
  if (document.status !== undefined && typeof document.status !== 'number') throw wrong('status', 'a number')
  if (document.ocsStatus !== undefined && document.ocsStatus !== null && typeof document.ocsStatus !== 'number')
    throw wrong('ocsStatus', 'a number')
  if (document.why !== undefined && !WHY_CODES.some((code) => code === document.why))
    throw wrong('why', `one of ${WHY_CODES.join(', ')}`)
  if (document.query !== undefined && !isObject(document.query)) throw wrong('query', 'an object')
  return document
}

const wrong = (member: string, what: string) =>
  new UserError(`Failed to look for requests: "${member}" is not ${what}.`)

/** What a member of a matcher asks of an entry. */
interface MemberCheck {
  readonly member: keyof RequestMatcher
  readonly wanted: unknown
  found(entry: RequestFacts): unknown
  test(entry: RequestFacts): boolean
}

/** A member in which an entry is not what was wanted. */
export interface MemberDifference {
  readonly member: keyof RequestMatcher
  readonly wanted: unknown
  readonly found: unknown
}

/**
 * A predicate over entries.
 * @throws UserError for a path pattern that is no regular expression.
 */
export function matching(matcher: RequestMatcher): (entry: RequestFacts) => boolean {
  const checks = checksOf(matcher)
  return (entry) => checks.every((check) => check.test(entry))
}

/**
 * In what entries are not what was wanted.
 * @throws UserError for a path pattern that is no regular expression.
 */
export function differing(matcher: RequestMatcher): (entry: RequestFacts) => MemberDifference[] {
  const checks = checksOf(matcher)
  return (entry) =>
    checks
      .filter((check) => !check.test(entry))
      .map((check) => ({ member: check.member, wanted: check.wanted, found: check.found(entry) }))
}

function checksOf(matcher: RequestMatcher): MemberCheck[] {
  return REQUEST_MEMBERS.filter((member) => matcher[member] !== undefined).map((member) => checkOf(member, matcher))
}

function checkOf(member: keyof RequestMatcher, matcher: RequestMatcher): MemberCheck {
  const wanted = matcher[member]
  switch (member) {
    case 'pathPattern': {
      const pattern = compile(wanted as string)
      return { member, wanted, found: ({ path }) => path, test: ({ path }) => pattern.test(path) }
    }
    case 'path': {
      const found = ({ path }: RequestFacts) => path
      const text = wanted as string
      if (!text.includes('*')) return { member, wanted, found, test: ({ path }) => path === text }
      const pattern = compile(ofWildcards(text))
      return { member, wanted, found, test: ({ path }) => pattern.test(path) }
    }
    case 'query': {
      const found = ({ query }: RequestFacts) => parseStr(query)
      return { member, wanted, found, test: (entry) => includes(found(entry), wanted) }
    }
    case 'body': {
      const found = ({ body, contentType }: RequestFacts) =>
        body === null || typeof wanted === 'string' ? body : decodeBody(body, contentType)
      return { member, wanted, found, test: (entry) => bodyMatches(entry, wanted) }
    }
    case 'ocsStatus': {
      const found = ({ ocs }: RequestFacts) => ocs?.status ?? null
      return { member, wanted, found, test: (entry) => found(entry) === wanted }
    }
    case 'why': {
      const found = ({ why }: RequestFacts) => why?.code
      return { member, wanted, found, test: (entry) => found(entry) === wanted }
    }
  }
  const found = (entry: RequestFacts) => entry[member]
  return { member, wanted, found, test: (entry) => found(entry) === wanted }
}

/** `*` is any part of a segment, `**` any part of a path. */
function ofWildcards(path: string): string {
  const escaped = path.replace(/[.+?^${}()|[\]\\]/g, '\\$&')
  return `^${escaped.replace(/\*+/g, (stars) => (stars.length > 1 ? '.*' : '[^/]*'))}$`
}

function compile(pattern: string): Pattern {
  try {
    return compilePattern(pattern)
  } catch (error) {
    throw new UserError(`Failed to look for requests: ${messageOf(error)}`)
  }
}

function bodyMatches({ body, contentType }: RequestFacts, wanted: unknown): boolean {
  if (body === null) return wanted === null
  return typeof wanted === 'string' ? body === wanted : includes(decodeBody(body, contentType), wanted)
}

function decodeBody(body: string, contentType: string): unknown {
  if (/^application\/x-www-form-urlencoded/i.test(contentType)) return parseStr(body)
  try {
    return JSON.parse(body)
  } catch {
    return body
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether everything that is wanted is there; lists have to be the same length. */
function includes(value: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) {
    return Array.isArray(value) && value.length === wanted.length && wanted.every((item, i) => includes(value[i], item))
  }
  if (isObject(wanted)) {
    return (
      isObject(value) &&
      Object.entries(wanted).every(([key, item]) => Object.hasOwn(value, key) && includes(value[key], item))
    )
  }
  return value === wanted
}
