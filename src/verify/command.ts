import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { ParseArgsConfig } from 'node:util'
import { type Command, type Io, readArguments } from '../cli/command.ts'
import { UserError } from '../failures.ts'
import { ASKING, ASKING_HELP, readAsking, readOnlyOne, readSeverity } from './arguments.ts'
import { compareWithBaseline, readBaseline, writeBaseline } from './baseline.ts'
import { isAtLeast } from './finding.ts'
import { ProgressLine } from './progress.ts'
import { type WantedReport, wantedReport } from './reports/index.ts'
import { textReport } from './reports/text.ts'
import { type Verification, type VerifyOptions, verify as verifyInstance } from './run.ts'
import { cleanInstance } from './stateful/run.ts'

const CONFORMS = 0
const DEVIATES = 1
/** What shells report for a process that an interrupt ended. */
const INTERRUPTED = 130

const OPTIONS = {
  ...ASKING,
  write: { type: 'boolean', default: false },
  clean: { type: 'boolean', default: false },
  'fail-on': { type: 'string', default: 'differs' },
  report: { type: 'string', multiple: true, default: [] as string[] },
  baseline: { type: 'string' },
  'update-baseline': { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} satisfies NonNullable<ParseArgsConfig['options']>

/** `ocs-mock verify`: says where a real server's answers differ from what is defined. */
export const verify: Command = {
  summary: 'ask a real server and say where it differs',
  help: `usage: ocs-mock verify URL [--user NAME --password PASSWORD]... [OPTIONS]

Asks a server everything that can be asked without changing it, and judges its answers.

With --write it also makes accounts, groups, files, shares and more of its own, named ocsmock-…, compares
what becomes of them with what the model says, and removes them: at the end, when it is interrupted, and
when it is started again after it was killed.

${ASKING_HELP}      --write             also change the server, as an administrator; nothing of others is touched
      --clean             only remove what an earlier run left behind
      --fail-on LEVEL     breaks, differs, undocumented or noted: the least finding that makes the
                          exit code 1 (default: differs)
      --report KIND|FILE  also write html, json, junit, sarif or markdown; may be given more than once
      --baseline FILE     accepted findings: only others are shown and count
      --update-baseline   accept what is found now
      --json              print the whole result as JSON
  -h, --help              this text

exit codes: 0 conforms, 1 deviates, 2 could not ask, 130 interrupted
`,
  async run(args, io) {
    const { values, positionals } = readArguments('ocs-mock verify', args, OPTIONS, true)
    const failOn = readSeverity(values['fail-on'])
    const reports = values.report.map(wantedReport)
    if (values['update-baseline'] && values.baseline === undefined) {
      throw new UserError('Failed to update the baseline: say with --baseline which file it is.')
    }
    const asking = readAsking(values, readOnlyOne('ocs-mock verify', 'a URL', positionals), io)
    if (values.clean) return clean(asking, io)
    const progress = new ProgressLine(io.err)
    const ended = new AbortController()
    io.ended.then(() => {
      if (values.write) progress.tell('Asked to end: removing what was made. Asked again, it stays.')
      ended.abort()
    })
    const all = await verifyInstance({
      ...asking,
      write: values.write,
      signal: ended.signal,
      onProgress: (step) => progress.show(step),
      onWait: (message) => progress.tell(message),
    }).finally(() => progress.end())
    if (values['update-baseline']) await writeBaseline(values.baseline!, all.findings)
    const verification = values.baseline === undefined ? all : await withoutKnown(all, values.baseline, io)
    io.out.write(values.json ? `${JSON.stringify(verification, null, 2)}\n` : textReport(verification))
    await writeReports(reports, verification, io)
    if (ended.signal.aborted) return INTERRUPTED
    return verification.findings.some(({ severity }) => isAtLeast(severity, failOn)) ? DEVIATES : CONFORMS
  },
}

async function clean(asking: VerifyOptions, io: Io): Promise<number> {
  const { removed, left } = await cleanInstance({ ...asking, onWait: (message) => io.err.write(`${message}\n`) })
  io.out.write(
    removed === 0 ? 'There was nothing to remove.\n' : `Removed ${removed} that an earlier run left behind.\n`,
  )
  if (left.length === 0) return CONFORMS
  throw new UserError(`Failed to remove ${left.join(', ')}: the server does not let go of them.`)
}

async function withoutKnown(verification: Verification, file: string, io: Io): Promise<Verification> {
  const { fresh, known, gone } = compareWithBaseline(verification.findings, await readBaseline(file))
  const asked = new Set(verification.operations.map(({ operation }) => operation))
  const past = gone.filter(({ operation }) => asked.has(operation))
  if (past.length > 0) io.err.write(`${past.length} findings of ${file} were not found any more.\n`)
  return { ...verification, findings: fresh, known }
}

async function writeReports(reports: readonly WantedReport[], verification: Verification, io: Io): Promise<void> {
  for (const { file, render } of reports) {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, await render(verification))
    io.err.write(`Wrote ${file}.\n`)
  }
}
