import type { Answer } from '../../src/call.ts'
import type { Profile } from '../../src/profiles/profile.ts'
import * as files from '../../src/world/files.ts'
import * as processing from '../../src/world/processing.ts'
import type { World } from '../../src/world/world.ts'
import { typeOf } from './processing-shared.ts'

/** A file of a task as a download, or `null` where the task does not refer to it or it is gone. */
export function readTaskFile(world: World, profile: Profile, task: processing.ProcessingTask, fileId: number): Answer | null {
  const type = typeOf(profile, task.type)
  if (!type || task.userId === null) return null
  const ids = [...processing.fileIds(type.inputShape, task.input), ...processing.fileIds(type.outputShape, task.output)]
  const entry = ids.includes(fileId) ? files.entryOf(world, task.userId, fileId) : undefined
  if (!entry || entry.node.type !== 'file') return null
  return {
    status: 200,
    headers: [
      ['Content-Disposition', `attachment; filename="${entry.name}"`],
      ['Content-Type', entry.node.mime],
    ],
    body: files.bytesOf(files.contentOf(world, entry.node)),
  }
}
