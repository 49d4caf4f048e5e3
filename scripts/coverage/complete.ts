import type { Endpoint } from '#line/endpoint.ts'
import { NO_SUCCESS, NOT_YET } from './exceptions.ts'
import { declaredOutcomes, type Tested } from './tested.ts'

/** One operation that the product publishes. */
export interface Published {
  readonly id: string
  readonly documented?: boolean
}

const SUCCESS = 200

/** Declared outcomes that no test of handlers sees; a success only where there can be one. */
export function untestedOutcomes(endpoint: Endpoint, tested: Tested): number[] {
  const seen = tested[endpoint.id] ?? []
  return declaredOutcomes(endpoint).filter(
    (outcome) => !seen.includes(outcome) && !(outcome === SUCCESS && seen.length > 0 && endpoint.id in NO_SUCCESS),
  )
}

/**
 * What keeps the coverage table from being complete: documented operations that nobody answers or tests,
 * and exceptions that are needed no longer. A sentence each.
 */
export function incomplete(
  published: readonly Published[],
  endpoints: readonly Endpoint[],
  tested: Tested,
  notYet: Readonly<Record<string, string>> = NOT_YET,
): string[] {
  const defined = new Map(endpoints.map((endpoint) => [endpoint.id, endpoint]))
  const problems = published
    .filter(({ documented }) => documented)
    .flatMap(({ id }): string[] => {
      const problem = problemOf(id, defined.get(id), tested)
      if (id in notYet) return problem ? [] : [`${id} is implemented and tested: take it out of NOT_YET`]
      return problem ? [problem] : []
    })
  const ids = new Set(published.map(({ id }) => id))
  const unknown = Object.keys(notYet).filter((id) => !ids.has(id))
  const successes = Object.keys(NO_SUCCESS).filter((id) => tested[id]?.includes(SUCCESS))
  return [
    ...problems,
    ...unknown.map((id) => `${id} is no documented operation: take it out of NOT_YET`),
    ...successes.map((id) => `${id} succeeds in a test: take it out of NO_SUCCESS`),
  ]
}

function problemOf(id: string, endpoint: Endpoint | undefined, tested: Tested): string | null {
  if (!endpoint) return `${id} is documented, and nothing in handlers/ answers it`
  const untested = untestedOutcomes(endpoint, tested)
  return untested.length === 0 ? null : `${id} has no test in test/handlers/ that sees ${untested.join(', ')}`
}
