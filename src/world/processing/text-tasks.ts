import { s } from '#lib/schema.ts'
import { defineTable } from '../define-table.ts'
import type { World } from '../world.ts'

/** A task of the older API for texts. The members are those that the API shows. */
export interface TextTask {
  /** `null` once it is deleted. */
  readonly id: number | null
  /** A PHP class: `OCP\TextProcessing\SummaryTaskType`. */
  readonly type: string
  /** 0 unknown, 1 scheduled, 2 running, 3 successful, 4 failed. */
  readonly status: 0 | 1 | 2 | 3 | 4
  readonly userId: string | null
  readonly appId: string
  readonly input: string
  readonly output: string | null
  readonly identifier: string
  readonly completionExpectedAt: number | null
}

const SUCCESSFUL = 3

/** Kinds of text tasks that the fake does, with what it answers; `null`: something made up. */
export const textProvidersTable = defineTable<{ readonly type: string; readonly answer: string | null }>(
  'textProviders',
  { record: s.object({ type: s.string(), answer: s.nullable(s.string()) }) },
)
export const textTasksTable = defineTable<TextTask>('textTasks', {
  sequence: 'textTask',
  record: s.object({
    id: s.nullable(s.int()),
    type: s.string(),
    status: s.literal(0, 1, 2, 3, 4),
    userId: s.nullable(s.string()),
    appId: s.string(),
    input: s.string(),
    output: s.nullable(s.string()),
    identifier: s.string(),
    completionExpectedAt: s.nullable(s.number()),
  }),
})

export function provide(world: World, type: string, answer: string | null): void {
  world.table(textProvidersTable).set(type, { type, answer })
}

export function provides(world: World, type: string): boolean {
  return world.table(textProvidersTable).has(type)
}

export function answerOf(world: World, type: string): string | null {
  return world.table(textProvidersTable).get(type)?.answer ?? null
}

/** Do a task at once. */
export function run(
  world: World,
  made: Pick<TextTask, 'type' | 'userId' | 'appId' | 'input' | 'identifier'>,
  output: string,
): TextTask {
  const { type, userId, appId, input, identifier } = made
  const id = world.nextId('textTask')
  const now = world.clock.seconds()
  const task: TextTask = {
    id,
    type,
    status: SUCCESSFUL,
    userId,
    appId,
    input,
    output,
    identifier,
    completionExpectedAt: now,
  }
  world.table(textTasksTable).set(String(id), task)
  return task
}

export function findOwn(world: World, id: number, userId: string | null): TextTask | undefined {
  const task = world.table(textTasksTable).get(String(id))
  return task?.userId === userId ? task : undefined
}

export function remove(world: World, id: number): void {
  world.table(textTasksTable).delete(String(id))
}

/** Someone's tasks of an app, oldest first; with an identifier, only those that have it. */
export function listOwn(world: World, userId: string, appId: string, identifier: string | null): TextTask[] {
  return [...world.table(textTasksTable).values()].filter(
    (task) => task.userId === userId && task.appId === appId && (identifier === null || task.identifier === identifier),
  )
}
