import { type Finding, SEVERITIES } from '../finding.ts'
import type { Verification } from '../verification.ts'
import { labelsOf, type ReportLabels } from './labels.ts'
import { byOperation, countFindings, spentText, summariseByApp } from './summary.ts'

/** What a comment of a pull request may hold, with room for the rest. */
const MAX_LENGTH = 60_000

/** For a pull request: a table by app, and the findings behind a fold for each operation. */
export function markdownReport(verification: Verification): string {
  const { findings, known, notes } = verification
  const labels = labelsOf(verification)
  const names = SEVERITIES.map((severity) => labels.severities[severity])
  const head = `### ${labels.title}: ${countFindings(findings, labels.severities)}

${spentText(verification)}${known.length === 0 ? '' : ` ${known.length} more findings are in the baseline.`}
${notes.map((note) => `\n> ${note.replace(/[<>&`*_[\]|]/g, (char) => `&#${char.charCodeAt(0)};`)}\n`).join('')}
| app | ${labels.conform} | ${labels.deviate} | skipped | ${names.join(' | ')} |
|---|${'--:|'.repeat(3 + SEVERITIES.length)}
${appRows(verification).join('\n')}
`
  let text = head
  let left = byOperation(findings).size
  for (const [operation, own] of byOperation(findings)) {
    const section = operationSection(operation, own, labels)
    if (text.length + section.length > MAX_LENGTH) return `${text}\n… and ${left} more operations.\n`
    text += section
    left--
  }
  return text
}

function appRows(verification: Verification): string[] {
  return summariseByApp(verification)
    .filter(({ conforms, deviates }) => conforms + deviates > 0)
    .map(({ app, conforms, deviates, skipped, findings }) => {
      const counts = [conforms, deviates, skipped, ...SEVERITIES.map((severity) => findings[severity])]
      return `| ${app} | ${counts.map((n) => (n === 0 ? '' : n)).join(' | ')} |`
    })
}

function operationSection(operation: string, findings: readonly Finding[], labels: ReportLabels): string {
  const rows = findings.map(
    ({ severity, where, expected, got }) =>
      `| ${labels.severities[severity]} | ${code(where === '' ? 'body' : where)} | ${code(expected)} | ${code(got)} |`,
  )
  const [first] = findings
  const fence = fenceFor(first!.reproduce, 3)
  return `
<details><summary><code>${operation}</code>: ${countFindings(findings, labels.severities)}</summary>

| | place | ${labels.expected} | ${labels.got} |
|---|---|---|---|
${rows.join('\n')}

${fence}sh
${first!.reproduce}
${fence}

</details>
`
}

/** More backticks than a text has in a row. */
function fenceFor(text: string, least: number): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  return '`'.repeat(Math.max(least, longest + 1))
}

/** Text as code in a table's cell. */
function code(text: string): string {
  const flat = text.replace(/\s+/g, ' ').replaceAll('|', '\\|')
  if (!flat.includes('`')) return `\`${flat}\``
  const fence = fenceFor(flat, 1)
  return `${fence} ${flat} ${fence}`
}
