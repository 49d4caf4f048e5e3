import { UserError } from '../failures.ts'
import * as files from './files.ts'
import type { FileSeed, Seed } from './seed.ts'
import * as users from './users.ts'
import type { World } from './world.ts'

/** Lay the files of a seed into the homes of their accounts. */
export function seedFiles(world: World, homes: NonNullable<Seed['files']>): void {
  for (const [userId, paths] of Object.entries(homes)) {
    const user = users.find(world, userId)
    if (!user) {
      throw new UserError(
        `Failed to seed files.${userId}: there is no account "${userId}". Name it under "users" of the same seed.`,
      )
    }
    files.home(world, user.id)
    for (const [path, seed] of Object.entries(paths)) seedFile(world, user.id, path, seed)
  }
}

function seedFile(world: World, userId: string, path: string, seed: FileSeed): void {
  const place = `files.${userId}[${JSON.stringify(path)}]`
  const wanted = files.normalize(path)
  if (wanted === '/' || path.split('/').includes('..')) {
    throw new UserError(`Failed to seed ${place}: this path names no file. Write one such as "/Documents/report.txt".`)
  }
  makeFolders(world, userId, path.endsWith('/') ? wanted : files.dirName(wanted), place)
  if (path.endsWith('/')) return
  const mtime = typeof seed === 'string' || seed.mtime === undefined ? {} : { mtime: seed.mtime }
  const { outcome } = files.put(world, userId, wanted, contentOf(seed, place), mtime)
  if (outcome !== 'created' && outcome !== 'updated') throw new UserError(`Failed to seed ${place}: ${outcome}.`)
}

function makeFolders(world: World, userId: string, path: string, place: string): void {
  if (path === '/') return
  makeFolders(world, userId, files.dirName(path), place)
  const known = files.resolve(world, userId, path)
  if (known && !files.isFolder(known)) throw new UserError(`Failed to seed ${place}: ${path} is a file.`)
  if (!known) files.makeFolder(world, userId, path)
}

function contentOf(seed: FileSeed, place: string): files.Content {
  if (typeof seed === 'string') return textContent(seed)
  if (typeof seed !== 'object' || seed === null) throw wrongContent(place)
  if (typeof seed.content === 'string') return textContent(seed.content)
  if (typeof seed.base64 === 'string') {
    if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(seed.base64)) throw wrongContent(place)
    return { base64: seed.base64 }
  }
  if (Number.isSafeInteger(seed.size) && seed.size! >= 0) return { zeros: seed.size! }
  throw wrongContent(place)
}

const textContent = (text: string): files.Content => files.contentFrom(new TextEncoder().encode(text))

const wrongContent = (place: string) =>
  new UserError(
    `Failed to seed ${place}: it has no content. Write its text, or {"content": …}, {"base64": …} or {"size": bytes}.`,
  )
