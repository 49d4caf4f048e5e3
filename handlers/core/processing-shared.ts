import { defineProfileData, s } from '#app/index.ts'
import { EMPTY_OBJECT, type PhpArray, type PhpValue } from '#lib/php.ts'
import type { Profile } from '#profiles/profile.ts'
import { customTypes } from '#world/exapps/task-providers.ts'
import * as processing from '#world/processing/tasks.ts'
import type { World } from '#world/world.ts'

/** Kinds of tasks that the release knows, whoever provides them. */
export const taskKinds = defineProfileData<readonly processing.TaskType[]>('task-types')

/**
 * All task types that there are, whether anyone provides them or not: the product's, then those that ExApps brought,
 * which stand in for the product's of the same id.
 */
export function knownTypes(world: World, profile: Profile): readonly processing.TaskType[] {
  const types = new Map<string, processing.TaskType>()
  for (const type of taskKinds.of(profile)) types.set(type.id, type)
  for (const type of customTypes(world)) types.set(type.id, type)
  return [...types.values()]
}

export const typeOf = (world: World, profile: Profile, id: string) =>
  knownTypes(world, profile).find((type) => type.id === id)

const orEmptyObject = (value: object): PhpValue => (Object.keys(value).length > 0 ? (value as PhpArray) : EMPTY_OBJECT)

/** The types that someone provides, by id, as the API shows them. */
export function availableTypes(world: World, profile: Profile): PhpArray {
  const shown: [string, PhpArray][] = []
  for (const type of knownTypes(world, profile)) {
    const provider = processing.preferredProvider(world, type.id)
    if (provider) shown.push([type.id, printType(type, processing.extrasOf(provider))])
  }
  return Object.fromEntries(shown)
}

const printType = (type: processing.TaskType, extras: processing.ProviderExtras): PhpArray => ({
  name: type.name,
  description: type.description,
  optionalInputShape: orEmptyObject(extras.optionalInputShape),
  inputShapeEnumValues: orEmptyObject(extras.inputShapeEnumValues),
  inputShapeDefaults: orEmptyObject(extras.inputShapeDefaults),
  inputShape: orEmptyObject(type.inputShape),
  optionalInputShapeEnumValues: orEmptyObject(extras.optionalInputShapeEnumValues),
  optionalInputShapeDefaults: orEmptyObject(extras.optionalInputShapeDefaults),
  outputShape: orEmptyObject(type.outputShape),
  outputShapeEnumValues: orEmptyObject(extras.outputShapeEnumValues),
  optionalOutputShape: orEmptyObject(extras.optionalOutputShape),
  optionalOutputShapeEnumValues: orEmptyObject(extras.optionalOutputShapeEnumValues),
  isInternal: type.internal,
})

/** A task as the API shows it. */
export function printTask(task: processing.ProcessingTask): PhpArray {
  return {
    id: task.id,
    type: task.type,
    lastUpdated: task.lastUpdated,
    status: `STATUS_${task.status}`,
    userId: task.userId,
    appId: task.appId,
    input: task.input as PhpArray,
    output: task.output as PhpArray | null,
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

const slots = () => s.record(s.object({ name: s.string(), description: s.string(), type: s.string() }))

export const typesSchema = s.object({
  types: s.record(
    s.object({
      name: s.string(),
      description: s.string(),
      optionalInputShape: slots(),
      inputShapeEnumValues: values(),
      inputShapeDefaults: values(),
      inputShape: slots(),
      optionalInputShapeEnumValues: values(),
      optionalInputShapeDefaults: values(),
      outputShape: slots(),
      outputShapeEnumValues: values(),
      optionalOutputShape: slots(),
      optionalOutputShapeEnumValues: values(),
      isInternal: s.bool(),
    }),
  ),
})

export const messageSchema = s.object({ message: s.string() })

/**
 * Finish what the fake has to do by itself: a scheduled task is done when it is looked at again. Where the
 * seed says nothing, faker makes up a text, the same for the same world.
 */
export function settle(world: World, profile: Profile): void {
  for (const { task, provider } of processing.waitingForUs(world)) {
    const type = typeOf(world, profile, task.type)
    const output: Record<string, unknown> = {}
    for (const [key, slot] of Object.entries(type?.outputShape ?? {})) {
      output[key] = provider.output?.[key] ?? makeUp(world, slot.type)
    }
    processing.finish(world, processing.setProgress(world, task, 0), type, { output, error: null, shown: null })
  }
}

function makeUp(world: World, type: string): unknown {
  if (type === 'Number') return world.random.int(1, 100)
  const text = fakeText(world)
  return type.startsWith('ListOf') ? [text] : text
}

/** Faker brings such words too, with a quarter of a megabyte of other data that every start would load. */
const WORDS =
  'lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut labore et dolore magna aliqua'.split(
    ' ',
  )

/** Two sentences that mean nothing, the same for the same world. */
export function fakeText(world: World): string {
  const { number, helpers } = world.random.draw()
  const sentence = () => {
    const words = Array.from({ length: number.int({ min: 4, max: 9 }) }, () => helpers.arrayElement(WORDS))
    const text = words.join(' ')
    return `${text[0]!.toUpperCase()}${text.slice(1)}.`
  }
  return `${sentence()} ${sentence()}`
}
