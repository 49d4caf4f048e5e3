import type { ParseArgsConfig } from 'node:util'
import { UserError } from '#lib/errors.ts'
import { type VerifyOptions, verify as verifyInstance } from '#verify/run.ts'
import { cleanInstance } from '#verify/stateful/run.ts'
import { type Command, type Io, readArguments } from '../command.ts'
import { ASKING, ASKING_HELP, readAsking, readOnlyOne } from './arguments.ts'
import { ProgressLine } from './progress.ts'
import { CONFORMS, conclude, REPORTING, REPORTING_HELP, readReporting } from './report-findings.ts'

/** What shells report for a process that an interrupt ended. */
const INTERRUPTED = 130

const OPTIONS = {
  ...ASKING,
  ...REPORTING,
  write: { type: 'boolean', default: false },
  clean: { type: 'boolean', default: false },
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
${REPORTING_HELP}  -h, --help              this text

exit codes: 0 conforms, 1 deviates, 2 could not ask, 130 interrupted
`,
  async run(args, io) {
    const { values, positionals } = readArguments('ocs-mock verify', args, OPTIONS, true)
    const reporting = readReporting(values)
    const asking = readAsking(values, readOnlyOne('ocs-mock verify', 'a URL', positionals), io)
    if (values.clean) return clean(asking, io)
    const progress = new ProgressLine(io.err)
    const ended = new AbortController()
    io.ended.then(() => {
      if (values.write) progress.tell('Asked to end: removing what was made. Asked again, it stays.')
      ended.abort()
    })
    const verification = await verifyInstance({
      ...asking,
      write: values.write,
      signal: ended.signal,
      onProgress: (step) => progress.show(step),
      onWait: (message) => progress.tell(message),
    }).finally(() => progress.end())
    const code = await conclude(verification, reporting, io)
    return ended.signal.aborted ? INTERRUPTED : code
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
