import { type Command, readArguments } from '../cli/command.ts'
import { ASKING, ASKING_HELP, readAsking, readOnlyOne } from './arguments.ts'
import { ProgressLine } from './progress.ts'
import { compareRecordings, type RecordingDifference, record as recordInstance } from './record.ts'
import { isRecording, type Recording, readRecording, writeRecording } from './recording.ts'

const SAME = 0
const DIFFERS = 1

const OPTIONS = {
  ...ASKING,
  to: { type: 'string' },
  update: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const

/** `ocs-mock record`: shows what differs from the last recording, and writes only with `--update`. */
export const record: Command = {
  summary: 'ask a real server and keep its answers',
  help: `usage: ocs-mock record URL --to FOLDER [--user NAME --password PASSWORD]... [OPTIONS]

Asks a server what the verifier asks and compares the answers with the recording in FOLDER. Passwords,
tokens, cookies, e-mail addresses and hosts are taken out before anything is written.

${ASKING_HELP}      --to FOLDER         where the recording is or will be
      --update            write the recording
      --json              print the differences as JSON
  -h, --help              this text

exit codes: 0 nothing differs or the recording was written, 1 something differs, 2 could not ask
`,
  async run(args, io) {
    const { values, positionals } = readArguments('ocs-mock record', args, OPTIONS, true)
    const url = readOnlyOne('ocs-mock record', 'a URL', positionals)
    const folder = readOnlyOne('ocs-mock record', '--to FOLDER', values.to === undefined ? [] : [values.to])
    const progress = new ProgressLine(io.err)
    const recording = await recordInstance({
      ...readAsking(values, url, io),
      onProgress: (step) => progress.show(step),
      onWait: (message) => progress.tell(message),
    }).finally(() => progress.end())
    const differences = isRecording(folder) ? compareRecordings(readRecording(folder), recording) : null
    io.out.write(values.json ? `${JSON.stringify(differences ?? [], null, 2)}\n` : differenceText(differences))
    if (values.update) {
      writeRecording(folder, recording)
      io.err.write(`${writtenText(recording, folder)}\n`)
      return SAME
    }
    return differences === null || differences.length > 0 ? DIFFERS : SAME
  },
}

/** What differs, case by case, for a terminal. */
export function differenceText(differences: readonly RecordingDifference[] | null): string {
  if (differences === null) return 'There is no recording yet. Write one with --update.\n'
  if (differences.length === 0) return 'Nothing differs.\n'
  const lines: string[] = []
  for (const name of new Set(differences.map((difference) => difference.case))) {
    lines.push(name)
    for (const { where, before, after } of differences.filter((difference) => difference.case === name)) {
      lines.push(`  ${where === '' ? 'whole case' : where}: ${before} → ${after}`)
    }
  }
  return `${lines.join('\n')}\n`
}

function writtenText({ cases }: Recording, folder: string): string {
  const answers = cases.reduce((sum, recorded) => sum + recorded.answers.length, 0)
  return `Wrote ${answers} answers to ${cases.length} questions into ${folder}.`
}
