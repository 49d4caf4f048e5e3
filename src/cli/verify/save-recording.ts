import { compareRecordings, type RecordingDifference } from '#verify/record.ts'
import { isRecording, type Recording, readRecording } from '#verify/recording.ts'
import { writeRecording } from '#verify/write-recording.ts'
import type { Io } from '../command.ts'

/** Where a recording goes, and whether it does. */
export interface SaveOptions {
  /** `undefined`: nowhere. */
  readonly folder: string | undefined
  /** Write it; else only what would change is shown. */
  readonly update: boolean
  /** Somebody else prints JSON, or this is to be it. */
  readonly quiet: boolean
}

/** Show what differs from the last recording, and write the new one if that is wanted. `null`: there was none. */
export function saveRecording(
  recording: Recording,
  { folder, update, quiet }: SaveOptions,
  io: Io,
  former = formerRecording({ folder }),
): RecordingDifference[] | null {
  if (folder === undefined) return null
  const differences = former ? compareRecordings(former, recording) : null
  if (!quiet && !(update && differences === null)) io.out.write(differenceText(differences))
  if (update) {
    writeRecording(folder, recording)
    io.err.write(`${writtenText(recording, folder)}\n`)
  }
  return differences
}

/** The last recording; `null`: there is none. */
export const formerRecording = ({ folder }: Pick<SaveOptions, 'folder'>): Recording | null =>
  folder !== undefined && isRecording(folder) ? readRecording(folder) : null

/** By how much a session grows before it is written again. */
const GROWTH = 1.25

/** Writes a session while it goes on, so that whatever ends it costs no more than what came last. */
export class SessionKeeper {
  readonly #recorder: { recording(): Recording }
  readonly #folder: string | null
  #count = 0
  #next = 1

  constructor(recorder: { recording(): Recording }, { folder, update }: SaveOptions) {
    this.#recorder = recorder
    this.#folder = update && folder !== undefined ? folder : null
  }

  /** One more request was recorded. */
  added(): void {
    if (this.#folder === null || ++this.#count < this.#next) return
    this.#next = Math.ceil(this.#count * GROWTH) + 1
    writeRecording(this.#folder, this.#recorder.recording())
  }
}

/** What differs, case by case, for a terminal. */
export function differenceText(differences: readonly RecordingDifference[] | null): string {
  if (differences === null) return 'There is no recording yet. Write one with --update.\n'
  if (differences.length === 0) return 'Nothing differs from the recording.\n'
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
