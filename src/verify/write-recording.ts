import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { normaliseCases } from './normalise-cases.ts'
import { type Recording, TARGET_FILE } from './recording.ts'

/** Write a recording: the answers as they came in `raw/`, what is compared in `normalized/`, a file per app. */
export function writeRecording(folder: string, recording: Recording): void {
  for (const kind of ['raw', 'normalized']) {
    rmSync(join(folder, kind), { recursive: true, force: true })
    mkdirSync(join(folder, kind), { recursive: true })
  }
  writeJson(join(folder, TARGET_FILE), recording.target)
  for (const app of new Set(recording.cases.map((recorded) => recorded.app))) {
    const cases = recording.cases.filter((recorded) => recorded.app === app)
    writeFileSync(
      join(folder, 'raw', `${app}.json`),
      `[\n${cases.map((recorded) => JSON.stringify(recorded)).join(',\n')}\n]\n`,
    )
    writeJson(join(folder, 'normalized', `${app}.json`), Object.fromEntries(normaliseCases(cases)))
  }
}

const writeJson = (file: string, value: unknown) => writeFileSync(file, `${JSON.stringify(value, null, 1)}\n`)
