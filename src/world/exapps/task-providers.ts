import { type Json, type JsonObject, membersOf, parseJson } from '#lib/json.ts'
import { isPhpArray } from '#lib/php.ts'
import { type EnumValues, provide, type Slot, type TaskType, withdraw } from '../processing/tasks.ts'
import { defineReactions } from '../reactions.ts'
import type { World } from '../world.ts'
import * as exApps from './exapps.ts'
import * as registrations from './registrations.ts'

/** Slot types by the numbers that ExApps write (Nextcloud 34.0.1, source). */
const SLOT_TYPES: Readonly<Record<number, string>> = {
  0: 'Number',
  1: 'Text',
  2: 'Image',
  3: 'Audio',
  4: 'Video',
  5: 'File',
  6: 'Enum',
  10: 'ListOfNumbers',
  11: 'ListOfTexts',
  12: 'ListOfImages',
  13: 'ListOfAudios',
  14: 'ListOfVideos',
  15: 'ListOfFiles',
}

type Row = JsonObject

/** A provider of an ExApp as it was registered, JSON in texts as the server keeps it. */
export interface ProviderRegistration extends Row {
  readonly name: string
  readonly display_name: string
  readonly task_type: string
  readonly provider: string
  readonly custom_task_type: string
}

const LISTS_OF_SLOTS = ['optional_input_shape', 'optional_output_shape'] as const
const ENUMS = [
  'input_shape_enum_values',
  'optional_input_shape_enum_values',
  'output_shape_enum_values',
  'optional_output_shape_enum_values',
] as const
const DEFAULTS = ['input_shape_defaults', 'optional_input_shape_defaults'] as const

/** Whether a provider has all that one needs, in the types that they need. */
export function isProvider(provider: Row): boolean {
  return (
    ['id', 'name', 'task_type'].every((key) => typeof provider[key] === 'string') &&
    Number.isInteger(provider.expected_runtime) &&
    LISTS_OF_SLOTS.every((key) => isListOf(provider[key], ['name', 'description', 'shape_type'])) &&
    ENUMS.every((key) => isListPerSlot(provider[key])) &&
    DEFAULTS.every((key) => isPhpArray(provider[key]))
  )
}

const isListOf = (list: Json | undefined, keys: readonly string[]): boolean =>
  isPhpArray(list) &&
  Object.values(list).every((row) => isPhpArray(row) && keys.every((key) => Object.hasOwn(row, key)))

const isListPerSlot = (enums: Json | undefined): enums is EnumValues =>
  isPhpArray(enums) &&
  (!Array.isArray(enums) || enums.length === 0) &&
  Object.values(enums).every((values) => isListOf(values, ['name', 'value']))

/** Register a provider; while its ExApp is enabled, tasks of its type are offered. */
export function register(world: World, exApp: string, made: ProviderRegistration): void {
  registrations.put(world, 'task-provider', exApp, [made.name], made)
  sync(world, exApp)
}

export function unregister(world: World, exApp: string, name: string): boolean {
  const found = registrations.get(world, 'task-provider', exApp, [name])
  if (!found) return false
  withdraw(world, providerIdOf(found))
  return registrations.remove(world, 'task-provider', exApp, [name])
}

const read = (text: Json | undefined): Json | undefined => parseJson(String(text))
const providerIdOf = ({ data }: registrations.Registration) => String(data.name)

/** Offer what an enabled ExApp provides, and nothing of a disabled one. */
function sync(world: World, id: string): void {
  const exApp = exApps.find(world, id)
  for (const registration of registrations.ofExApp(world, 'task-provider', id)) {
    if (exApp?.enabled) provide(world, providerFrom(registration))
    else withdraw(world, providerIdOf(registration))
  }
}

function providerFrom({ exApp, data }: registrations.Registration): Parameters<typeof provide>[1] {
  const row = membersOf(read(data.provider))
  return {
    id: String(data.name),
    taskType: String(data.task_type),
    exApp,
    expectedRuntime: Number(row.expected_runtime),
    extras: {
      optionalInputShape: shapeFrom(row.optional_input_shape),
      optionalOutputShape: shapeFrom(row.optional_output_shape),
      inputShapeEnumValues: enumsFrom(row.input_shape_enum_values),
      optionalInputShapeEnumValues: enumsFrom(row.optional_input_shape_enum_values),
      outputShapeEnumValues: enumsFrom(row.output_shape_enum_values),
      optionalOutputShapeEnumValues: enumsFrom(row.optional_output_shape_enum_values),
      inputShapeDefaults: membersOf(row.input_shape_defaults),
      optionalInputShapeDefaults: membersOf(row.optional_input_shape_defaults),
    },
  }
}

const enumsFrom = (enums: Json | undefined): EnumValues => (isListPerSlot(enums) ? enums : {})

/** A list of slots by their names. */
function shapeFrom(list: Json | undefined): Readonly<Record<string, Slot>> {
  const rows = Object.values(membersOf(list)).map(membersOf)
  const slots = rows.map(({ name, description, shape_type }) => ({
    name: String(name),
    description: String(description),
    type: SLOT_TYPES[Number(shape_type)] ?? 'Text',
  }))
  return Object.fromEntries(slots.map((slot) => [slot.name, slot]))
}

/** Kinds of tasks that enabled ExApps brought along. */
export function customTypes(world: World): TaskType[] {
  return registrations.ofEnabled(world, 'task-provider').flatMap(({ data }) => {
    const type = read(data.custom_task_type)
    return isPhpArray(type) ? [typeFrom(membersOf(type))] : []
  })
}

const typeFrom = ({ id, name, description, input_shape, output_shape }: Row): TaskType => ({
  id: String(id),
  name: String(name),
  description: String(description),
  inputShape: shapeFrom(input_shape),
  outputShape: shapeFrom(output_shape),
  internal: false,
})

export const exAppTaskProviderReactions = defineReactions(
  {
    'exapp.enabled': (world, { exApp }) => sync(world, exApp),
    'exapp.disabled': (world, { exApp }) => sync(world, exApp),
    'exapp.removed': (world, { exApp }) => sync(world, exApp),
  },
  { evenIfDisabled: true },
)
