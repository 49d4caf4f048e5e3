import { type Command, readArguments } from '../cli/command.ts'
import { ASKING, ASKING_HELP, readAsking, readOnlyOne, readSeverity } from './arguments.ts'
import { isAtLeast } from './finding.ts'
import { ProgressLine } from './progress.ts'
import { textReport } from './report-text.ts'
import { verify as verifyInstance } from './run.ts'

const CONFORMS = 0
const DEVIATES = 1

const OPTIONS = {
  ...ASKING,
  'fail-on': { type: 'string', default: 'differs' },
  json: { type: 'boolean', default: false },
} as const

/** `ocs-mock verify`: says where a real server's answers differ from what is defined. */
export const verify: Command = {
  summary: 'ask a real server and say where it differs',
  help: `usage: ocs-mock verify URL [--user NAME --password PASSWORD]... [OPTIONS]

Asks a server everything that can be asked without changing it, and judges its answers.

${ASKING_HELP}      --fail-on LEVEL     breaks, differs, undocumented or noted: the least finding that makes the
                          exit code 1 (default: differs)
      --json              print the whole result as JSON
  -h, --help              this text

exit codes: 0 conforms, 1 deviates, 2 could not ask
`,
  async run(args, io) {
    const { values, positionals } = readArguments('ocs-mock verify', args, OPTIONS, true)
    const failOn = readSeverity(values['fail-on'])
    const progress = new ProgressLine(io.err)
    const verification = await verifyInstance({
      ...readAsking(values, readOnlyOne('ocs-mock verify', 'a URL', positionals), io),
      onProgress: (step) => progress.show(step),
      onWait: (message) => progress.tell(message),
    }).finally(() => progress.end())
    io.out.write(values.json ? `${JSON.stringify(verification, null, 2)}\n` : textReport(verification))
    return verification.findings.some(({ severity }) => isAtLeast(severity, failOn)) ? DEVIATES : CONFORMS
  },
}
