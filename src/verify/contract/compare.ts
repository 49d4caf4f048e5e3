import type { InteractionResponse } from '#contract/contract.ts'
import { isJsonObject, type Json } from '#lib/json.ts'
import { compareValues, type Difference } from '../compare-answers.ts'
import { show } from '../finding.ts'
import { PREFIX } from '../stateful/own-names.ts'
import { documentOf, type SeenAnswer } from './expectation.ts'
import type { KnownValues } from './known-values.ts'

/** Accounts and groups of a server that are none of ours. */
export type Others = ReadonlySet<string>

/** In what an answer is not what the tests saw. */
export function compare(
  response: InteractionResponse,
  expected: Json | undefined,
  got: SeenAnswer,
  values: KnownValues,
  others: Others,
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
  return [...found, ...compareBodies(response, expected, got, values, others)]
}

function compareBodies(
  { body }: InteractionResponse,
  expected: Json | undefined,
  got: SeenAnswer,
  values: KnownValues,
  others: Others,
): Difference[] {
  if (expected === undefined) {
    if (body !== undefined || got.body === undefined) return []
    return [bodyDifference('no body', 'a body')]
  }
  const document = documentOf(got.body)
  if (document === undefined)
    return [bodyDifference('a body', got.body === undefined ? 'no body' : 'another kind of body')]
  const seen = withoutOthers(expected, document, others)
  const found: Difference[] = []
  compareValues(values.expect(expected, seen), seen, '', (difference) =>
    found.push({ ...difference, rule: 'contract' }),
  )
  const statuses = found.filter(({ where }) => /^\/ocs\/meta\/status(code)?$/.test(where))
  // What else a failure says follows from that it is one.
  return statuses.length > 0 ? found.filter(({ where }) => where.startsWith('/ocs/meta/')) : firstOfLists(found)
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

/** Lists without the accounts and groups that were there before. */
function withoutOthers(expected: Json, got: Json, others: Others): Json {
  if (Array.isArray(got)) {
    const items = got as readonly Json[]
    const wanted: readonly Json[] = Array.isArray(expected) ? expected : []
    const kept = JSON.stringify(wanted).includes(PREFIX)
      ? items.filter((item) => wanted.some((one) => isAlike(one, item)) || !isOther(item, others))
      : items
    return kept.map((item, i) => withoutOthers(wanted[i] ?? null, item, others))
  }
  if (!isJsonObject(got)) return got
  const members = isJsonObject(expected) ? expected : {}
  return Object.fromEntries(
    Object.entries(got).map(([key, item]) => [key, withoutOthers(members[key] ?? null, item, others)]),
  )
}

const isAlike = (expected: Json, got: Json) => expected === got

function isOther(item: Json, others: Others): boolean {
  if (typeof item === 'string') return others.has(item)
  return (
    isJsonObject(item) &&
    !JSON.stringify(item).includes(PREFIX) &&
    Object.values(item).some((value) => typeof value === 'string' && others.has(value))
  )
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
