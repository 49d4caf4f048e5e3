import { origin } from '../api.ts'
import type { JournalEntry } from '../types.ts'
import { dataOfXml } from './pretty.ts'

/** What a request can be copied as: its name, and how it is written. */
export const COPIES: readonly (readonly [name: string, write: (entry: JournalEntry, profile: string) => string])[] = [
  ['curl', asCurl],
  ['Vitest test', asTest],
  ['scenario step', asStep],
  ['fixture', asFixture],
]

/** Headers that say what was asked; those of the connection and of credentials are the client's own. */
const KEPT = /^(?:accept|content-type|depth|destination|if-.*|ocs-apirequest|oc-.*|overwrite|range|x-(?!forwarded).*)$/

const headersOf = ({ headers }: JournalEntry) => Object.entries(headers).filter(([name]) => KEPT.test(name))
const addressOf = ({ path, query }: Pick<JournalEntry, 'path' | 'query'>) => path + (query === '' ? '' : `?${query}`)
const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`

function asCurl(entry: JournalEntry): string {
  const parts = ['curl -i']
  if (entry.method !== 'GET') parts.push(`-X ${entry.method}`)
  if (entry.actor !== null) parts.push(`-u ${quoted(`${entry.actor}:PASSWORD`)}`)
  for (const [name, value] of headersOf(entry)) parts.push(`-H ${quoted(`${name}: ${value}`)}`)
  if (entry.body !== null) parts.push(`--data-binary ${quoted(entry.body)}`)
  return [...parts, quoted(origin + addressOf(entry))].join(' ')
}

function asTest(entry: JournalEntry, profile: string): string {
  const options = { profile, ...(entry.actor === null ? {} : { signedInAs: entry.actor }) }
  const init = {
    ...(entry.method === 'GET' ? {} : { method: entry.method }),
    headers: Object.fromEntries(headersOf(entry)),
    ...(entry.body === null ? {} : { body: entry.body }),
  }
  return `import { createOcsMock, loadProfile } from 'ocs-mock/core'
import { expect, it } from 'vitest'

it(${JSON.stringify(`answers ${entry.method} ${entry.path} with ${entry.status}`)}, async () => {
  const { profile, ...options } = ${JSON.stringify(options)}
  const ocs = createOcsMock({ ...options, profile: await loadProfile(profile) })
  const response = await ocs.fetch(${JSON.stringify(`https://cloud.example.com${addressOf(entry)}`)}, ${JSON.stringify(init, null, 2).replaceAll('\n', '\n  ')})
  expect(response.status).toBe(${entry.status})
  ocs.journal.expect(${JSON.stringify({ method: entry.method, path: entry.path, status: entry.status })})
})
`
}

/** The data of an answer with an envelope; `undefined`: it has none. */
export function dataOf({ answer }: JournalEntry): unknown {
  if (answer.body === null) return undefined
  try {
    const { ocs } = JSON.parse(answer.body) as { readonly ocs?: { readonly data: unknown } }
    return ocs?.data
  } catch {
    return answer.body.includes('<ocs>') ? dataOfXml(answer.body) : undefined
  }
}

function asStep(entry: JournalEntry): string {
  const on = { method: entry.method, path: entry.path }
  const name = `${entry.method} ${entry.path} is answered ${entry.status}`
  const replaced = entry.operation !== null && entry.ocs !== null
  const effect = replaced
    ? { replace: { operation: entry.operation, status: entry.ocs!.status, data: dataOf(entry) ?? [] } }
    : { fault: { on, answer: { status: entry.status, body: entry.answer.body ?? '' } } }
  // JSON is YAML too.
  return `- name: ${JSON.stringify(name)}\n  on: ${JSON.stringify(on)}\n${Object.entries(effect)
    .map(([action, given]) => `  ${action}: ${JSON.stringify(given)}\n`)
    .join('')}`
}

function asFixture(entry: JournalEntry): string {
  const { ocs } = entry
  const saved = ocs
    ? { ocs: { meta: { statuscode: ocs.status, message: ocs.message }, data: dataOf(entry) ?? [] } }
    : (dataOf(entry) ?? entry.answer.body)
  return `${JSON.stringify(saved, null, 2)}\n`
}
