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

const orEmptyObject = (value: PhpArray): PhpValue => (Object.keys(value).length > 0 ? value : EMPTY_OBJECT)

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

const values = () => s.record(s.any())

const slots = () => s.record(s.object({ name: s.words(), description: s.words(), type: s.string() }))

export const typesSchema = s.object({
  types: s.record(
    s.object({
      name: s.words(),
      description: s.words(),
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
