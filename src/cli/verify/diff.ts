import { UserError } from '#lib/errors.ts'
import { diffSources, readDiffSource } from '#verify/changes/diff-sources.ts'
import type { VerifyOptions } from '#verify/verification.ts'
import { type Command, type Io, readArguments } from '../command.ts'
import { readComposition, readTargetOptions, TARGET_HELP, TARGET_OPTIONS } from './arguments.ts'
import { ProgressLine } from './progress.ts'
import { REPORT_HELP, REPORT_OPTIONS, readReportOptions, reportFindings } from './report-findings.ts'

const OPTIONS = { ...TARGET_OPTIONS, ...REPORT_OPTIONS, 'fail-on': { type: 'string', default: 'breaks' } } as const

const LEVELS = `
breaks: something is gone, or has another type or status. differs: something is switched, or less is in a
list. undocumented: something is new. noted: numbers and texts, which every server has of its own.
`

/** `ocs-mock diff A B`: what changed between two versions of a product. */
export const diffCommand: Command = {
  summary: 'compare two servers, or a server and a recording',
  options: OPTIONS,
  help: `usage: ocs-mock diff BEFORE AFTER [--user NAME --password PASSWORD]... [OPTIONS]

Says what changed. BEFORE and AFTER are addresses of servers or folders with recordings; a server is asked
what the other one was asked, and nothing that changes it. Different passwords of one account go into the
addresses: https://admin:password@cloud.example.com.
${LEVELS}
${TARGET_HELP}${REPORT_HELP.replace('(default: differs)', '(default: breaks)')}  -h, --help              this text

exit codes: 0 nothing that bad changed, 1 something did, 2 could not compare
`,
  async run(args, io) {
    const { values, positionals } = readArguments('ocs-mock diff', args, OPTIONS, true)
    const [before, after, ...more] = positionals
    if (before === undefined || after === undefined || more.length > 0)
      throw new UserError('Failed to find what to compare: give two, BEFORE and AFTER. See "ocs-mock diff --help".')
    const reportOptions = readReportOptions(values)
    return withProgress(io, async (callbacks) => {
      const composition = await readComposition(values)
      const read = (text: string) =>
        readDiffSource(text, (url) => ({ ...readTargetOptions(values, url, composition, io), ...callbacks }))
      return diffSources(read(before), read(after))
    }).then((verification) => reportFindings(verification, reportOptions, io))
  },
}

/** `ocs-mock drift FOLDER URL`: whether a recording is still what the server says, for a job that runs every night. */
export const driftCommand: Command = {
  summary: 'ask a server whether a recording of it is still true',
  options: OPTIONS,
  help: `usage: ocs-mock drift FOLDER URL [--user NAME --password PASSWORD]... [OPTIONS]

Asks a server again what the recording in FOLDER was asked, and says what became another answer. Meant for a
job that runs every night: tests that believe the recording, or a fake made from it, hear of a change first.
${LEVELS}
${TARGET_HELP}${REPORT_HELP}  -h, --help              this text

exit codes: 0 still true, 1 something changed, 2 could not ask
`,
  async run(args, io) {
    const options = { ...OPTIONS, 'fail-on': { type: 'string', default: 'differs' } } as const
    const { values, positionals } = readArguments('ocs-mock drift', args, options, true)
    const [folder, url, ...more] = positionals
    if (folder === undefined || url === undefined || more.length > 0)
      throw new UserError('Failed to find what to compare: give FOLDER and URL. See "ocs-mock drift --help".')
    const reportOptions = readReportOptions(values)
    return withProgress(io, async (callbacks) => {
      const before = readDiffSource(folder, () => {
        throw new UserError(
          `Failed to find a recording in "${folder}". Make one with "ocs-mock record URL --to ${folder} --update".`,
        )
      })
      const target = readTargetOptions(values, url, await readComposition(values), io)
      return diffSources(before, { server: { ...target, ...callbacks } })
    }).then((verification) => reportFindings(verification, reportOptions, io))
  },
}

type ProgressCallbacks = Pick<VerifyOptions, 'onProgress' | 'onWait'>

/** Show how far it got, and leave no trace of that. */
function withProgress<T>(io: Io, work: (callbacks: ProgressCallbacks) => Promise<T>): Promise<T> {
  const progress = new ProgressLine(io.err)
  const callbacks: ProgressCallbacks = {
    onProgress: (step) => progress.show(step),
    onWait: (message) => progress.log(message),
  }
  return work(callbacks).finally(() => progress.end())
}
