import { compareValues, type Difference } from './compare-values.ts'
import { plain } from './decode-answer.ts'
import type { ProbeKind } from './exchange.ts'
import { show } from './finding.ts'

/** Kinds of probes whose control is asked something else: only what they have in common is compared. */
export const RELATED: ReadonlySet<ProbeKind> = new Set(['unmatched', 'limit', 'offset'])

/** How parameters are called that leave only what matches. */
const NARROWING = /^parameter (search|filter|term|query|pattern)(\[\])?$/

/** What an answer must have in common with the answer to the control. */
export function relate(kind: ProbeKind, subject: string, control: unknown, got: unknown): Difference[] {
  const [all, some] = [listIn(plain(control)), listIn(plain(got))]
  if (kind === 'unmatched') {
    const isIgnored = NARROWING.test(subject) && all && some && all.list.length > 0 && isSame(all.list, some.list)
    if (!isIgnored) return []
    const expected = `nothing, as nothing has this ${subject}`
    return [{ where: `/ocs/data${some.at}`, expected, got: show(some.list), severity: 'breaks', rule: 'input' }]
  }
  if (!all || !some) return []
  const begin = kind === 'offset' ? 1 : 0
  if (all.list.length < Math.max(1, begin)) return []
  // Some count what they leave out as well.
  if (kind === 'limit' && some.list.length === 0) return []
  if (!isTold(all.list)) return []
  const expected = all.list.slice(begin, begin + (kind === 'limit' ? 1 : all.list.length))
  // How many there are is another question; where there is a limit besides, one more comes after what it had cut off.
  const compared = some.list.slice(0, Math.max(1, expected.length))
  if (isSame(expected.slice(0, kind === 'limit' ? compared.length : undefined), compared)) return []
  return [
    { where: `/ocs/data${some.at}`, expected: show(expected), got: show(compared), severity: 'breaks', rule: 'limit' },
  ]
}

/** Members by which items are told apart; what has none of them may be grouped with its neighbours. */
const NAMES = ['id', 'key', 'name', 'uid', 'token'] as const
const isTold = (list: readonly unknown[]): boolean =>
  list.every((item) => typeof item !== 'object' || (item !== null && NAMES.some((name) => Object.hasOwn(item, name))))

function isSame(expected: unknown, got: unknown): boolean {
  let same = true
  compareValues(expected, got, '', () => {
    same = false
  })
  return same
}

/** The list of an answer: its data, or the only member that is one. */
export function listIn(data: unknown): { at: string; list: readonly unknown[] } | undefined {
  if (Array.isArray(data)) return { at: '', list: data }
  if (typeof data !== 'object' || data === null) return undefined
  const lists = Object.entries(data).filter((entry): entry is [string, unknown[]] => Array.isArray(entry[1]))
  return lists.length === 1 ? { at: `/${lists[0]![0]}`, list: lists[0]![1] } : undefined
}
