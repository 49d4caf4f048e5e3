import type { JsonObject } from '#lib/json.ts'
import { s } from '#lib/schema.ts'

/** One slot of a task's input or output: `Text`, `Number`, `ListOfTexts`, `Image` … */
export type Slot = {
  readonly name: string
  readonly description: string
  readonly type: string
}

/** What kind of task it is, as the product publishes it. */
export interface TaskType {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly inputShape: Readonly<Record<string, Slot>>
  readonly outputShape: Readonly<Record<string, Slot>>
  readonly internal: boolean
}

/** Values that a slot may have, each with a name. */
export type EnumValues = Readonly<Record<string, readonly { readonly name: string; readonly value: string }[]>>

/** The names are those of the API. */
export interface ProviderExtras {
  readonly optionalInputShape: Readonly<Record<string, Slot>>
  readonly optionalOutputShape: Readonly<Record<string, Slot>>
  readonly inputShapeEnumValues: EnumValues
  readonly optionalInputShapeEnumValues: EnumValues
  readonly outputShapeEnumValues: EnumValues
  readonly optionalOutputShapeEnumValues: EnumValues
  readonly inputShapeDefaults: JsonObject
  readonly optionalInputShapeDefaults: JsonObject
}

const slots = s.record(s.object({ name: s.string(), description: s.string(), type: s.string() }))
const enums = s.record(s.list(s.object({ name: s.string(), value: s.string() })))
const defaults = s.record(s.json())

/** What extras look like. */
export const extrasSchema = s.object({
  optionalInputShape: slots,
  optionalOutputShape: slots,
  inputShapeEnumValues: enums,
  optionalInputShapeEnumValues: enums,
  outputShapeEnumValues: enums,
  optionalOutputShapeEnumValues: enums,
  inputShapeDefaults: defaults,
  optionalInputShapeDefaults: defaults,
})

/** Those of a provider that takes and gives what its type says, and nothing else. */
export const NO_EXTRAS: ProviderExtras = {
  optionalInputShape: {},
  optionalOutputShape: {},
  inputShapeEnumValues: {},
  optionalInputShapeEnumValues: {},
  outputShapeEnumValues: {},
  optionalOutputShapeEnumValues: {},
  inputShapeDefaults: {},
  optionalInputShapeDefaults: {},
}

/** Whether a value fits a slot, or what is wrong with it. */
function slotProblem(slot: Slot, value: unknown): string | null {
  const isList = slot.type.startsWith('ListOf')
  const kind = slot.type.replace(/^ListOf/, '').replace(/s$/, '')
  const fits = (one: unknown) =>
    kind === 'Text' || kind === 'Enum' ? typeof one === 'string' : Number.isFinite(Number(one))
  const isRight = isList ? Array.isArray(value) && value.every(fits) : fits(value)
  if (isRight) return null
  const what = { Text: 'text', Number: 'numeric', Enum: 'text' }[kind] ?? kind.toLowerCase()
  return isList
    ? `Non-${what} list item provided for ${slot.type} slot`
    : `Non-${what} item provided for ${slot.type} slot`
}

type Shape = Readonly<Record<string, Slot>>

/** What is wrong with the values for a shape, if anything. */
function inputProblem(
  shape: Shape,
  input: JsonObject,
  enums: EnumValues,
  mayMiss: (key: string) => boolean,
): string | null {
  for (const [key, slot] of Object.entries(shape)) {
    if (input[key] === undefined || input[key] === null) {
      if (mayMiss(key)) continue
      return `Missing key: "${key}"`
    }
    if (slot.type === 'Enum' && !enums[key]) return enumProblem(key)
    const problem =
      slotProblem(slot, input[key]) ?? (slot.type === 'Enum' ? valueProblem(input[key], enums[key]!) : null)
    if (problem) return `Failed to validate input key "${key}": ${problem}`
  }
  return null
}

const enumProblem = (key: string) =>
  `Failed to validate input key "${key}": Provider did not provide enum values for an enum slot: "${key}"`

function valueProblem(value: unknown, allowed: EnumValues[string]): string | null {
  if (allowed.some((each) => each.value === value)) return null
  const list = allowed.map((each) => each.value).join('", "')
  return `Wrong value given for Enum slot. Got "${value}", but expected one of the provided enum values: "${list}"`
}

/** The input of a task, defaults included and without what nobody asked for, or what is wrong with it. */
export function readInput(type: TaskType, extras: ProviderExtras, given: JsonObject): JsonObject | string {
  const { inputShapeDefaults, optionalInputShape, optionalInputShapeDefaults } = extras
  const problem =
    inputProblem(type.inputShape, given, extras.inputShapeEnumValues, (key) => inputShapeDefaults[key] != null) ??
    inputProblem(optionalInputShape, given, extras.optionalInputShapeEnumValues, () => true)
  if (problem) return problem
  const known = [...Object.keys(type.inputShape), ...Object.keys(optionalInputShape)]
  const kept = known.filter((key) => given[key] !== undefined).map((key) => [key, given[key]])
  return { ...inputShapeDefaults, ...optionalInputShapeDefaults, ...Object.fromEntries(kept) }
}
