import { UserError } from '#lib/errors.ts'
import { parseStr } from '#lib/php.ts'
import type { JournalEntry } from './journal.ts'

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
  readonly operation?: string | null
  readonly outcome?: JournalEntry['outcome']
  readonly status?: number
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
  'body',
] as const satisfies readonly (keyof RequestMatcher)[]

const TEXTS = ['method', 'path', 'pathPattern'] as const

/**
 * A matcher from a document.
 * @throws UserError for a value that could never match.
 */
export function readRequestMatcher(given: Readonly<Record<string, unknown>>): RequestMatcher {
  for (const member of TEXTS) {
    if (given[member] !== undefined && typeof given[member] !== 'string') throw wrong(member, 'a text')
  }
  if (given.status !== undefined && typeof given.status !== 'number') throw wrong('status', 'a number')
  if (given.query !== undefined && !isObject(given.query)) throw wrong('query', 'an object')
  return given
}

const wrong = (member: string, what: string) =>
  new UserError(`Failed to look for requests: "${member}" is not ${what}.`)

/** What a member of a matcher asks of an entry. */
interface Check {
  readonly member: keyof RequestMatcher
  readonly wanted: unknown
  found(entry: JournalEntry): unknown
  test(entry: JournalEntry): boolean
}

/** A member in which an entry is not what was wanted. */
export interface Difference {
  readonly member: keyof RequestMatcher
  readonly wanted: unknown
  readonly found: unknown
}

/**
 * A predicate over entries.
 * @throws UserError for a path pattern that is no regular expression.
 */
export function matching(wanted: RequestMatcher): (entry: JournalEntry) => boolean {
  const checks = checksOf(wanted)
  return (entry) => checks.every((check) => check.test(entry))
}

/**
 * In what entries are not what was wanted.
 * @throws UserError for a path pattern that is no regular expression.
 */
export function differing(wanted: RequestMatcher): (entry: JournalEntry) => Difference[] {
  const checks = checksOf(wanted)
  return (entry) =>
    checks
      .filter((check) => !check.test(entry))
      .map((check) => ({ member: check.member, wanted: check.wanted, found: check.found(entry) }))
}

function checksOf(wanted: RequestMatcher): Check[] {
  return REQUEST_MEMBERS.filter((member) => wanted[member] !== undefined).map((member) => checkOf(member, wanted))
}

function checkOf(member: keyof RequestMatcher, matcher: RequestMatcher): Check {
  const wanted = matcher[member]
  switch (member) {
    case 'pathPattern': {
      const pattern = compile(wanted as string)
      return { member, wanted, found: ({ path }) => path, test: ({ path }) => pattern.test(path) }
    }
    case 'path': {
      const found = ({ path }: JournalEntry) => path
      const text = wanted as string
      if (!text.includes('*')) return { member, wanted, found, test: ({ path }) => path === text }
      const pattern = compile(ofWildcards(text))
      return { member, wanted, found, test: ({ path }) => pattern.test(path) }
    }
    case 'query': {
      const found = ({ query }: JournalEntry) => parseStr(query)
      return { member, wanted, found, test: (entry) => includes(found(entry), wanted) }
    }
    case 'body': {
      const found = ({ body, contentType }: JournalEntry) =>
        body === null || typeof wanted === 'string' ? body : decodeBody(body, contentType)
      return { member, wanted, found, test: (entry) => bodyMatches(entry, wanted) }
    }
  }
  const found = (entry: JournalEntry) => entry[member]
  return { member, wanted, found, test: (entry) => found(entry) === wanted }
}

/** `*` is any part of a segment, `**` any part of a path. */
function ofWildcards(path: string): string {
  const escaped = path.replace(/[.+?^${}()|[\]\\]/g, '\\$&')
  return `^${escaped.replace(/\*+/g, (stars) => (stars.length > 1 ? '.*' : '[^/]*'))}$`
}

function compile(pattern: string): RegExp {
  try {
    return new RegExp(pattern)
  } catch (error) {
    throw new UserError(`Failed to look for requests: ${(error as Error).message}.`)
  }
}

function bodyMatches({ body, contentType }: JournalEntry, wanted: unknown): boolean {
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
