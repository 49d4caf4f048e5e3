import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Endpoint } from '#line/endpoint.ts'
import type { Outcome } from './ways.ts'

/** Which of its declared outcomes the tests of handlers saw of an operation: 200 is any success. */
export type Tested = Readonly<Record<string, readonly number[]>>

const SUCCESS = 200
/** Nobody declares it; it is noted where nothing else was seen. */
const CRASH = 996
const FILE = 'spec/tested.json'

/** What an operation says that it may answer, besides what is said before its handler is asked. */
export function declaredOutcomes({ failures = {}, responses = {} }: Endpoint): number[] {
  const others = [...Object.keys(failures), ...Object.keys(responses)].map(Number)
  return [...new Set([SUCCESS, ...others])].toSorted((a, b) => a - b)
}

/** @param outcomes what tests saw */
export function testedFrom(
  outcomes: Iterable<Pick<Outcome, 'operation' | 'status'>>,
  endpoints: readonly Endpoint[],
): Tested {
  const seen = new Map<string, Set<number>>()
  for (const { operation, status } of outcomes) {
    const statuses = seen.get(operation) ?? seen.set(operation, new Set()).get(operation)!
    statuses.add(status)
    if (status >= 200 && status < 300) statuses.add(SUCCESS)
  }
  const tested = endpoints.flatMap((endpoint): [string, number[]][] => {
    const statuses = seen.get(endpoint.id) ?? new Set()
    const outcomes = declaredOutcomes(endpoint).filter((outcome) => statuses.has(outcome))
    if (outcomes.length > 0) return [[endpoint.id, outcomes]]
    return statuses.has(CRASH) ? [[endpoint.id, [CRASH]]] : []
  })
  return Object.fromEntries(tested.sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** What `npm run generate:tested` wrote. */
export function readTested(root: string): Tested {
  const file = join(root, FILE)
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Tested) : {}
}

export function writeTested(root: string, tested: Tested): void {
  const lines = Object.entries(tested).map(([id, outcomes]) => `${JSON.stringify(id)}: ${JSON.stringify(outcomes)}`)
  writeFileSync(join(root, FILE), `{\n${lines.join(',\n')}\n}\n`)
}

/** Operations whose outcomes are not those that the file says, in a sentence each. */
export function staleTested(known: Tested, now: Tested): string[] {
  const ids = [...new Set([...Object.keys(known), ...Object.keys(now)])].sort()
  const show = (outcomes: readonly number[] | undefined) => outcomes?.join(', ') ?? 'nothing'
  return ids
    .filter((id) => show(known[id]) !== show(now[id]))
    .map((id) => `${id}: ${FILE} says ${show(known[id])}, the tests see ${show(now[id])}`)
}
