/** The ways in, and which operations have not gone through all of them. */
import type { Published } from './complete.ts'
import { NO_SUCCESS } from './exceptions.ts'

/** One way in: how a request travels, the version of the API, and the format of its answer. */
export interface WayIn {
  readonly transport: 'direct' | 'MSW' | 'server'
  readonly version: 1 | 2
  readonly format: 'json' | 'xml'
}

/** All ways in, transport by transport. */
export const WAYS_IN: readonly WayIn[] = (['direct', 'MSW', 'server'] as const).flatMap((transport) =>
  ([1, 2] as const).flatMap((version) => (['json', 'xml'] as const).map((format) => ({ transport, version, format }))),
)

/** The way that a rule is tested by, where nothing depends on the way. */
export const DIRECT_WAY: WayIn = { transport: 'direct', version: 2, format: 'json' }

/** `MSW v1 xml` */
export const nameOfWay = ({ transport, version, format }: WayIn) => `${transport} v${version} ${format}`

/** One outcome of an operation that a test saw. */
export interface Outcome {
  readonly operation: string
  /** 200 and above in both versions; without an envelope, HTTP's. */
  readonly status: number
  /** The name of the way in, or `null` for a test that knows no ways. */
  readonly way: string | null
}

/**
 * Documented operations of those that are published that have not succeeded once by each way in, a sentence each. Of those that never succeed,
 * any answer counts.
 */
export function missedWays(outcomes: Iterable<Outcome>, published: readonly Published[]): string[] {
  const gone = new Map<string, Set<string | null>>()
  for (const { operation, status, way } of outcomes) {
    const succeeded = (status >= 200 && status < 300) || operation in NO_SUCCESS
    if (!succeeded) continue
    const ways = gone.get(operation) ?? gone.set(operation, new Set()).get(operation)!
    ways.add(way)
  }
  return published.flatMap(({ id, documented }) => {
    const missed = WAYS_IN.map(nameOfWay).filter((way) => !gone.get(id)?.has(way))
    if (!documented || missed.length === 0) return []
    const ways = missed.length === WAYS_IN.length ? 'any way in' : missed.join(', ')
    return [`${id} has no test that sees it succeed by ${ways}: let one go way.inEveryWay`]
  })
}
