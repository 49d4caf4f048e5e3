import {
  ASKING,
  ASKING_USAGE,
  CONFORMS,
  type CommandIo,
  DEVIATES,
  readArguments,
  readAsking,
  readOnlyOne,
  tellingUser,
} from './arguments.ts'
import { ProgressLine } from './progress.ts'
import { compareRecordings, type RecordingDifference, record } from './record.ts'
import { isRecording, type Recording, readRecording, writeRecording } from './recording.ts'

export const RECORD_USAGE = `usage: ocs-mock record URL --to FOLDER [--user NAME --password PASSWORD]... [options]

Asks a server what the verifier asks and compares the answers with the recording in FOLDER.
Passwords, tokens, cookies, e-mail addresses and hosts are redacted before anything is written.

${ASKING_USAGE}  --to FOLDER          where the recording is or will be
  --update             write the recording
  --json               the differences as JSON

Exit codes: 0 nothing differs or the recording was written, 1 something differs, 2 could not ask.
`

const OPTIONS = { ...ASKING, to: { type: 'string' }, update: { type: 'boolean' } } as const

/** `ocs-mock record`: shows what differs from the last recording, and writes only with `--update`. */
export function recordCommand(args: readonly string[], io: CommandIo): Promise<number> {
  return tellingUser(io, async () => {
    const { values, positionals } = readArguments(args, OPTIONS, RECORD_USAGE)
    if (values.help) {
      io.out.write(RECORD_USAGE)
      return CONFORMS
    }
    const url = readOnlyOne(positionals, 'URL', RECORD_USAGE)
    const folder = readOnlyOne(values.to === undefined ? [] : [values.to], '--to FOLDER', RECORD_USAGE)
    const progress = new ProgressLine(io.err)
    const recording = await record({
      ...readAsking(values, url, io),
      onProgress: (step) => progress.show(step),
      onWait: (message) => progress.tell(message),
    }).finally(() => progress.end())
    const differences = isRecording(folder) ? compareRecordings(readRecording(folder), recording) : null
    io.out.write(values.json ? `${JSON.stringify(differences ?? [], null, 2)}\n` : differenceText(differences))
    if (values.update) {
      writeRecording(folder, recording)
      io.out.write(`${writtenText(recording, folder)}\n`)
      return CONFORMS
    }
    return differences === null || differences.length > 0 ? DEVIATES : CONFORMS
  })
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
