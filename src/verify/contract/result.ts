import type { Finding } from '../finding.ts'

/** What became of one interaction. */
export interface InteractionResult {
  readonly consumer: string
  readonly test: string
  /** `POST /ocs/v2.php/cloud/users as admin` */
  readonly interaction: string
  readonly operation: string
  readonly verdict: 'holds' | 'differs' | 'unverified'
  /** Why it could not be verified. */
  readonly reason?: string
  readonly findings: readonly Finding[]
}

/** What became of contracts on a server. */
export interface ContractResult {
  readonly interactions: readonly InteractionResult[]
}

export const countOf = ({ interactions }: ContractResult, verdict: InteractionResult['verdict']): number =>
  interactions.filter((one) => one.verdict === verdict).length

/** Results by the test that relies on them, in the order of the tests. */
export function byTest({ interactions }: ContractResult): ReadonlyMap<string, readonly InteractionResult[]> {
  const tests = new Map<string, InteractionResult[]>()
  for (const one of interactions) {
    const known = tests.get(one.test)
    if (known) known.push(one)
    else tests.set(one.test, [one])
  }
  return tests
}
