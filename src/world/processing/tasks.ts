import type { JsonObject } from '#lib/json.ts'
import { s } from '#lib/schema.ts'
import { defineTable } from '../define-table.ts'
import { bytesOf, type Content, contentFrom } from '../files/files.ts'
import { contentSchema } from '../files/tree.ts'
import type { World } from '../world.ts'
import { extrasSchema, NO_EXTRAS, type ProviderExtras, readInput, type Slot, type TaskType } from './task-input.ts'

export type { EnumValues, ProviderExtras, Slot, TaskType } from './task-input.ts'

/** Whoever can do tasks of one type. */
export interface TaskProvider {
  readonly id: string
  readonly taskType: string
  /** The ExApp that fetches and answers the tasks; `null`: the fake answers them by itself. */
  readonly exApp: string | null
  /** Seconds until a task is expected to be done. */
  readonly expectedRuntime: number
  /** What the fake answers, slot by slot; without it, it makes something up. */
  readonly output?: JsonObject
  /** What it takes and gives beyond its type, and what its slots may hold. */
  readonly extras?: ProviderExtras
}

export type TaskStatus = 'SCHEDULED' | 'RUNNING' | 'SUCCESSFUL' | 'FAILED' | 'CANCELLED'

export interface ProcessingTask {
  readonly id: number
  readonly type: string
  readonly status: TaskStatus
  readonly userId: string | null
  readonly appId: string
  readonly customId: string
  readonly input: JsonObject
  readonly output: JsonObject | null
  /** Seconds since 1970, as all times here. */
  readonly lastUpdated: number
  readonly completionExpectedAt: number
  readonly scheduledAt: number
  readonly startedAt: number | null
  readonly endedAt: number | null
  /** From 0 to 1. */
  readonly progress: number
  readonly includeWatermark: boolean
  readonly userFacingErrorMessage: string | null
}

export const extrasOf = ({ extras }: TaskProvider): ProviderExtras => extras ?? NO_EXTRAS

export const providersTable = defineTable<TaskProvider>('taskProviders', {
  record: s.object({
    id: s.string(),
    taskType: s.string(),
    exApp: s.nullable(s.string()),
    expectedRuntime: s.number(),
    output: s.optional(s.record(s.json())),
    extras: s.optional(extrasSchema),
  }),
})
export const tasksTable = defineTable<ProcessingTask>('tasks', {
  sequence: 'task',
  record: s.object({
    id: s.int(),
    type: s.string(),
    status: s.literal('SCHEDULED', 'RUNNING', 'SUCCESSFUL', 'FAILED', 'CANCELLED'),
    userId: s.nullable(s.string()),
    appId: s.string(),
    customId: s.string(),
    input: s.record(s.json()),
    output: s.nullable(s.record(s.json())),
    lastUpdated: s.number(),
    completionExpectedAt: s.number(),
    scheduledAt: s.number(),
    startedAt: s.nullable(s.number()),
    endedAt: s.nullable(s.number()),
    progress: s.number(),
    includeWatermark: s.bool(),
    userFacingErrorMessage: s.nullable(s.string()),
  }),
})
/** Files that providers uploaded as parts of an output; they belong to no account. */
export const taskFilesTable = defineTable<{ readonly content: Content }>('taskFiles', {
  record: s.object({ content: contentSchema }),
})

/** Keep a file of a provider; the answer is its id, of the same sequence as all files. */
export function keepFile(world: World, bytes: Uint8Array): number {
  const id = world.nextId('file')
  world.table(taskFilesTable).set(String(id), { content: contentFrom(bytes) })
  return id
}

/** A kept file, or `null`. */
export function keptFile(world: World, id: number): Uint8Array | null {
  const kept = world.table(taskFilesTable).get(String(id))
  return kept ? bytesOf(kept.content) : null
}

/** Add or replace a provider. */
export function provide(world: World, provider: TaskProvider): void {
  world.table(providersTable).set(provider.id, provider)
}

/** @returns whether there was one */
export function withdraw(world: World, providerId: string): boolean {
  return world.table(providersTable).delete(providerId)
}

/** The provider that does tasks of a type: the first that came. */
export function preferredProvider(world: World, taskType: string): TaskProvider | undefined {
  for (const provider of world.table(providersTable).values()) if (provider.taskType === taskType) return provider
  return undefined
}

const FILES = ['File', 'Image', 'Audio', 'Video']

/** Ids of the files that a task's input or output refers to. */
export function fileIds(shape: Readonly<Record<string, Slot>>, values: JsonObject | null): number[] {
  return Object.entries(shape)
    .filter(([, slot]) => FILES.includes(slot.type.replace(/^ListOf/, '').replace(/s$/, '')))
    .flatMap(([key]) => values?.[key] ?? [])
    .map(Number)
}

export interface NewTask {
  readonly userId: string | null
  readonly appId: string
  readonly customId: string
  readonly input: JsonObject
  readonly includeWatermark: boolean
}

/** Schedule a task. Members of the input that the type does not know are dropped. */
export function schedule(
  world: World,
  type: TaskType | undefined,
  made: NewTask,
): ProcessingTask | 'no-provider' | { invalid: string } {
  const provider = type && preferredProvider(world, type.id)
  if (!provider) return 'no-provider'
  const input = readInput(type, extrasOf(provider), made.input)
  if (typeof input === 'string') return { invalid: input }
  const now = world.clock.seconds()
  const task: ProcessingTask = {
    ...made,
    id: world.nextId('task'),
    type: type.id,
    status: 'SCHEDULED',
    input,
    output: null,
    lastUpdated: now,
    completionExpectedAt: now + provider.expectedRuntime,
    scheduledAt: now,
    startedAt: null,
    endedAt: null,
    progress: 0,
    userFacingErrorMessage: null,
  }
  world.table(tasksTable).set(String(task.id), task)
  return task
}

export function find(world: World, id: number): ProcessingTask | undefined {
  return world.table(tasksTable).get(String(id))
}

/** A task of someone's own. */
export function findOwn(world: World, id: number, userId: string | null): ProcessingTask | undefined {
  const task = find(world, id)
  return task?.userId === userId ? task : undefined
}

/** Someone's tasks, oldest first, that have what is asked for. */
export function listOwn(
  world: World,
  userId: string | null,
  wanted: Partial<Pick<ProcessingTask, 'appId' | 'type' | 'customId'>>,
): ProcessingTask[] {
  return [...world.table(tasksTable).values()].filter(
    (task) => task.userId === userId && Object.entries(wanted).every(([key, value]) => task[key as 'type'] === value),
  )
}

function change(world: World, task: ProcessingTask, changed: Partial<ProcessingTask>): ProcessingTask {
  const next = { ...task, lastUpdated: world.clock.seconds(), ...changed }
  world.table(tasksTable).set(String(task.id), next)
  return next
}

const isOpen = ({ status }: ProcessingTask) => status === 'SCHEDULED' || status === 'RUNNING'

/** Stop a task; one that is over stays as it is. */
export function cancel(world: World, task: ProcessingTask): ProcessingTask {
  return isOpen(task) ? change(world, task, { status: 'CANCELLED', endedAt: world.clock.seconds() }) : task
}

export function remove(world: World, task: ProcessingTask): void {
  world.table(tasksTable).delete(String(task.id))
}

/** Note how far a task is; the first note starts it. */
export function setProgress(world: World, task: ProcessingTask, progress: number): ProcessingTask {
  if (task.status === 'CANCELLED') return task
  const startedAt = task.status === 'SCHEDULED' ? world.clock.seconds() : task.startedAt
  return change(world, task, { status: 'RUNNING', progress, startedAt })
}

/** End a task with its output, or with an error. A cancelled one stays cancelled. */
export function finish(
  world: World,
  task: ProcessingTask,
  type: TaskType | undefined,
  result: {
    readonly output: JsonObject | null
    readonly error: string | null
    readonly shown: string | null
  },
): ProcessingTask {
  if (task.status === 'CANCELLED') return task
  const endedAt = world.clock.seconds()
  if (result.error !== null)
    return change(world, task, { status: 'FAILED', endedAt, userFacingErrorMessage: result.shown })
  if (result.output === null || !type) return task
  const { output } = result
  const isComplete = Object.keys(type.outputShape).every((key) => output[key] !== undefined)
  if (!isComplete) return change(world, task, { status: 'FAILED', endedAt, progress: 1 })
  const provider = preferredProvider(world, type.id)
  const optional = Object.keys(provider ? extrasOf(provider).optionalOutputShape : {})
  const known = [...Object.keys(type.outputShape), ...optional]
  const kept = Object.fromEntries(
    known.flatMap((key) => (output[key] === undefined ? [] : [[key, output[key]] as const])),
  )
  return change(world, task, { status: 'SUCCESSFUL', endedAt, progress: 1, output: kept })
}

/** Tasks in a state, of some types or of all. */
export function count(world: World, status: TaskStatus, types: readonly string[]): number {
  let found = 0
  for (const task of world.table(tasksTable).values()) {
    if (task.status === status && (types.length === 0 || types.includes(task.type))) found++
  }
  return found
}

/** Hand the oldest scheduled tasks to providers that ask for them; they are running then. */
export function take(
  world: World,
  providerIds: readonly string[],
  types: readonly string[],
  most: number,
): { task: ProcessingTask; provider: string }[] {
  const taken: { task: ProcessingTask; provider: string }[] = []
  for (const task of [...world.table(tasksTable).values()]) {
    if (taken.length === most) break
    const provider = preferredProvider(world, task.type)
    if (task.status !== 'SCHEDULED' || !types.includes(task.type) || !provider || !providerIds.includes(provider.id))
      continue
    taken.push({
      task: start(world, task),
      provider: provider.id,
    })
  }
  return taken
}

/** A task that a provider has taken; it does not count as changed. */
function start(world: World, task: ProcessingTask): ProcessingTask {
  const { lastUpdated } = task
  return change(world, task, { status: 'RUNNING', startedAt: world.clock.seconds(), lastUpdated })
}

/** Tasks that the fake has to do by itself. */
export function waitingForUs(world: World): { task: ProcessingTask; provider: TaskProvider }[] {
  return [...world.table(tasksTable).values()].flatMap((task) => {
    const provider = isOpen(task) ? preferredProvider(world, task.type) : undefined
    return provider && provider.exApp === null ? [{ task, provider }] : []
  })
}
