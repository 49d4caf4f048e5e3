import { inPlace, SeedError } from '#lib/errors.ts'
import { type Infer, s } from '#lib/schema.ts'
import * as users from '../accounts/users.ts'
import type { World } from '../world.ts'
import * as files from './files.ts'
import { changeSkeleton } from './homes.ts'
import type { SkeletonEntry } from './skeleton.ts'
import * as tags from './tags.ts'
import { moveToTrash } from './trash.ts'
import * as tree from './tree.ts'
import * as versions from './versions.ts'

/** A file's bytes: its text, or in base64, or as many zeros. */
const contentMembers = {
  content: s.optional(s.string()),
  base64: s.optional(s.string()),
  size: s.optional(s.int()),
}

/** A file's text, or its bytes, or how many zeros it holds; `false`: it is not there. */
const fileSeedSchema = s.union(
  s.literal(false),
  s.string(),
  s.object({
    ...contentMembers,
    mtime: s.optional(s.described('seconds since 1970', s.int())),
    etag: s.optional(s.described('without quotes', s.string())),
    id: s.optional(s.described('what the file is known by: a number that no other file has', s.int())),
    favorite: s.optional(s.bool()),
    versions: s.optional(
      s.described(
        'earlier states, in any order',
        s.list(
          s.object({
            ...contentMembers,
            mtime: s.described('seconds since 1970', s.int()),
            label: s.optional(s.string()),
          }),
        ),
      ),
    ),
  }),
)
type FileSeed = Infer<typeof fileSeedSchema>

export const filesSeedSchema = s.record(s.record(fileSeedSchema))

export const skeletonSeedSchema = s.record(s.union(s.string(), s.object(contentMembers)))

/** Let new homes begin with the files of a seed, and with nothing else. */
export function seedSkeleton(world: World, files: Infer<typeof skeletonSeedSchema>): void {
  const entries = new Map<string, SkeletonEntry>()
  for (const [path, seed] of Object.entries(files))
    inPlace(path, () => {
      const wanted = fileOfSeed(path)
      const steps = wanted.split('/').slice(1)
      const isFolder = path.endsWith('/')
      for (let depth = 1; depth < steps.length + (isFolder ? 1 : 0); depth++) {
        const folder = `/${steps.slice(0, depth).join('/')}`
        if (entries.get(folder)?.content) throw new SeedError([], `${folder} is a file.`)
        entries.set(folder, { path: folder, content: null })
      }
      if (isFolder) return
      if (entries.has(wanted)) throw new SeedError([], `${wanted} is there twice.`)
      entries.set(wanted, { path: wanted, content: contentOf(seed) })
    })
  changeSkeleton(world, [...entries.values()])
}

/** Lay the files of a seed into the homes of their accounts. Where `/` is `false`, a new home has nothing else. */
export function seedFiles(world: World, homes: Infer<typeof filesSeedSchema>): void {
  for (const [userId, paths] of Object.entries(homes)) {
    const user = users.find(world, userId)
    if (!user) {
      throw new SeedError([userId], `there is no account "${userId}". Name it under "users" of the same seed.`)
    }
    const { '/': top, ...below } = paths
    const lay = () =>
      inPlace(userId, () => {
        for (const [path, seed] of Object.entries(below)) inPlace(path, () => seedFile(world, user.id, path, seed))
      })
    if (top === false && files.home(world, user.id) === undefined) files.ensureHome(world, user.id, lay)
    else {
      files.ensureHome(world, user.id)
      lay()
    }
  }
}

function seedFile(world: World, userId: string, path: string, seed: FileSeed): void {
  const wanted = fileOfSeed(path)
  if (seed === false) {
    const there = files.resolve(world, userId, wanted)
    if (there) tree.drop(world, there.node.id)
    return
  }
  makeFolders(world, userId, path.endsWith('/') ? wanted : files.dirName(wanted))
  if (path.endsWith('/')) return
  const { mtime, etag, id, favorite, versions = [] } = typeof seed === 'string' ? {} : seed
  const known = files.resolve(world, userId, wanted)
  if (known && id !== undefined && known.node.id !== id)
    throw new SeedError(['id'], `the file is there already, as ${known.node.id}.`)
  if (!known || hasContent(seed)) {
    const write = () => files.put(world, userId, wanted, contentOf(seed), mtime === undefined ? {} : { mtime })
    const { outcome } = known || id === undefined ? write() : withId(world, id, write)
    if (outcome !== 'created' && outcome !== 'updated') throw new SeedError([], `${outcome}.`)
  }
  const { node } = files.resolve(world, userId, wanted)!
  for (const [i, version] of versions.entries())
    inPlace('versions', () => inPlace(i, () => addVersion(world, node, version)))
  if (favorite !== undefined) tags.setFavorite(world, userId, node.id, favorite)
  if (known || etag !== undefined) tree.touch(world, node.id, { mtime: mtime ?? node.mtime, etag: etag ?? node.etag })
}

/** Make a file under a number of one's own. Numbers that were given are not given again. */
function withId<T>(world: World, id: number, make: () => T): T {
  if (id < 1 || tree.find(world, id)) throw new SeedError(['id'], `${id} is the number of another file.`)
  const last = world.lastId(tree.ID_SEQUENCE)
  world.lastId(tree.ID_SEQUENCE, id - 1)
  const made = make()
  world.lastId(tree.ID_SEQUENCE, Math.max(last, world.lastId(tree.ID_SEQUENCE)))
  return made
}

type VersionSeed = NonNullable<Exclude<FileSeed, false | string>['versions']>[number]

function addVersion(world: World, file: files.FileNode, seed: VersionSeed): void {
  if (!versions.add(world, file, seed.mtime, contentOf(seed)))
    throw new SeedError(['mtime'], 'there is a version of this moment.')
  if (seed.label !== undefined) versions.setLabel(world, file, seed.mtime, seed.label)
}

const trashedSeedSchema = s.union(
  s.string(),
  s.object({ ...contentMembers, deletedAt: s.optional(s.described('seconds since 1970; default: now', s.int())) }),
)

export const trashSeedSchema = s.record(s.record(trashedSeedSchema))

/** Fill the trash of accounts: what lies in it by the path at which it was. */
export function seedTrash(world: World, bins: Infer<typeof trashSeedSchema>): void {
  for (const [userId, paths] of Object.entries(bins)) {
    const user = users.find(world, userId)
    if (!user) throw new SeedError([userId], `there is no account "${userId}". Name it under "users" of the same seed.`)
    files.ensureHome(world, user.id)
    const lay = (path: string, seed: Infer<typeof trashedSeedSchema>) => {
      const wanted = fileOfSeed(path)
      if (files.resolve(world, user.id, wanted)) throw new SeedError([], 'a file is there, which is not in the trash.')
      makeFolders(world, user.id, files.dirName(wanted))
      files.put(world, user.id, wanted, contentOf(seed))
      const deletedAt = typeof seed === 'string' ? undefined : seed.deletedAt
      moveToTrash(world, files.resolve(world, user.id, wanted)!, deletedAt)
    }
    inPlace(userId, () => {
      for (const [path, seed] of Object.entries(paths)) inPlace(path, () => lay(path, seed))
    })
  }
}

/** The path that a seed writes, in the form of the world. */
function fileOfSeed(path: string): string {
  const wanted = files.normalize(path)
  if (wanted !== '/' && !path.split('/').includes('..')) return wanted
  throw new SeedError([], 'this path names no file. Write one such as "/Documents/report.txt".')
}

/** A file that is there keeps what it holds where a seed says only when it was written or how it is tagged. */
const hasContent = (seed: Exclude<FileSeed, false>) =>
  typeof seed === 'string' || seed.content !== undefined || seed.base64 !== undefined || seed.size !== undefined

function makeFolders(world: World, userId: string, path: string): void {
  if (path === '/') return
  makeFolders(world, userId, files.dirName(path))
  const known = files.resolve(world, userId, path)
  if (known && !files.isFolder(known)) throw new SeedError([], `${path} is a file.`)
  if (!known) files.makeFolder(world, userId, path)
}

function contentOf(seed: Exclude<FileSeed, false>): files.Content {
  if (typeof seed === 'string') return textContent(seed)
  if (seed.content !== undefined) return textContent(seed.content)
  if (seed.base64 !== undefined) {
    if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(seed.base64)) {
      throw new SeedError(['base64'], 'this is no base64.')
    }
    return { base64: seed.base64 }
  }
  if (seed.size !== undefined && seed.size >= 0) return { zeros: seed.size }
  throw new SeedError([], 'it has no content. Write its text, or {"content": …}, {"base64": …} or {"size": bytes}.')
}

const textContent = (text: string): files.Content => files.contentFrom(new TextEncoder().encode(text))
