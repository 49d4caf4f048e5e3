import {
  ASKING,
  ASKING_USAGE,
  CONFORMS,
  type CommandIo,
  DEVIATES,
  readArguments,
  readAsking,
  readOnlyOne,
  readSeverity,
  tellingUser,
} from './arguments.ts'
import { isAtLeast } from './finding.ts'
import { ProgressLine } from './progress.ts'
import { textReport } from './report-text.ts'
import { verify } from './run.ts'

export const VERIFY_USAGE = `usage: ocs-mock verify URL [--user NAME --password PASSWORD]... [options]

Asks a real server everything that can be asked without changing it, and says where its answers differ.

${ASKING_USAGE}  --fail-on SEVERITY   breaks, differs (default), undocumented, noted: what makes the exit code 1
  --json               the findings as JSON

Exit codes: 0 conforms, 1 deviates, 2 could not ask.
`

const OPTIONS = { ...ASKING, 'fail-on': { type: 'string' } } as const

/** `ocs-mock verify`: the exit code is 0 where the server conforms, 1 where it deviates, 2 where it could not be asked. */
export function verifyCommand(args: readonly string[], io: CommandIo): Promise<number> {
  return tellingUser(io, async () => {
    const { values, positionals } = readArguments(args, OPTIONS, VERIFY_USAGE)
    if (values.help) {
      io.out.write(VERIFY_USAGE)
      return CONFORMS
    }
    const failOn = readSeverity(values['fail-on'] ?? 'differs')
    const progress = new ProgressLine(io.err)
    const verification = await verify({
      ...readAsking(values, readOnlyOne(positionals, 'URL', VERIFY_USAGE), io),
      onProgress: (step) => progress.show(step),
      onWait: (message) => progress.tell(message),
    }).finally(() => progress.end())
    io.out.write(values.json ? `${JSON.stringify(verification, null, 2)}\n` : textReport(verification))
    return verification.findings.some(({ severity }) => isAtLeast(severity, failOn)) ? DEVIATES : CONFORMS
  })
}
