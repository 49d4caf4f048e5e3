import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { FolderEntry } from '#world/world.ts'

const MOST_ENTRIES = 1_000
const MOST_BYTES = 64 * 1024 * 1024

/**
 * All that is in a folder of this machine; links are not followed. `null`: there is no such folder, or it holds more
 * than 1,000 entries or 64 MiB, which is no skeleton of a home.
 */
export function readFolder(folder: string): readonly FolderEntry[] | null {
  const entries: FolderEntry[] = []
  let left = MOST_BYTES
  const read = (below: string): boolean => {
    for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
      const path = `${below}/${entry.name}`
      if (!entry.isDirectory() && !entry.isFile()) continue
      if (entry.isFile()) left -= statSync(join(folder, path)).size
      if (left < 0 || entries.length === MOST_ENTRIES) return false
      entries.push({ path, bytes: entry.isFile() ? readFileSync(join(folder, path)) : null })
      if (entry.isDirectory() && !read(path)) return false
    }
    return true
  }
  try {
    return read('') ? entries : null
  } catch {
    return null
  }
}
