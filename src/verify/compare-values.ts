import { type Alignment, alignLists } from './align-lists.ts'
import { plain } from './decode-answer.ts'
import { type Finding, show } from './finding.ts'

export type Difference = Pick<Finding, 'where' | 'expected' | 'got' | 'severity' | 'rule'>
export type Report = (difference: Difference) => void

/** Stands in expected data for a value that changes by itself. */
export const VOLATILE = '\u2042volatile\u2042'

const escapePointer = (key: string) => key.replaceAll('~', '~0').replaceAll('/', '~1')
const kindOf = (value: unknown) => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value)
const isEmpty = (value: unknown) => typeof value === 'object' && value !== null && Object.keys(value).length === 0

/** Every difference between two decoded JSON values. */
export function compareValues(expected: unknown, got: unknown, pointer: string, report: Report): void {
  if (expected === VOLATILE || Object.is(expected, got) || (isEmpty(expected) && isEmpty(got))) return
  const kinds = [kindOf(expected), kindOf(got)]
  if (kinds[0] !== kinds[1] || (kinds[0] !== 'object' && kinds[0] !== 'array')) {
    const severity = kinds[0] === kinds[1] && !/\/status(code)?$/.test(pointer) ? 'differs' : 'breaks'
    report({ where: pointer, expected: show(expected), got: show(got), severity, rule: 'envelope' })
  } else if (Array.isArray(expected) && Array.isArray(got)) compareLists(expected, got, pointer, report)
  else compareMembers(expected as Members, got as Members, pointer, report)
}

type Members = Readonly<Record<string, unknown>>

function compareMembers(expected: Members, got: Members, pointer: string, report: Report): void {
  for (const key of Object.keys(expected)) {
    const at = `${pointer}/${escapePointer(key)}`
    if (Object.hasOwn(got, key)) compareValues(expected[key], got[key], at, report)
    else report(missing(at, expected[key]))
  }
  for (const key of Object.keys(got))
    if (!Object.hasOwn(expected, key)) report(unexpected(`${pointer}/${escapePointer(key)}`, got[key]))
}

const missing = (where: string, value: unknown): Difference => ({
  where,
  expected: show(value),
  got: 'missing',
  severity: 'breaks',
  rule: 'envelope',
})
const unexpected = (where: string, value: unknown): Difference => ({
  where,
  expected: 'absent',
  got: show(value),
  severity: 'undocumented',
  rule: 'envelope',
})

/**
 * Lists place by place; where their items can be told apart and fewer words say it, that some are missing, came besides,
 * or came in another order.
 */
function compareLists(expected: readonly unknown[], got: readonly unknown[], pointer: string, report: Report): void {
  const placewise = collect((found) => {
    compareMembers({ ...expected }, { ...got }, pointer, found)
  })
  const alignment = placewise.length > 1 ? alignLists(expected, got) : null
  const aligned = alignment && collect((found) => compareAligned(expected, got, alignment, pointer, found))
  const shorter = aligned && aligned.length < placewise.length ? aligned : placewise
  shorter.forEach(report)
}

function compareAligned(
  expected: readonly unknown[],
  got: readonly unknown[],
  { pairs, lost, extra, names }: Alignment,
  pointer: string,
  report: Report,
): void {
  if (names) {
    const [should, is] = names.map(show) as [string, string]
    report({ where: pointer, expected: should, got: `another order: ${is}`, severity: 'differs', rule: 'order' })
  }
  for (const [i, j] of pairs) compareValues(expected[i], got[j], `${pointer}/${i}`, report)
  for (const i of lost) report(missing(`${pointer}/${i}`, expected[i]))
  for (const j of extra) report(unexpected(`${pointer}/${j}`, got[j]))
}

function collect(compare: (report: Report) => void): Difference[] {
  const found: Difference[] = []
  compare((difference) => found.push(difference))
  return found
}

/** The data with {@link VOLATILE} wherever a second answer to the same request says something else. */
export function maskVolatile(first: unknown, second: unknown): unknown {
  if (Object.is(first, second) || first === VOLATILE) return first
  const a = plain(first)
  const b = plain(second)
  if (kindOf(a) !== kindOf(b) || typeof a !== 'object' || a === null) return VOLATILE
  const [one, two] = [a as Record<string, unknown>, b as Record<string, unknown>]
  const keys = Object.keys(one)
  if (keys.length !== Object.keys(two).length || !keys.every((key) => Object.hasOwn(two, key))) return VOLATILE
  if (Array.isArray(first)) return first.map((item, i) => maskVolatile(item, (b as unknown[])[i]))
  if (first instanceof Map) {
    return new Map([...first].map(([key, item]) => [key, maskVolatile(item, two[String(key)])]))
  }
  return Object.fromEntries(Object.entries(first as object).map(([key, item]) => [key, maskVolatile(item, two[key])]))
}
