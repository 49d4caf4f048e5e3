import { type FSWatcher, watch } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** Editors write a file in several steps; this many milliseconds after the last one it is whole. */
const CALM = 80

/** What is installed, and what is hidden, is not the user's to change. */
const isOwn = (name: string) => name !== 'node_modules' && !name.startsWith('.')

/** Logs and other files that somebody writes beside modules are none. */
const isModule = (name: string) => isOwn(name) && /\.(?:[cm]?[jt]s|json)$/.test(name)

/**
 * Watch the modules in folders and below them.
 * @param onChange called once some have changed and nothing more changes
 * @returns what ends it
 */
export async function watchFolders(folders: readonly string[], onChange: () => void): Promise<() => void> {
  const watched = new Map<string, FSWatcher>()
  let calm: NodeJS.Timeout | undefined
  let isOver = false
  const changed = (name: string | null) => {
    if (name !== null && !isModule(name)) return
    clearTimeout(calm)
    calm = setTimeout(() => {
      void lookBelow().then(() => isOver || onChange())
    }, CALM)
  }
  const lookBelow = async () => {
    const all = (await Promise.all(folders.map(foldersBelow))).flat()
    for (const folder of all) {
      if (isOver || watched.has(folder)) continue
      const watcher = watch(folder, (_, name) => changed(name))
      // A folder that is removed is watched no longer.
      watcher.on('error', () => forget(folder))
      watched.set(folder, watcher)
    }
    for (const folder of watched.keys()) if (!all.includes(folder)) forget(folder)
  }
  const forget = (folder: string) => {
    watched.get(folder)?.close()
    watched.delete(folder)
  }
  await lookBelow()
  return () => {
    isOver = true
    clearTimeout(calm)
    for (const folder of [...watched.keys()]) forget(folder)
  }
}

async function foldersBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => null)
  if (entries === null) return []
  const inner = entries.filter((entry) => entry.isDirectory() && isOwn(entry.name))
  return [folder, ...(await Promise.all(inner.map(({ name }) => foldersBelow(join(folder, name))))).flat()]
}
