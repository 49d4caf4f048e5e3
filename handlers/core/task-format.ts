import { s } from '#app/index.ts'
import type { PhpArray } from '#lib/php.ts'
import type * as processing from '#world/processing/tasks.ts'

/** A task as the API shows it. */
export function printTask(task: processing.ProcessingTask): PhpArray {
  return {
    id: task.id,
    type: task.type,
    lastUpdated: task.lastUpdated,
    status: `STATUS_${task.status}`,
    userId: task.userId,
    appId: task.appId,
    input: task.input,
    output: task.output,
    customId: task.customId,
    completionExpectedAt: task.completionExpectedAt,
    progress: task.progress,
    scheduledAt: task.scheduledAt,
    startedAt: task.startedAt,
    endedAt: task.endedAt,
    allowCleanup: true,
    includeWatermark: task.includeWatermark,
    userFacingErrorMessage: task.userFacingErrorMessage,
  }
}

const values = () => s.record(s.any())

export const taskSchema = s.object({
  id: s.int(),
  type: s.string(),
  lastUpdated: s.int(),
  status: s.literal(
    'STATUS_CANCELLED',
    'STATUS_FAILED',
    'STATUS_SUCCESSFUL',
    'STATUS_RUNNING',
    'STATUS_SCHEDULED',
    'STATUS_UNKNOWN',
  ),
  userId: s.nullable(s.string()),
  appId: s.string(),
  input: values(),
  output: s.nullable(values()),
  customId: s.nullable(s.string()),
  completionExpectedAt: s.nullable(s.int()),
  progress: s.nullable(s.number()),
  scheduledAt: s.nullable(s.int()),
  startedAt: s.nullable(s.int()),
  endedAt: s.nullable(s.int()),
  allowCleanup: s.bool(),
  includeWatermark: s.bool(),
  userFacingErrorMessage: s.nullable(s.string()),
})

export const messageSchema = s.object({ message: s.string() })
