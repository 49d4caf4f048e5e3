import type { InteractionResponse } from '#contract/contract.ts'
import { isJsonObject, type Json } from '#lib/json.ts'
import { compareValues, type Difference } from '../compare-values.ts'
import { show } from '../finding.ts'
import { PREFIX } from '../stateful/own-names.ts'
import { documentOf, type SeenAnswer } from './expectation.ts'
import type { KnownValues } from './known-values.ts'

/** Whose accounts and groups stand in lists of a server. */
export interface Whose {
  /** What names of this sequence begin with; the empty string: it has none. */
  readonly prefix: string
  /** Accounts and groups that were there before. */
  readonly others: ReadonlySet<string>
}

/** In what an answer is not what the tests saw. */
export function compare(
  response: InteractionResponse,
  expected: Json | undefined,
  got: SeenAnswer,
  values: KnownValues,
  whose: Whose,
): Difference[] {
  if (response.status !== got.status) return [statusDifference(response, got)]
  const found: Difference[] = []
  const type = response.type ?? ''
  if (type !== got.type && (type !== '' || got.type !== ''))
    found.push({
      where: 'header Content-Type',
      expected: type || 'none',
      got: got.type || 'none',
      severity: 'differs',
      rule: 'content-type',
    })
  if (response.location !== undefined) {
    const location = values.expect(response.location, got.location)
    if (location !== got.location)
      found.push({
        where: 'header Location',
        expected: show(location),
        got: show(got.location),
        severity: 'differs',
        rule: 'contract',
      })
  }
  return [...found, ...compareBodies(response, expected, got, values, whose)]
}

function compareBodies(
  { body }: InteractionResponse,
  expected: Json | undefined,
  got: SeenAnswer,
  values: KnownValues,
  whose: Whose,
): Difference[] {
  if (expected === undefined) {
    if (body !== undefined || got.body === undefined) return []
    return [bodyDifference('no body', 'a body')]
  }
  const document = documentOf(got.body)
  if (document === undefined)
    return [bodyDifference('a body', got.body === undefined ? 'no body' : 'another kind of body')]
  const seen = withoutOthers(expected, document, whose)
  const found: Difference[] = []
  const wanted = values.expect(expected, seen)
  compareValues(wanted, seen, '', (difference) => {
    // More members break nobody; one more item of a list is another list.
    const severity =
      difference.expected === 'absent' && isInList(wanted, difference.where) ? 'differs' : difference.severity
    found.push({ ...difference, severity, rule: 'contract' })
  })
  const statuses = found.filter(({ where }) => /^\/ocs\/meta\/status(code)?$/.test(where))
  // What else a failure says follows from that it is one.
  return statuses.length > 0 ? found.filter(({ where }) => where.startsWith('/ocs/meta/')) : firstOfLists(found)
}

/** Whether what a JSON pointer leads to stands, or would stand, in a list. */
function isInList(document: Json, pointer: string): boolean {
  let value: Json | undefined = document
  for (const key of pointer.split('/').slice(1, -1)) {
    const name = key.replaceAll('~1', '/').replaceAll('~0', '~')
    value = Array.isArray(value)
      ? (value as readonly Json[])[Number(name)]
      : isJsonObject(value)
        ? value[name]
        : undefined
  }
  return Array.isArray(value)
}

const bodyDifference = (expected: string, got: string): Difference => ({
  where: '',
  expected,
  got,
  severity: 'breaks',
  rule: 'contract',
})

function statusDifference({ status, body }: InteractionResponse, got: SeenAnswer): Difference {
  return {
    where: 'status',
    expected: `HTTP ${status}${metaOf(documentOf(body))}`,
    got: `HTTP ${got.status}${metaOf(documentOf(got.body))}`,
    severity: 'breaks',
    rule: 'contract',
  }
}

/** What an envelope says of itself: `, 404 User does not exist`. */
function metaOf(document: Json | undefined): string {
  const meta = isJsonObject(document) && isJsonObject(document.ocs) ? document.ocs.meta : undefined
  return isJsonObject(meta) ? `, ${String(meta.statuscode)} ${String(meta.message ?? '')}`.trimEnd() : ''
}

/** Lists without the accounts and groups of others. */
function withoutOthers(expected: Json, got: Json, whose: Whose): Json {
  if (Array.isArray(got)) {
    const wanted: readonly Json[] = Array.isArray(expected) ? expected : []
    const namesOurs = whose.prefix !== '' && JSON.stringify(wanted).includes(whose.prefix)
    const items = got as readonly Json[]
    const kept = items.filter((item) => wanted.includes(item) || !isOther(item, whose, namesOurs))
    return kept.map((item, i) => withoutOthers(wanted[i] ?? null, item, whose))
  }
  if (!isJsonObject(got)) return got
  const members = isJsonObject(expected) ? expected : {}
  return Object.fromEntries(
    Object.entries(got).map(([key, item]) => [key, withoutOthers(members[key] ?? null, item, whose)]),
  )
}

/** Whether an item is an account or a group of somebody else: of another sequence, or one that was there before. */
function isOther(item: Json, { prefix, others }: Whose, namesOurs: boolean): boolean {
  const text = JSON.stringify(item)
  if (prefix !== '' && text.includes(prefix)) return false
  if (text.includes(PREFIX)) return true
  if (!namesOurs) return false
  if (typeof item === 'string') return others.has(item)
  return isJsonObject(item) && Object.values(item).some((value) => typeof value === 'string' && others.has(value))
}

/** Where an item is missing from a list, all that follows has moved: the first difference of a list says it. */
function firstOfLists(found: readonly Difference[]): Difference[] {
  const first = new Map<string, string>()
  return found.filter(({ where }) => {
    const list = /^(.*?\/)(\d+)(?=\/|$)/.exec(where)
    if (!list) return true
    const known = first.get(list[1]!)
    if (known === undefined) first.set(list[1]!, list[2]!)
    return known === undefined || known === list[2]
  })
}
