import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type Layer, layOver } from '#profiles/layer.ts'
import { layerBetween } from '#profiles/layer-between.ts'
import { type Json, PARTS, type Source } from '#profiles/reading/parts.ts'

export interface Change {
  readonly file: string
  readonly outcome: 'changed' | 'the same' | 'left alone: it needs --occ' | 'left alone: the server has no such thing'
}

/**
 * Reads every part of a profile from a server and writes those that differ.
 * Fails with the file's name where the server cannot be asked; files before it are written by then.
 * @param folders the profile's own, and those of the newer ones that it is stated over, the next newer one first: then
 * what is written is what differs from them
 */
export async function updateProfile(
  [folder, ...newer]: readonly [URL, ...URL[]],
  source: Source,
  { write }: { write: boolean },
): Promise<Change[]> {
  const changes: Change[] = []
  for (const part of PARTS) {
    const { file } = part
    if (part.occ && source.occ === null) {
      changes.push({ file, outcome: 'left alone: it needs --occ' })
      continue
    }
    const below = newer.length === 0 ? undefined : readValue(file, newer)
    const current = readValue(file, [folder, ...newer]) as Json
    const fresh = await part.read(source, current).catch((error: Error) => {
      if (newer.length > 0) return null
      throw new Error(`${file}: ${error.message}`)
    })
    if (fresh === null) {
      changes.push({ file, outcome: 'left alone: the server has no such thing' })
      continue
    }
    const same = JSON.stringify(fresh) === JSON.stringify(current)
    if (!same && write) writeValue(new URL(file, folder), fresh, below)
    changes.push({ file, outcome: same ? 'the same' : 'changed' })
  }
  return changes
}

/** What a profile has in a file: that of the oldest folder on top. */
function readValue(file: string, [folder, ...newer]: readonly URL[]): unknown {
  if (!folder) return undefined
  const path = new URL(file, folder)
  const own: unknown = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined
  if (newer.length === 0) return own
  const below = readValue(file, newer)
  return own === undefined ? below : layOver(below, own as Layer)
}

/** Members that every start needs are files even where nothing differs. */
const AT_ONCE = ['apps.json', 'installation.json']

function writeValue(path: URL, value: Json, below: unknown): void {
  const content = below === undefined ? value : layerBetween(below, value)
  if (content !== null) writeFileSync(path, `${JSON.stringify(content, null, 1)}\n`)
  else if (AT_ONCE.some((name) => path.pathname.endsWith(`/${name}`))) writeFileSync(path, '{}\n')
  else rmSync(path, { force: true })
}
