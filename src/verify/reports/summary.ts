import { type Finding, SEVERITIES, type Severity } from '../finding.ts'
import { EVERYWHERE } from '../fold-findings.ts'
import type { OperationResult, Verification } from '../verification.ts'

/** One line of the summary: an app. */
export interface AppSummary {
  readonly app: string
  readonly conforms: number
  readonly deviates: number
  readonly skipped: number
  readonly findings: Readonly<Record<Severity, number>>
}

/** How the operations of each app did. */
export function summariseByApp({ operations, findings }: Pick<Verification, 'operations' | 'findings'>): AppSummary[] {
  const appOf = new Map(operations.map(({ operation, app }) => [operation, app]))
  if (findings.some(({ operation }) => operation === EVERYWHERE)) appOf.set(EVERYWHERE, EVERYWHERE)
  const apps = [...new Set(appOf.values())].sort()
  return apps.map((app) => {
    const count = (verdict: OperationResult['verdict']) =>
      operations.filter((result) => result.app === app && result.verdict === verdict).length
    const own = findings.filter((finding) => (appOf.get(finding.operation) ?? 'core') === app)
    const bySeverity = SEVERITIES.map((severity) => [severity, own.filter((f) => f.severity === severity).length])
    return {
      app,
      conforms: count('conforms'),
      deviates: count('deviates'),
      skipped: count('skipped'),
      findings: Object.fromEntries(bySeverity) as Record<Severity, number>,
    }
  })
}

/** `2 breaks, 1 differs, 0 undocumented, 0 noted`, or `no findings`. */
export function countFindings(findings: readonly Finding[], severities?: Readonly<Record<Severity, string>>): string {
  if (findings.length === 0) return 'no findings'
  return SEVERITIES.map((severity) => {
    const count = findings.filter((one) => one.severity === severity).length
    return `${count} ${severities?.[severity] ?? severity}`
  }).join(', ')
}

/** What it took, as a sentence; nobody was asked where two recordings are compared. */
export function spentText({ requests, seconds, waiting }: Verification): string {
  if (requests === 0) return 'Nobody was asked.'
  const share = waiting === 0 ? '' : `, ${Math.round(waiting * 100)} % of it waiting for the server`
  return `${requests} requests in ${seconds.toFixed(1)} s${share}.`
}
