import { verdictText } from '../contract/summary.ts'
import type { Severity } from '../finding.ts'
import type { Verification } from '../verification.ts'

/** How a report calls things: judging one server, or comparing two. */
export interface ReportLabels {
  /** What it is about: `Nextcloud 34.0.1`, or `Nextcloud 33.0.0 → Nextcloud 34.0.1`. */
  readonly title: string
  readonly conform: string
  readonly deviate: string
  readonly expected: string
  readonly got: string
  readonly severities: Readonly<Record<Severity, string>>
}

/** Of one server. */
export const VERIFY_LABELS: ReportLabels = {
  title: '',
  conform: 'conform',
  deviate: 'deviate',
  expected: 'expected',
  got: 'got',
  severities: { breaks: 'breaks', differs: 'differs', undocumented: 'undocumented', noted: 'noted' },
}

/** What nobody expected of one server is new in the other. */
const DIFF_LABELS: ReportLabels = {
  title: '',
  conform: 'same',
  deviate: 'changed',
  expected: 'before',
  got: 'after',
  severities: { ...VERIFY_LABELS.severities, undocumented: 'new' },
}

/** Of what the tests of consumers saw. */
const CONTRACT_LABELS: ReportLabels = { ...VERIFY_LABELS, conform: 'hold', deviate: 'do not' }

export function labelsOf(verification: Verification): ReportLabels {
  const { product, version, comparison, contract } = verification
  if (contract) return { ...CONTRACT_LABELS, title: verdictText(contract, verification) }
  return comparison
    ? { ...DIFF_LABELS, title: `${comparison.before} → ${comparison.after}` }
    : { ...VERIFY_LABELS, title: `${product} ${version}` }
}
