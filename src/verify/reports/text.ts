import { type Finding, SEVERITIES } from '../finding.ts'
import type { Verification } from '../run.ts'
import { countFindings, summariseByApp } from './summary.ts'

/** The report for a terminal: what deviates, operation by operation, and a table by app at the end. */
export function textReport(verification: Verification): string {
  const { findings } = verification
  const lines: string[] = []
  for (const operation of new Set(findings.map((finding) => finding.operation))) {
    lines.push(operation)
    for (const finding of findings) if (finding.operation === operation) lines.push(...findingLines(finding))
    lines.push('')
  }
  lines.push(
    ...table(verification),
    '',
    ...verification.notes,
    ...skippedLines(verification),
    verdictLine(verification),
  )
  return `${lines.join('\n')}\n`
}

export function findingLines({ severity, rule, where, expected, got, seen, reproduce }: Finding): string[] {
  return [
    `  ${severity}: ${where === '' ? 'body' : where} (${rule})`,
    `    expected ${expected}`,
    `    got      ${got}`,
    `    seen     ${seen.join(', ')}`,
    `    ${reproduce}`,
  ]
}

function table(verification: Verification): string[] {
  const head = ['app', 'conform', 'deviate', 'skipped', ...SEVERITIES]
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
function skippedLines({ operations }: Verification): string[] {
  const reasons = new Map<string, number>()
  for (const { reason } of operations) if (reason) reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
  return [...reasons].map(
    ([reason, count]) => `Skipped ${count} ${count === 1 ? 'operation' : 'operations'}: ${reason}.`,
  )
}

function verdictLine(verification: Verification): string {
  const { product, version, findings, known, requests, seconds, waiting } = verification
  const share = Math.round(waiting * 100)
  const accepted = known.length === 0 ? '' : ` ${known.length} more are in the baseline.`
  const spent = `${requests} requests in ${seconds.toFixed(1)} s, ${share} % of it waiting for the server`
  return `${product} ${version}: ${countFindings(findings)}.${accepted} ${spent}.`
}
