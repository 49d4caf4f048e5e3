/** How much a difference matters, the worst first. */
export const SEVERITIES = ['breaks', 'differs', 'undocumented', 'noted'] as const
export type Severity = (typeof SEVERITIES)[number]

/** What a finding breaks. */
export type Rule =
  /** The body cannot be read. */
  | 'well-formed'
  /** The HTTP status does not follow from the OCS status. */
  | 'http-status'
  | 'content-type'
  /** The meta of the envelope. */
  | 'envelope'
  /** Who may call. */
  | 'access'
  /** Which routes exist. */
  | 'route'
  /** How parameters are read. */
  | 'input'
  /** The data of a success. */
  | 'schema'
  /** A failure that is not declared, or another one than declared. */
  | 'failure'
  /** The server crashed. */
  | 'server-error'
  /** XML is what the JSON of the same call encodes to. */
  | 'xml'
  /** v1 and v2 say the same. */
  | 'versions-agree'
  /** A parameter that nobody knows changes nothing. */
  | 'unknown-parameter'
  /** A limit limits, and an offset skips. */
  | 'limit'
  /** A list comes in its order. */
  | 'order'
  /** A header that clients read. */
  | 'header'
  /** The state after a change is what the model says. */
  | 'state'
  /** What a consumer's tests relied on. */
  | 'contract'
  /** No answer could be had. */
  | 'unanswered'
  /** Between two servers: something is gone, is new, or is another. */
  | 'removed'
  | 'added'
  | 'changed'

/** One difference between an answer and what is defined. */
export interface Finding {
  readonly operation: string
  /** JSON pointer, XML path, `status`, or `header NAME`. */
  readonly where: string
  readonly expected: string
  readonly got: string
  readonly severity: Severity
  readonly rule: Rule
  /** Whose request in which variants showed it: `admin v2 json`. */
  readonly seen: readonly string[]
  /** A shell command that sends the same request, without secrets. */
  readonly reproduce: string
  /** The beginning of the answer's body, without secrets; empty: it had none. Not there: nobody answered, or kept it. */
  readonly answer?: string
}

/** That somebody without credentials, or with wrong ones, is let in says more than that others are. */
const isGraver = (one: Finding, other: Finding): boolean =>
  one.rule === 'access' && /^(997|401)/.test(one.expected) && !/^(997|401)/.test(other.expected)

/** One finding for what several requests showed in the same place. The first one's details stay. */
export function mergeFindings(findings: readonly Finding[]): Finding[] {
  const merged = new Map<string, Finding>()
  for (const finding of findings) {
    const key = keyOf(finding)
    const known = merged.get(key)
    const told = known && isGraver(finding, known) ? finding : (known ?? finding)
    merged.set(key, known ? { ...told, seen: [...new Set([...told.seen, ...known.seen, ...finding.seen])] } : finding)
  }
  return [...merged.values()].sort(
    (a, b) =>
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
      (a.operation < b.operation ? -1 : a.operation > b.operation ? 1 : 0),
  )
}

/**
 * What makes two findings the same one: the place and what should be there, in JSON or XML, wherever in a
 * list. Who may call is one question, whoever showed it.
 */
export function keyOf({
  operation,
  rule,
  where,
  expected,
}: Pick<Finding, 'operation' | 'rule' | 'where' | 'expected'>): string {
  if (rule === 'access') return `${operation} ${rule}`
  const place = where.replace(/\/(\d+|element\[\d+\])(?=\/|$)/g, '/*')
  return `${operation} ${rule} ${place} ${expected.replaceAll('"', '')}`
}

/** What is not found again is only noted: a busy server fails once. */
export function notedUnlessAgain(findings: readonly Finding[], again: readonly Finding[]): Finding[] {
  const keys = new Set(again.map(keyOf))
  return findings.map((finding) =>
    keys.has(keyOf(finding)) ? finding : { ...finding, severity: 'noted', got: `${finding.got}, once` },
  )
}

/** Whether one severity is at least as bad as another. */
export const isAtLeast = (severity: Severity, least: Severity): boolean =>
  SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(least)

/** What a server keeps of a password: nobody has to see it to know that it is there. */
const HASH = /\d\|\$[^"\s]+/g

/** A text without what a server keeps of passwords. */
export const withoutHashes = (text: string): string => text.replace(HASH, '<hash>')

/** A short text for a value of an answer. */
export function show(value: unknown): string {
  const text = withoutHashes(JSON.stringify(value) ?? String(value))
  return text.length > 100 ? `${text.slice(0, 97)}...` : text
}
