import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { messageOf, UserError } from '#lib/errors.ts'

/** What of a disk is needed to write; tests let it fail. */
export interface Disk {
  makeFolder(path: string): void
  /** Write a file to its end, so that it is on the disk when this ends. */
  write(path: string, text: string): void
  rename(from: string, to: string): void
  remove(path: string): void
}

export const realDisk: Disk = {
  makeFolder: (path) => void mkdirSync(path, { recursive: true }),
  write(path, text) {
    const file = openSync(path, 'w')
    try {
      writeFileSync(file, text)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
  },
  rename: renameSync,
  remove: (path) => rmSync(path, { recursive: true, force: true }),
}

/** Said by a folder in which everything new is there and not yet in its place. */
const COMPLETE = '.complete'
const NEW = '.new'
const OLD = '.old'

/**
 * Write a file beside its place and put it there when it is whole: whatever happens meanwhile, there is the former one
 * or this one.
 * @throws UserError where it cannot be written
 */
export function writeWhole(file: string, text: string, disk: Disk = realDisk): void {
  const beside = `${file}${NEW}`
  telling(file, () => {
    disk.makeFolder(dirname(file))
    try {
      disk.write(beside, text)
      disk.rename(beside, file)
    } catch (error) {
      tryTo(() => disk.remove(beside))
      throw error
    }
  })
}

/**
 * Write files and folders of files that belong together. They are written beside what is there, and take its place when
 * all of them are whole; what a crash leaves half done is finished by {@link finishWriting}.
 * @param parts texts by their path in the folder; what stands in a folder that is named here and not among them goes
 * @throws UserError where they cannot be written; then the former ones are still there
 */
export function writeTogether(folder: string, parts: ReadonlyMap<string, string>, disk: Disk = realDisk): void {
  finishWriting(folder, disk)
  const tops = new Set([...parts.keys()].map((path) => path.split('/')[0]!))
  telling(folder, () => {
    try {
      disk.makeFolder(folder)
      for (const top of tops) disk.remove(join(folder, top + NEW))
      for (const [path, text] of parts) {
        const [top = '', ...rest] = path.split('/')
        const file = join(folder, top + NEW, ...rest)
        disk.makeFolder(dirname(file))
        disk.write(file, text)
      }
      disk.write(join(folder, COMPLETE), [...tops].join('\n'))
    } catch (error) {
      for (const top of tops) tryTo(() => disk.remove(join(folder, top + NEW)))
      tryTo(() => disk.remove(join(folder, COMPLETE)))
      throw error
    }
    finishWriting(folder, disk)
  })
}

/** Put into its place what a crash left beside it. Nothing is lost where this fails; it is done when it is called again. */
export function finishWriting(folder: string, disk: Disk = realDisk): void {
  if (!existsSync(join(folder, COMPLETE))) return
  const fresh = readdirSync(folder).filter((name) => name.endsWith(NEW))
  for (const name of fresh) {
    const place = join(folder, name.slice(0, -NEW.length))
    disk.remove(place + OLD)
    if (existsSync(place)) disk.rename(place, place + OLD)
    disk.rename(join(folder, name), place)
    disk.remove(place + OLD)
  }
  disk.remove(join(folder, COMPLETE))
}

function telling(what: string, work: () => void): void {
  try {
    work()
  } catch (error) {
    if (error instanceof UserError) throw error
    throw new UserError(`Failed to write ${what}: ${messageOf(error)}. What was there before is still there.`)
  }
}

function tryTo(work: () => void): void {
  try {
    work()
  } catch {
    // What is left beside is overwritten the next time.
  }
}
