import type { ParseArgsConfig } from 'node:util'
import { UserError } from '#lib/errors.ts'
import { OcsMock } from '#mock.ts'
import { verifyContracts } from '#verify/contract/verify-contract.ts'
import { cleanInstance } from '#verify/stateful/verify-writes.ts'
import type { Verification, VerifyOptions } from '#verify/verification.ts'
import { verify as verifyInstance } from '#verify/verify.ts'
import { AppModules } from '../app-module.ts'
import { type Command, type Io, readArguments, readInteger } from '../command.ts'
import { type ContractFile, readContracts } from '../contract/contract-folder.ts'
import { readProfileOption } from '../profile-file.ts'
import { readComposition, readOnlyOne, readTargetOptions, TARGET_HELP, TARGET_OPTIONS } from './arguments.ts'
import { ProgressLine } from './progress.ts'
import { CONFORMS, REPORT_HELP, REPORT_OPTIONS, readReportOptions, reportFindings } from './report-findings.ts'

/** What shells report for a process that an interrupt ended. */
const INTERRUPTED = 130

const OPTIONS = {
  ...TARGET_OPTIONS,
  ...REPORT_OPTIONS,
  as: { type: 'string' },
  write: { type: 'boolean', default: false },
  contract: { type: 'string', multiple: true },
  clean: { type: 'boolean', default: false },
  budget: { type: 'string' },
  generate: { type: 'string' },
  seed: { type: 'string' },
  'max-time': { type: 'string', default: '3600' },
} satisfies NonNullable<ParseArgsConfig['options']>

/** `ocs-mock verify`: says where a real server's answers differ from what is defined. */
export const verify: Command = {
  summary: 'ask a real server and say where it differs',
  options: OPTIONS,
  help: `usage: ocs-mock verify URL [--user NAME --password PASSWORD]... [OPTIONS]

Asks a server everything that can be asked without changing it, and judges its answers by the profile that is
nearest to the version that it says it has.

With --write it also makes accounts, groups, files, shares and more of its own, named ocsmock-…, compares
what becomes of them with what the model says, and removes them: at the end, when it is interrupted, and
when it is started again after it was killed.

${TARGET_HELP}      --as PROFILE        judge by this profile, whatever the server says of itself: an upgrade's preview
      --write             also change the server, as an administrator: nothing of others, but the administrator's own
                          activities and last used tags name what was done
      --contract FOLDER   ask what the tests of consumers asked, and nothing else; may be given several times.
                          With --write the states that they need are made and removed
      --clean             only remove what an earlier run left behind
      --budget N          send no more requests than these (but those that remove what was made): each operation
                          first, then the others; what was not asked is said
      --generate N        with --write: tell each story N times more, with texts of its own; what deviates is made as
                          small as it can be
      --seed N            which texts these are (default: 1)
      --max-time SECONDS  after which nothing more is asked, whatever is left (default: 3600)
${REPORT_HELP}  -h, --help              this text

exit codes: 0 conforms, 1 deviates, 2 could not ask, 130 interrupted
`,
  async run(args, io) {
    const { values, positionals } = readArguments('ocs-mock verify', args, OPTIONS, true)
    const reportOptions = readReportOptions(values)
    const url = readOnlyOne('ocs-mock verify', 'a URL', positionals)
    const options = readTargetOptions(values, url, await readComposition(values), io)
    if (values.clean) return clean(options, io)
    const contracts = values.contract === undefined ? null : readContracts(values.contract)
    const progress = new ProgressLine(io.err)
    const ended = new AbortController()
    const seconds = readInteger('--max-time', values['max-time'], 1, 86_400)
    const late = setTimeout(() => {
      progress.log(`The run has taken ${seconds} s: what is left is not asked.`)
      ended.abort()
    }, seconds * 1000)
    io.ended.then(() => {
      if (values.write) progress.log('Asked to end: removing what was made. Asked again, it stays.')
      ended.abort()
    })
    const all: VerifyOptions = {
      ...options,
      as: values.as === undefined ? undefined : await readProfileOption(values.as),
      write: values.write,
      budget: values.budget === undefined ? undefined : readInteger('--budget', values.budget, 1, 1_000_000),
      generate: readGeneration({ generate: values.generate, seed: values.seed, write: values.write }),
      signal: ended.signal,
      onProgress: (step) => progress.show(step),
      onWait: (message) => progress.log(message),
    }
    const verifying = contracts === null ? verifyInstance(all) : verifyContractFiles(contracts, all, values)
    const verification = await verifying.finally(() => {
      clearTimeout(late)
      progress.end()
    })
    const code = await reportFindings(verification, reportOptions, io)
    return ended.signal.aborted ? INTERRUPTED : code
  },
}

function readGeneration({
  generate,
  seed,
  write,
}: Readonly<Record<'generate' | 'seed', string | undefined>> & { write: boolean }) {
  if (generate === undefined) {
    if (seed !== undefined)
      throw new UserError('Failed to use --seed: it says which texts --generate makes. Give both.')
    return undefined
  }
  if (!write) throw new UserError('Failed to use --generate: texts are written. Give --write too.')
  return {
    cases: readInteger('--generate', generate, 1, 1000),
    seed: readInteger('--seed', seed ?? '1', 0, 2 ** 31 - 1),
  }
}

/** Ask what contracts ask, of apps of one's own too. */
async function verifyContractFiles(
  files: readonly ContractFile[],
  options: VerifyOptions,
  values: Parameters<typeof readComposition>[0],
): Promise<Verification> {
  const apps = await new AppModules(values).read()
  return verifyContracts({
    ...options,
    contracts: files.map(({ contract }) => contract),
    mock: (mockOptions) => new OcsMock({ ...mockOptions, apps, onNotBuilt: () => {} }),
  })
}

async function clean(options: VerifyOptions, io: Io): Promise<number> {
  const { removed, left } = await cleanInstance({ ...options, onWait: (message) => io.err.write(`${message}\n`) })
  io.out.write(
    removed === 0 ? 'There was nothing to remove.\n' : `Removed ${removed} that an earlier run left behind.\n`,
  )
  if (left.length === 0) return CONFORMS
  throw new UserError(`Failed to remove ${left.join(', ')}: the server does not let go of them.`)
}
