import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isRecording, type Recording, readRecording } from '#verify/recording.ts'
import { writeRecording } from '#verify/write-recording.ts'
import { type Disk, realDisk, writeWhole } from '#verify/write-whole.ts'

/** How a disk fails: there is no room, what is written may not be, or the process is killed and does nothing more. */
type Failure = 'ENOSPC' | 'EACCES' | 'killed'

/** A disk of which one operation fails; of a text that it writes then, half is there. */
function failingDisk(failure: Failure, at: number): { disk: Disk; done: () => number } {
  let count = 0
  const guard = (before: () => void) => {
    if (failure === 'killed' ? ++count >= at : ++count === at) {
      if (count === at) before()
      throw new Error(failure)
    }
  }
  const disk: Disk = {
    makeFolder(path) {
      guard(() => {})
      realDisk.makeFolder(path)
    },
    write(path, text) {
      guard(() => writeFileSync(path, text.slice(0, text.length / 2)))
      realDisk.write(path, text)
    },
    rename(from, to) {
      guard(() => {})
      realDisk.rename(from, to)
    },
    remove(path) {
      guard(() => {})
      realDisk.remove(path)
    },
  }
  return { disk, done: () => count }
}

function recordingOf(version: string, apps: readonly string[]): Recording {
  return {
    target: {
      product: 'Nextcloud',
      version,
      profile: 'nextcloud-34',
      base: 'https://cloud.example.com',
      apps,
      accounts: [],
    },
    cases: apps.map((app) => ({
      operation: `${app}-list`,
      app,
      kind: 'observed',
      as: 'admin',
      path: `/apps/${app}`,
      query: '',
      answers: [{ version: 2, format: 'json', status: 200, headers: {}, body: `{"version":"${version}"}` }],
    })),
  }
}

const FORMER = recordingOf('33.0.0', ['files', 'old'])
const FRESH = recordingOf('34.0.1', ['files', 'new'])

function folderWith(recording: Recording): string {
  const folder = join(mkdtempSync(join(tmpdir(), 'ocs-mock-')), 'recording')
  writeRecording(folder, recording)
  return folder
}

/** How many operations a recording takes. */
function operations(): number {
  const { disk, done } = failingDisk('killed', Number.POSITIVE_INFINITY)
  writeRecording(folderWith(FORMER), FRESH, disk)
  return done()
}

describe('a recording that is written over another', () => {
  it('takes its place, with nothing left of it or beside it', () => {
    const folder = folderWith(FORMER)
    writeRecording(folder, FRESH)
    expect(readRecording(folder)).toEqual({ ...FRESH, cases: FRESH.cases.toSorted((a, b) => (a.app < b.app ? -1 : 1)) })
    for (const name of ['raw.new', 'raw.old', '.complete', 'raw/old.json'])
      expect(existsSync(join(folder, name))).toBe(false)
  })

  const places = Array.from({ length: operations() }, (_, i) => i + 1)

  it.each(['ENOSPC', 'EACCES', 'killed'] as const)('leaves one of both whole, wherever it fails: %s', (failure) => {
    expect(places.length).toBeGreaterThan(20)
    const versions = new Set<string>()
    for (const at of places) {
      const folder = folderWith(FORMER)
      expect(() => writeRecording(folder, FRESH, failingDisk(failure, at).disk), String(at)).toThrow(failure)
      expect(isRecording(folder)).toBe(true)
      const { target, cases } = readRecording(folder)
      versions.add(target.version)
      const whole = target.version === '33.0.0' ? FORMER : FRESH
      expect(cases.map(({ app }) => app).sort(), String(at)).toEqual(whole.cases.map(({ app }) => app).sort())
      for (const { answers } of cases) expect(answers[0]!.body).toContain(target.version)
    }
    expect([...versions]).toContain('33.0.0')
  })

  it('can be written again after that', () => {
    for (const at of places) {
      const folder = folderWith(FORMER)
      expect(() => writeRecording(folder, FRESH, failingDisk('killed', at).disk)).toThrow('killed')
      writeRecording(folder, FRESH)
      expect(readRecording(folder).target.version).toBe('34.0.1')
    }
  })

  it('leaves alone what else is in its folder', () => {
    const folder = folderWith(FORMER)
    writeFileSync(join(folder, 'README.md'), 'notes')
    writeRecording(folder, FRESH)
    expect(readFileSync(join(folder, 'README.md'), 'utf8')).toBe('notes')
  })
})

describe('a report that is written over another', () => {
  it.each(['ENOSPC', 'EACCES', 'killed'] as const)('leaves the former one where it fails: %s', (failure) => {
    const folder = mkdtempSync(join(tmpdir(), 'ocs-mock-'))
    for (const at of [1, 2, 3]) {
      const file = join(folder, String(at), 'report.json')
      mkdirSync(join(folder, String(at)))
      writeFileSync(file, 'former')
      expect(() => writeWhole(file, 'a new report', failingDisk(failure, at).disk)).toThrow('is still there')
      expect(readFileSync(file, 'utf8')).toBe('former')
      writeWhole(file, 'a new report')
      expect(readFileSync(file, 'utf8')).toBe('a new report')
    }
  })
})
