import { normaliseCases } from './normalise-cases.ts'
import { type Recording, TARGET_FILE } from './recording.ts'
import { type Disk, realDisk, writeTogether } from './write-whole.ts'

/**
 * Write a recording: the answers as they came in `raw/`, what is compared in `normalized/`, a file per app. Until all
 * of it is on the disk the former recording stays.
 * @throws UserError where it cannot be written
 */
export function writeRecording(folder: string, recording: Recording, disk: Disk = realDisk): void {
  const parts = new Map([[TARGET_FILE, jsonText(recording.target)]])
  for (const app of new Set(recording.cases.map((recorded) => recorded.app))) {
    const cases = recording.cases.filter((recorded) => recorded.app === app)
    parts.set(`raw/${app}.json`, `[\n${cases.map((recorded) => JSON.stringify(recorded)).join(',\n')}\n]\n`)
    parts.set(`normalized/${app}.json`, jsonText(Object.fromEntries(normaliseCases(cases))))
  }
  writeTogether(folder, parts, disk)
}

const jsonText = (value: unknown) => `${JSON.stringify(value, null, 1)}\n`
