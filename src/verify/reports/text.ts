import { type Finding, SEVERITIES } from '../finding.ts'
import type { Verification } from '../verification.ts'
import { labelsOf, type ReportLabels, VERIFY_LABELS } from './labels.ts'
import { countFindings, spentText, summariseByApp } from './summary.ts'

/** The report for a terminal: what deviates, operation by operation, and a table by app at the end. */
export function textReport(verification: Verification): string {
  const labels = labelsOf(verification)
  // Two servers differ in a hundred numbers and names that mean nothing.
  const findings = verification.findings.filter(({ severity }) => !verification.comparison || severity !== 'noted')
  const left = verification.findings.length - findings.length
  const lines: string[] = verification.comparison ? [] : [judgedLine(verification), '']
  for (const operation of new Set(findings.map((finding) => finding.operation))) {
    lines.push(operation)
    for (const finding of findings) if (finding.operation === operation) lines.push(...findingLines(finding, labels))
    lines.push('')
  }
  lines.push(
    ...table(verification, labels),
    '',
    ...verification.notes,
    ...skippedLines(verification),
    ...(left > 0 ? [`${left} values that every server has of its own are only noted; reports list them.`] : []),
    verdictLine(verification, labels),
  )
  return `${lines.join('\n')}\n`
}

/** Which server this is, and by whose definitions it is judged. */
const judgedLine = ({ base, product, version, profile, contract }: Verification) =>
  `${product} ${version} on ${base}, ${contract ? `asked what tests asked of ${profile}` : `judged as ${profile}`}`

export function findingLines(finding: Finding, labels: ReportLabels = VERIFY_LABELS): string[] {
  const { severity, rule, where, expected, got, seen, reproduce } = finding
  return [
    `  ${labels.severities[severity]}: ${where === '' ? 'body' : where} (${rule})`,
    `    ${labels.expected.padEnd(8)} ${expected}`,
    `    ${labels.got.padEnd(8)} ${got}`,
    `    seen     ${seen.join(', ')}`,
    `    ${reproduce}`,
  ]
}

function table(verification: Verification, labels: ReportLabels): string[] {
  const head = [
    verification.contract ? 'consumer' : 'app',
    labels.conform,
    labels.deviate,
    'skipped',
    ...SEVERITIES.map((severity) => labels.severities[severity]),
  ]
  const rows = summariseByApp(verification).map(({ app, conforms, deviates, skipped, findings }) => [
    app,
    ...[conforms, deviates, skipped, ...SEVERITIES.map((severity) => findings[severity])].map((n) =>
      n === 0 ? '·' : `${n}`,
    ),
  ])
  const widths = head.map((name, i) => Math.max(name.length, ...rows.map((row) => row[i]!.length)))
  const line = (row: readonly string[]) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('  ')
  return [line(head), ...rows.map(line)]
}

/** Reasons with how many operations each explains. */
function skippedLines({ operations, contract }: Verification): string[] {
  // The notes say it of each interaction.
  if (contract) return []
  const reasons = new Map<string, number>()
  for (const { reason } of operations) if (reason) reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
  return [...reasons].map(
    ([reason, count]) => `Skipped ${count} ${count === 1 ? 'operation' : 'operations'}: ${reason}.`,
  )
}

function verdictLine(verification: Verification, { title, severities }: ReportLabels): string {
  const { findings, known } = verification
  const accepted = known.length === 0 ? '' : ` ${known.length} more are in the baseline.`
  return `${title}: ${countFindings(findings, severities)}.${accepted} ${spentText(verification)}`
}
