import { UserError } from '#lib/errors.ts'
import { record as recordInstance } from '#verify/record.ts'
import type { VerifyOptions } from '#verify/verification.ts'
import { type Command, type Io, readArguments, readInteger } from '../command.ts'
import { readComposition, readOnlyOne, readTargetOptions, TARGET_HELP, TARGET_OPTIONS } from './arguments.ts'
import { ProgressLine } from './progress.ts'
import { REPORT_HELP, REPORT_OPTIONS, readReportOptions } from './report-findings.ts'
import { type SaveOptions, saveRecording } from './save-recording.ts'

const SAME = 0
const DIFFERS = 1

const OPTIONS = {
  ...TARGET_OPTIONS,
  ...REPORT_OPTIONS,
  proxy: { type: 'string' },
  port: { type: 'string', default: '0' },
  host: { type: 'string', default: '127.0.0.1' },
  har: { type: 'string' },
  to: { type: 'string' },
  update: { type: 'boolean', default: false },
} as const

/** `ocs-mock record`: shows what differs from the last recording, and writes only with `--update`. */
export const record: Command = {
  summary: 'keep what a real server answers: to our questions, or to your client',
  options: OPTIONS,
  help: `usage: ocs-mock record URL --to FOLDER [--user NAME --password PASSWORD]... [OPTIONS]
       ocs-mock record --proxy URL [--port PORT] [--to FOLDER] [OPTIONS]
       ocs-mock record --har FILE [URL] [--to FOLDER] [OPTIONS]

The first asks a server what the verifier asks. The second stands between a client and its server until
it is interrupted, and judges what passes. The third reads what a browser's developer tools saved.
Answers are compared with the recording in FOLDER. Passwords, tokens, cookies, e-mail addresses and hosts
are taken out before anything is written.

      --to FOLDER         where the recording is or will be
      --update            write the recording
      --proxy URL         the server behind the proxy; clients use the address that is printed
      --port PORT         where the proxy listens; 0 picks a free port (default: 0)
      --host HOST         the address that it listens on (default: 127.0.0.1)
      --har FILE          an HTTP Archive; URL is the server, if not the first that it asked for OCS
${TARGET_HELP}With --proxy and --har:
${REPORT_HELP}  -h, --help              this text

exit codes: 0 nothing differs or the recording was written, 1 something differs, 2 could not ask;
with --proxy and --har: 0 what passed conforms, 1 it deviates, 2 could not begin
`,
  async run(args, io) {
    const { values, positionals } = readArguments('ocs-mock record', args, OPTIONS, true)
    const saveOptions: SaveOptions = { folder: values.to, update: values.update, quiet: values.json }
    if (values.update && values.to === undefined)
      throw new UserError('Failed to update: say with --to which folder it is.')
    if (values.proxy !== undefined && values.har !== undefined)
      throw new UserError('Failed to choose: give --proxy or --har, not both.')
    if (values.proxy !== undefined) {
      if (positionals.length > 0)
        throw new UserError(`Failed to read "${positionals[0]}": the URL is given with --proxy.`)
      const { recordProxy } = await import('./proxy.ts')
      const port = readInteger('--port', values.port, 0, 65_535)
      const verifyOptions = readTargetOptions(values, values.proxy, await readComposition(values), io)
      return recordProxy(
        { verifyOptions, host: values.host, port, reportOptions: readReportOptions(values), saveOptions: saveOptions },
        io,
      )
    }
    if (values.har !== undefined) {
      const { recordHar } = await import('./har.ts')
      const composition = await readComposition(values)
      const url =
        positionals.length === 0
          ? undefined
          : readTargetOptions(values, readOnlyOne('ocs-mock record', 'a URL', positionals), composition, io).url
      return recordHar(
        { file: values.har, url, composition, reportOptions: readReportOptions(values), saveOptions },
        io,
      )
    }
    if (values.report.length > 0 || values.baseline !== undefined)
      throw new UserError('Failed to report: a recording of our own questions is not judged. Use "ocs-mock verify".')
    const url = readOnlyOne('ocs-mock record', 'a URL', positionals)
    const folder = readOnlyOne('ocs-mock record', '--to FOLDER', values.to === undefined ? [] : [values.to])
    return recordProbes(
      readTargetOptions(values, url, await readComposition(values), io),
      { ...saveOptions, folder },
      io,
    )
  },
}

async function recordProbes(options: VerifyOptions, saveOptions: SaveOptions, io: Io): Promise<number> {
  const progress = new ProgressLine(io.err)
  const recording = await recordInstance({
    ...options,
    onProgress: (step) => progress.show(step),
    onWait: (message) => progress.log(message),
  }).finally(() => progress.end())
  const differences = saveRecording(recording, saveOptions, io)
  if (saveOptions.quiet) io.out.write(`${JSON.stringify(differences ?? [], null, 2)}\n`)
  if (saveOptions.update) return SAME
  return differences === null || differences.length > 0 ? DIFFERS : SAME
}
