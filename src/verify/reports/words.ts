import type { Severity } from '../finding.ts'
import type { Verification } from '../run.ts'

/** How a report calls things: judging one server, or comparing two. */
export interface Words {
  /** What it is about: `Nextcloud 34.0.1`, or `Nextcloud 33.0.0 → Nextcloud 34.0.1`. */
  readonly title: string
  readonly conform: string
  readonly deviate: string
  readonly expected: string
  readonly got: string
  readonly severities: Readonly<Record<Severity, string>>
}

/** Of one server. */
export const JUDGED: Words = {
  title: '',
  conform: 'conform',
  deviate: 'deviate',
  expected: 'expected',
  got: 'got',
  severities: { breaks: 'breaks', differs: 'differs', undocumented: 'undocumented', noted: 'noted' },
}

/** What nobody expected of one server is new in the other. */
const COMPARED: Words = {
  title: '',
  conform: 'same',
  deviate: 'changed',
  expected: 'before',
  got: 'after',
  severities: { ...JUDGED.severities, undocumented: 'new' },
}

export function wordsOf({ product, version, comparison }: Verification): Words {
  return comparison
    ? { ...COMPARED, title: `${comparison.before} → ${comparison.after}` }
    : { ...JUDGED, title: `${product} ${version}` }
}
