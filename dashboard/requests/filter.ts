import type { BriefEntry } from '../types.ts'

/** Which requests are shown. Empty: all. */
export interface RequestFilter {
  readonly text: string
  /** `2xx` … `5xx`, or `refused`: what says no, by HTTP or in its envelope alone. */
  readonly status: string
  readonly account: string
  readonly operation: string
}

export const STATUSES = [
  ['', 'any status'],
  ['refused', 'refused'],
  ['2xx', '2xx'],
  ['3xx', '3xx'],
  ['4xx', '4xx'],
  ['5xx', '5xx'],
  ['dropped', 'dropped'],
] as const

export const filterOf = (query: URLSearchParams): RequestFilter => ({
  text: query.get('text') ?? '',
  status: query.get('status') ?? '',
  account: query.get('account') ?? '',
  operation: query.get('operation') ?? '',
})

/** Whether an answer says no. */
export const isRefused = ({ status, ocs }: Pick<BriefEntry, 'status' | 'ocs'>): boolean =>
  status === 0 || status >= 400 || (ocs !== null && ocs.status !== 100 && (ocs.status < 200 || ocs.status >= 400))

/** Those of some requests that are to be shown, the newest first. */
export function filtered(requests: readonly BriefEntry[], filter: RequestFilter): BriefEntry[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean)
  const shown: BriefEntry[] = []
  for (let i = requests.length - 1; i >= 0; i--) {
    const entry = requests[i]!
    if (isShown(entry, filter) && words.every((word) => textOf(entry).includes(word))) shown.push(entry)
  }
  return shown
}

/** Who asked, and what was asked for, for the filters. `-`: nobody was logged in. */
export function namesIn(requests: readonly BriefEntry[]) {
  const accounts = new Set<string>()
  const operations = new Set<string>()
  for (const { actor, operation } of requests) {
    accounts.add(actor ?? '-')
    if (operation !== null) operations.add(operation)
  }
  return { accounts: [...accounts].toSorted(), operations: [...operations].toSorted() }
}

function isShown(entry: BriefEntry, { status, account, operation }: RequestFilter): boolean {
  if (account !== '' && (entry.actor ?? '-') !== account) return false
  if (operation !== '' && !(entry.operation ?? '').includes(operation)) return false
  if (status === '') return true
  if (status === 'refused') return isRefused(entry)
  if (status === 'dropped') return entry.status === 0
  return String(entry.status)[0] === status[0]
}

/** What the search looks at, for as long as the page has the request. */
const texts = new WeakMap<BriefEntry, string>()

function textOf(entry: BriefEntry): string {
  const known = texts.get(entry)
  if (known !== undefined) return known
  const { method, path, query, status, actor, operation, why, fault } = entry
  const parts = [
    `${method} ${path}?${query}`,
    status,
    actor ?? '',
    operation ?? '',
    why.code,
    why.sentence,
    fault ?? '',
  ]
  const text = parts.join(' ').toLowerCase()
  texts.set(entry, text)
  return text
}

/** Prepare the search while requests come in: for all of 100,000 at once, somebody who types would wait. */
export const prepareSearch = (requests: readonly BriefEntry[]): void => requests.forEach(textOf)
