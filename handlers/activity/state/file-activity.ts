import * as files from '#world/files/files.ts'
import * as activities from '#world/notices/activities.ts'
import type { World } from '#world/world.ts'

/** A file as an activity remembers it: it may be gone when somebody looks. */
export interface FileRef {
  readonly id: number
  readonly path: string
}

/** Where the pages of the server show a folder. */
function filesLink(dir: string): string {
  const kept = encodeURIComponent(dir).replace(/%(?:2F|3F|40|3A|21|3B|2C|2A)/g, decodeURIComponent)
  return `/index.php/apps/files/?dir=${kept}`
}

export interface FileStory {
  readonly userId: string
  readonly by: string
  readonly app: 'files' | 'files_sharing'
  readonly type: string
  readonly subject: string
  readonly parameters: readonly (FileRef | string)[]
  readonly file: FileRef
  readonly isFolder?: boolean
}

/** Put what became of a file into a stream. */
export function tell(world: World, { userId, by, file, isFolder = false, parameters, ...story }: FileStory): void {
  activities.add(world, {
    ...story,
    userId,
    author: by,
    parameters: parameters.map((part) => (typeof part === 'string' ? part : { id: part.id, path: part.path })),
    objectType: 'files',
    objectId: file.id,
    objectName: file.path,
    link: filesLink(isFolder ? file.path : parentOf(file.path)),
  })
}

const parentOf = (path: string) => files.dirName(path.replace(/^\/+/, '/'))
