import type { Finding } from '../finding.ts'
import type { OperationResult } from '../verification.ts'
import { byTest, type ContractResult, countOf, type InteractionResult } from './result.ts'

/** What became of each test, as reports tell it of operations. */
export function testResults(result: ContractResult): OperationResult[] {
  return [...byTest(result)].map(([operation, own]) => {
    const asked = own.filter(({ verdict }) => verdict !== 'unverified')
    const app = own[0]!.consumer
    if (asked.length === 0) {
      const reasons = [...new Set(own.map(({ reason }) => reason))].join('; ')
      return { operation, app, verdict: 'skipped', reason: reasons, requests: 0, sawData: false }
    }
    const verdict = asked.some((one) => one.verdict === 'differs') ? 'deviates' : 'conforms'
    return { operation, app, verdict, requests: asked.length, sawData: true }
  })
}

/** Findings by the test that relies on what they are about. */
export const testFindings = ({ interactions }: ContractResult): Finding[] =>
  interactions.flatMap(({ test, interaction, operation, findings }) =>
    findings.map((finding) => ({ ...finding, operation: test, seen: [`${interaction} (${operation})`] })),
  )

/** What could not be verified, interaction by interaction, by the reason. */
export function unverifiedNotes({ interactions }: ContractResult): string[] {
  const reasons = new Map<string, InteractionResult[]>()
  for (const one of interactions) {
    if (one.verdict !== 'unverified') continue
    const reason = one.reason ?? ''
    reasons.set(reason, [...(reasons.get(reason) ?? []), one])
  }
  return [...reasons].map(([reason, own]) => {
    const which = own.map(({ test, interaction }) => `"${test}": ${interaction}`).join(', ')
    return `Not verified, as ${reason}: ${which}.`
  })
}

/** `3 of 214 interactions do not hold on Nextcloud 33.0.0, 12 could not be verified` */
export function verdictText(
  result: ContractResult,
  { product, version }: { readonly product: string; readonly version: string },
): string {
  const total = result.interactions.length
  const [differs, unverified] = [countOf(result, 'differs'), countOf(result, 'unverified')]
  const where = `on ${product} ${version}`
  const first =
    differs === 0
      ? `${total - unverified} of ${total} interactions hold ${where}`
      : `${differs} of ${total} interactions ${differs === 1 ? 'does' : 'do'} not hold ${where}`
  return unverified === 0 ? first : `${first}, ${unverified} could not be verified`
}
