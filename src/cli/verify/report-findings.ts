import { UserError } from '#lib/errors.ts'
import { compareWithBaseline, readBaseline, writeBaseline } from '#verify/baseline.ts'
import { isAtLeast, type Severity } from '#verify/finding.ts'
import { type WantedReport, wantedReport } from '#verify/reports/index.ts'
import { textReport } from '#verify/reports/text.ts'
import type { Verification } from '#verify/verification.ts'
import { writeWhole } from '#verify/write-whole.ts'
import type { Io } from '../command.ts'
import { readSeverity } from './arguments.ts'

export const CONFORMS = 0
export const DEVIATES = 1

/** Arguments of every command that ends in findings. */
export const REPORT_OPTIONS = {
  'fail-on': { type: 'string', default: 'differs' },
  report: { type: 'string', multiple: true, default: [] as string[] },
  baseline: { type: 'string' },
  'update-baseline': { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const

export const REPORT_HELP = `      --fail-on LEVEL     breaks, differs, undocumented or noted: the least finding that makes the
                          exit code 1 (default: differs)
      --report KIND|FILE  also write html, json, junit, sarif or markdown; may be given more than once
      --baseline FILE     accepted findings: only others are shown and count
      --update-baseline   accept what is found now
      --json              print the whole result as JSON
`

interface ReportValues {
  readonly 'fail-on': string
  readonly report: readonly string[]
  readonly baseline?: string | undefined
  readonly 'update-baseline': boolean
  readonly json: boolean
}

/** How findings are told, checked before anything is asked. */
export interface ReportOptions {
  readonly failOn: Severity
  readonly reports: readonly WantedReport[]
  readonly baseline: string | undefined
  readonly updateBaseline: boolean
  readonly json: boolean
}

/** @throws UserError */
export function readReportOptions(values: ReportValues): ReportOptions {
  if (values['update-baseline'] && values.baseline === undefined) {
    throw new UserError('Failed to update the baseline: say with --baseline which file it is.')
  }
  return {
    failOn: readSeverity(values['fail-on']),
    reports: values.report.map(wantedReport),
    baseline: values.baseline,
    updateBaseline: values['update-baseline'],
    json: values.json,
  }
}

/** Print what was found, write the reports that are wanted, and answer the exit code. */
export async function reportFindings(all: Verification, options: ReportOptions, io: Io): Promise<number> {
  const { baseline, updateBaseline, reports, json, failOn } = options
  if (updateBaseline) writeBaseline(baseline!, all.findings)
  const verification = baseline === undefined ? all : await withoutKnown(all, baseline, io)
  io.out.write(json ? `${JSON.stringify(verification, null, 2)}\n` : textReport(verification))
  for (const { file, render } of reports) {
    writeWhole(file, await render(verification))
    io.err.write(`Wrote ${file}.\n`)
  }
  return verification.findings.some(({ severity }) => isAtLeast(severity, failOn)) ? DEVIATES : CONFORMS
}

async function withoutKnown(verification: Verification, file: string, io: Io): Promise<Verification> {
  const { fresh, known, gone } = compareWithBaseline(verification.findings, await readBaseline(file))
  const verified = new Set(verification.operations.map(({ operation }) => operation))
  const past = gone.filter(({ operation }) => verified.has(operation))
  if (past.length > 0) io.err.write(`${past.length} findings of ${file} were not found any more.\n`)
  return { ...verification, findings: fresh, known }
}
