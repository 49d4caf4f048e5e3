import type { WorldEvent } from '#world/events.ts'
import * as files from '#world/files/files.ts'
import * as activities from '#world/notices/activities.ts'
import type { World } from '#world/world.ts'
import { type FileRef, tell } from './file-activity.ts'

/** Everyone who sees a file hears of it; whoever did it in other words. */
export function tellFile(world: World, id: number, by: string, type: string, verb: string): void {
  for (const [of, path] of files.pathsOf(world, id)) tellChange(world, { of, by, verb, type }, { id, path })
}

function folderPaths(world: World, userId: string, path: string): { id: number; paths: Map<string, string> } {
  const folder = files.resolve(world, userId, files.dirName(path))
  return folder ? { id: folder.node.id, paths: files.pathsOf(world, folder.node.id) } : { id: 0, paths: new Map() }
}

/** Who sees only one of both folders hears of a file that went or came; the others of one that moved. */
export function tellMove(world: World, { userId, id, from, path: to, by = userId }: WorldEvent<'file.moved'>): void {
  const [before, after] = [folderPaths(world, userId, from), folderPaths(world, userId, to)]
  const [oldName, name] = [files.baseName(from), files.baseName(to)]
  const isRename = files.dirName(from) === files.dirName(to)
  for (const [of, path] of before.paths) {
    if (!after.paths.has(of))
      tellChange(world, { of, by, verb: 'deleted', type: 'file_deleted' }, { id, path: `${path}/${oldName}` })
  }
  for (const [of, path] of after.paths) {
    const file = { id, path: `${path}/${name}` }
    const oldPath = before.paths.get(of)
    if (oldPath === undefined) {
      tellChange(world, { of, by, verb: 'created', type: 'file_changed' }, file)
      continue
    }
    const target = isRename || name !== oldName ? file : { id: after.id, path: `${path}/` }
    const old = { id, path: `${oldPath}/${oldName}` }
    tellMoved(world, { of, by, subject: isRename ? 'renamed' : 'moved', file, target, old })
  }
}

interface FileChange {
  readonly of: string
  readonly by: string
  readonly verb: string
  readonly type: string
}

function tellChange(world: World, { of, by, verb, type }: FileChange, file: FileRef): void {
  const self = of === by
  const parameters = self ? [file] : [file, by]
  tell(world, { userId: of, by, app: 'files', type, subject: `${verb}_${self ? 'self' : 'by'}`, parameters, file })
}

interface Moved {
  readonly of: string
  readonly by: string
  readonly subject: 'renamed' | 'moved'
  readonly file: FileRef
  /** What the text names: the file, or the folder where its name stayed the same. */
  readonly target: FileRef
  readonly old: FileRef
}

function tellMoved(world: World, { of, by, subject, file, target, old }: Moved): void {
  const self = of === by
  const parameters = self ? [target, old] : [target, by, old]
  const story = { userId: of, by, app: 'files', type: 'file_changed', file } as const
  tell(world, { ...story, subject: `${subject}_${self ? 'self' : 'by'}`, parameters })
}

/** Marking a file is told to nobody else. */
export function tellFavorite(
  world: World,
  { userId, id, calledAs }: WorldEvent<'file.favorited' | 'file.unfavorited'>,
  subject: string,
): void {
  const path = calledAs ?? files.entryOf(world, userId, id)?.path
  if (path === undefined) return
  activities.add(world, {
    userId,
    app: 'files',
    type: 'favorite',
    author: userId,
    subject,
    parameters: [{ id, path }],
    objectType: 'files',
    objectId: id,
    objectName: path,
  })
}
