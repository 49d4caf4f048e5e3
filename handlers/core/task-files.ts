import type { Answer } from '#line/call.ts'
import type { Profile } from '#profiles/profile.ts'
import * as files from '#world/files/files.ts'
import * as processing from '#world/processing/tasks.ts'
import type { World } from '#world/world.ts'
import { typeOf } from './task-types.ts'

/** A file of a task as a download, or `null` where the task does not refer to it or it is gone. */
export function readTaskFile(
  world: World,
  profile: Profile,
  task: processing.ProcessingTask,
  fileId: number,
): Answer | null {
  const type = typeOf(world, profile, task.type)
  if (!type) return null
  const ids = [...processing.fileIds(type.inputShape, task.input), ...processing.fileIds(type.outputShape, task.output)]
  if (!ids.includes(fileId)) return null
  const kept = processing.keptFile(world, fileId)
  if (kept) return download(`${task.id}-${fileId}`, 'application/octet-stream', kept)
  const entry = task.userId === null ? undefined : files.entryOf(world, task.userId, fileId)
  if (entry?.node.type !== 'file') return null
  return download(entry.node.name, entry.node.mime, files.bytesOf(files.contentOf(world, entry.node)))
}

const download = (name: string, type: string, body: Uint8Array): Answer => ({
  status: 200,
  headers: [
    ['Content-Disposition', `attachment; filename="${name}"`],
    ['Content-Type', type],
  ],
  body,
})
