import { SEVERITIES } from '../finding.ts'
import type { Verification } from '../verification.ts'
import { type Cause, causesOf, placesText } from './causes.ts'
import { labelsOf, type ReportLabels } from './labels.ts'
import { countFindings, spentText, summariseByApp } from './summary.ts'

/** What a comment of a pull request may hold, with room for the rest. */
const MAX_LENGTH = 60_000

/** So many places of a cause are told. */
const MOST_PLACES = 20

/** For a pull request: a table by app, and the findings behind a fold for each cause. */
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
  const causes = causesOf(verification)
  let left = causes.length
  for (const cause of causes) {
    const section = causeSection(cause, labels)
    if (text.length + section.length > MAX_LENGTH) return `${text}\n… and ${left} more causes.\n`
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

function causeSection(cause: Cause, labels: ReportLabels): string {
  const { app, findings } = cause
  const rows = findings
    .slice(0, MOST_PLACES)
    .map(
      ({ operation, severity, where, expected, got }) =>
        `| ${labels.severities[severity]} | ${code(operation)} | ${code(where === '' ? 'body' : where)} | ${code(expected)} | ${code(got)} |`,
    )
  const [first] = findings
  const left = findings.length - rows.length
  const more = left > 0 ? `\n… and ${left} more places.\n` : ''
  const fence = fenceFor(first.reproduce, 3)
  return `
<details><summary>${app}: <code>${placesText(cause)}</code>, ${countFindings(findings, labels.severities)}</summary>

| | operation | place | ${labels.expected} | ${labels.got} |
|---|---|---|---|---|
${rows.join('\n')}
${more}
${fence}sh
${first.reproduce}
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
