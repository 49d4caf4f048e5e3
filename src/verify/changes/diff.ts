import { curlOf, variantLabel } from '../exchange.ts'
import { type Finding, mergeFindings } from '../finding.ts'
import { foldAlike } from '../fold-findings.ts'
import { nameCases } from '../normalise-cases.ts'
import { exchangesOf, type RecordedCase, type RecordedTarget, type Recording } from '../recording.ts'
import type { OperationResult, Verification } from '../verification.ts'
import { compareCases } from './compare-cases.ts'

/** What it took to ask, for the report. */
export interface Cost {
  readonly requests: number
  readonly milliseconds: number
  readonly busy: number
}

export interface DiffInput {
  readonly before: Recording
  readonly after: Recording
  readonly notes?: readonly string[]
  readonly spent: Cost
  /** Where the later one can be asked, for whoever wants to see for themselves. Default: as it was recorded. */
  readonly address?: string | undefined
}

/** What changed from one server to another, as a report: `expected` is before, `got` is after. */
export function diff({ before, after, notes = [], spent, address }: DiffInput): Verification {
  const base = address ?? after.target.base
  const [old, now] = [nameCases(before.cases), nameCases(after.cases)]
  const found: Finding[] = [...compareApps(before.target, after.target, base)]
  const both: RecordedCase[] = []
  for (const [name, recorded] of old) {
    const twin = now.get(name)
    if (!twin) continue
    both.push(recorded)
    found.push(...findingsOf(recorded, twin, base))
  }
  const findings = foldAlike(mergeFindings(found), LEAST_ALIKE)
  const left = [...old].filter(([name]) => !now.has(name)).length
  const fresh = [...now.keys()].filter((name) => !old.has(name)).length
  const unpaired = [
    ...(left > 0 ? [`${left} questions were only asked before.`] : []),
    ...(fresh > 0 ? [`${fresh} questions were only asked after.`] : []),
  ]
  return {
    base,
    product: after.target.product,
    version: after.target.version,
    profile: after.target.profile,
    comparison: { before: title(before.target), after: title(after.target) },
    notes: [...notes, ...unpaired],
    operations: summarise(both, findings),
    findings,
    known: [],
    requests: spent.requests,
    seconds: spent.milliseconds / 1000,
    waiting: spent.milliseconds === 0 ? 0 : Math.min(1, spent.busy / spent.milliseconds),
  }
}

/** How a parameter is read changes for all operations that have one. */
const LEAST_ALIKE = 3

const title = ({ product, version }: RecordedTarget) => `${product} ${version}`

/** Apps that only one of them has. Their operations cannot be compared. */
function compareApps(before: RecordedTarget, after: RecordedTarget, base: string): Finding[] {
  const reproduce = `curl -u "$OCS_ADMIN" -H 'OCS-APIRequest: true' '${base}/ocs/v2.php/cloud/apps?filter=enabled'`
  const common = { where: 'enabled', seen: ['admin'], reproduce } as const
  const gone = before.apps.filter((app) => !after.apps.includes(app))
  const fresh = after.apps.filter((app) => !before.apps.includes(app))
  return [
    ...gone.map(
      (app): Finding => ({
        ...common,
        operation: `app ${app}`,
        expected: 'enabled',
        got: 'gone',
        severity: 'differs',
        rule: 'removed',
      }),
    ),
    ...fresh.map(
      (app): Finding => ({
        ...common,
        operation: `app ${app}`,
        expected: 'not there',
        got: 'enabled',
        severity: 'undocumented',
        rule: 'added',
      }),
    ),
  ]
}

function findingsOf(before: RecordedCase, after: RecordedCase, base: string): Finding[] {
  const [first] = exchangesOf(after)
  if (!first) return []
  const { kind, subject } = before
  const why = kind === 'valid' || kind === 'observed' ? '' : ` (${[kind, subject].filter(Boolean).join(' ')})`
  const seen = [variantLabel(first.request) + why]
  return compareCases(before, after).map((difference) => ({
    operation: before.operation,
    ...difference,
    seen,
    reproduce: curlOf(first.request, base),
  }))
}

function summarise(cases: readonly RecordedCase[], findings: readonly Finding[]): OperationResult[] {
  const changed = new Set(findings.filter(({ severity }) => severity !== 'noted').map(({ operation }) => operation))
  const byOperation = new Map<string, RecordedCase[]>()
  for (const recorded of cases)
    byOperation.set(recorded.operation, [...(byOperation.get(recorded.operation) ?? []), recorded])
  const results = [...byOperation].map(
    ([operation, own]): OperationResult => ({
      operation,
      app: own[0]!.app,
      verdict: changed.has(operation) ? 'deviates' : 'conforms',
      requests: own.reduce((sum, { answers }) => sum + answers.length, 0),
      sawData: own.some(({ kind, answers }) => (kind === 'valid' || kind === 'observed') && answers[0]?.status === 200),
    }),
  )
  const apps = findings.filter(({ operation }) => operation.startsWith('app '))
  const whole = apps.map(({ operation }): OperationResult => {
    return { operation, app: operation.slice('app '.length), verdict: 'deviates', requests: 0, sawData: false }
  })
  return [...results, ...whole].sort((a, b) => (a.operation < b.operation ? -1 : 1))
}
