import { UserError } from '../failures.ts'
import { parseStr } from '../php.ts'
import type { JournalEntry } from './journal.ts'

/** Which requests are meant; what is left out may be anything. */
export interface RequestMatcher {
  readonly method?: string
  /** The path without the query, as it came. */
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

/**
 * A predicate over entries.
 * @throws UserError for a path pattern that is no regular expression.
 */
export function matching(wanted: RequestMatcher): (entry: JournalEntry) => boolean {
  const { query, body, pathPattern, ...plain } = wanted
  const pattern = pathPattern === undefined ? null : compile(pathPattern)
  const members = Object.entries(plain).filter(([, value]) => value !== undefined)
  return (entry) =>
    members.every(([member, value]) => entry[member as keyof typeof plain] === value) &&
    (pattern === null || pattern.test(entry.path)) &&
    (query === undefined || includes(parseStr(entry.query), query)) &&
    (body === undefined || bodyMatches(entry, body))
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
