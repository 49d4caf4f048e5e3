import { readFileSync, writeFileSync } from 'node:fs'
import { type Json, PARTS, type Source } from './fixture-parts.ts'

export interface Change {
  readonly file: string
  readonly outcome: 'changed' | 'the same' | 'left alone: it needs --occ'
}

/**
 * Reads every part of a profile from a server and writes those that differ.
 * Fails with the file's name where the server cannot be asked; files before it are written by then.
 */
export async function updateProfile(folder: URL, source: Source, { write }: { write: boolean }): Promise<Change[]> {
  const changes: Change[] = []
  for (const part of PARTS) {
    const { file } = part
    if (part.occ && source.occ === null) {
      changes.push({ file, outcome: 'left alone: it needs --occ' })
      continue
    }
    const path = new URL(file, folder)
    const current = JSON.parse(readFileSync(path, 'utf8')) as Json
    const fresh = await part.read(source, current).catch((error: Error) => {
      throw new Error(`${file}: ${error.message}`)
    })
    const same = JSON.stringify(fresh) === JSON.stringify(current)
    if (!same && write) writeFileSync(path, `${JSON.stringify(fresh, null, 1)}\n`)
    changes.push({ file, outcome: same ? 'the same' : 'changed' })
  }
  return changes
}
