import type { Param } from '#line/params.ts'
import type { ProbeKind } from './exchange.ts'

/** A parameter with a value that a server must not take for another one. */
export interface OddValue {
  readonly kind: Extract<ProbeKind, 'invalid' | 'unmatched' | 'limit' | 'offset'>
  /** The parameter as it stands in the query; empty where it is left out. */
  readonly query: string
  /** Asked in both versions and formats: the answer leaves the usual way. */
  readonly repeats: boolean
}

/** What no instance has, in the forms that ids have. */
export const UNKNOWN_IDS = ['ocsmock-unknown', '987654321', 'ocsmockunknown', 'ffffffff']
/** What nothing is called. */
const NOTHING = 'ocsmock-nothing'
/** How parameters are called that skip so many items. */
const SKIPS: ReadonlySet<string> = new Set(['offset'])

/** Values of a parameter that are of another kind, beyond its bounds, or that nothing has. */
export function oddValues(name: string, { options }: Param<unknown>): OddValue[] {
  const key = encodeURIComponent(name)
  const invalid = (query: string, repeats = false): OddValue => ({ kind: 'invalid', query, repeats })
  const odd: OddValue[] = []
  if (!options.hasDefault && !options.nullable && options.type !== 'mixed') odd.push(invalid(''))
  switch (options.type) {
    case 'string':
      odd.push(invalid(`${key}[]=ocsmock`, true), { kind: 'unmatched', query: `${key}=${NOTHING}`, repeats: false })
      break
    case 'array':
      odd.push(invalid(`${key}=ocsmock`, true), { kind: 'unmatched', query: `${key}[]=${NOTHING}`, repeats: false })
      break
    case 'bool':
      odd.push(invalid(`${key}[]=1`))
      break
    case 'int':
    case 'float':
      for (const value of beyondBounds(options)) odd.push(invalid(`${key}=${value}`, true))
      odd.push(invalid(`${key}=ocsmock`), invalid(`${key}[]=1`))
      if (options.limits) odd.push({ kind: 'limit', query: `${key}=1`, repeats: false })
      if (SKIPS.has(name)) odd.push({ kind: 'offset', query: `${key}=1`, repeats: false })
      break
    case 'mixed':
      break
  }
  return odd
}

/** The nearest values outside, and what a limit cannot be. */
function beyondBounds({ min, max, limits }: Param<unknown>['options']): number[] {
  const beyond = limits ? [0, -5, 501] : []
  if (min !== undefined && min > Number.MIN_SAFE_INTEGER) beyond.push(min - 1)
  if (max !== undefined && max < Number.MAX_SAFE_INTEGER) beyond.push(max + 1)
  return [...new Set(beyond)]
}
