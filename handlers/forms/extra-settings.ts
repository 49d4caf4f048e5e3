import type { Json, JsonObject } from '#lib/json.ts'
import { isPhpArray } from '#lib/php.ts'

type Kind = 'boolean' | 'integer' | 'string' | 'array' | 'NULL'

const OTHER = { allowOtherAnswer: ['boolean'], shuffleOptions: ['boolean'] } as const
const MULTIPLE = { ...OTHER, optionsLimitMax: ['integer'], optionsLimitMin: ['integer'] } as const

/** The settings that a question of a type can have, with the kinds of their values. */
const ALLOWED: Readonly<Record<string, Readonly<Record<string, readonly Kind[]>>>> = {
  dropdown: OTHER,
  multiple: MULTIPLE,
  multiple_unique: MULTIPLE,
  short: { validationType: ['string'], validationRegex: ['string'] },
  file: {
    allowedFileTypes: ['array'],
    allowedFileExtensions: ['array'],
    maxAllowedFilesCount: ['integer'],
    maxFileSize: ['integer'],
  },
  date: { dateMax: ['integer', 'NULL'], dateMin: ['integer', 'NULL'], dateRange: ['boolean', 'NULL'] },
  time: { timeMax: ['string', 'NULL'], timeMin: ['string', 'NULL'], timeRange: ['boolean', 'NULL'] },
  grid: { columns: ['array'], questionType: ['string'], rows: ['array'] },
  ranking: { shuffleOptions: ['boolean'] },
  linearscale: {
    optionsLowest: ['integer', 'NULL'],
    optionsHighest: ['integer', 'NULL'],
    optionsLabelLowest: ['string', 'NULL'],
    optionsLabelHighest: ['string', 'NULL'],
  },
}

const SHORT_TYPES: readonly unknown[] = ['phone', 'email', 'regex', 'number']

function kindOf(value: Json): Kind | 'double' {
  if (value === null) return 'NULL'
  if (isPhpArray(value)) return 'array'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'double'
  return typeof value === 'boolean' ? 'boolean' : 'string'
}

/** Whether a question can have these settings: known ones, of their kind, that go together. */
export function areValidSettings(given: readonly Json[] | JsonObject, type: string): boolean {
  const settings = Object.entries(given as JsonObject)
  if (settings.length === 0) return true
  const allowed = ALLOWED[type] ?? {}
  const isKnown = ([name, value]: [string, Json]) =>
    Object.hasOwn(allowed, name) && (allowed[name] as readonly unknown[]).includes(kindOf(value))
  return settings.every(isKnown) && goTogether(Object.fromEntries(settings), type)
}

const isNumber = (value: Json | undefined): value is number => typeof value === 'number'

function goTogether(given: JsonObject, type: string): boolean {
  switch (type) {
    case 'date':
      return !(isNumber(given.dateMin) && isNumber(given.dateMax) && given.dateMin > given.dateMax)
    case 'time':
      return areTimes(given.timeMin ?? null, given.timeMax ?? null)
    case 'multiple': {
      const { optionsLimitMin: least, optionsLimitMax: most } = given
      return !(isNumber(least) && isNumber(most) && most < least)
    }
    case 'short':
      return given.validationType === undefined || isValidation(given.validationType, given.validationRegex)
    case 'linearscale': {
      const { optionsLowest: lowest, optionsHighest: highest } = given
      return !((isNumber(lowest) && (lowest < 0 || lowest > 1)) || (isNumber(highest) && (highest < 2 || highest > 10)))
    }
    default:
      return true
  }
}

/** Hours and minutes, as they are kept. */
export const isTime = (text: string): boolean => /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(text)

function areTimes(least: Json, most: Json): boolean {
  if ([least, most].some((time) => time !== null && !isTime(String(time)))) return false
  return least === null || most === null || String(least) <= String(most)
}

function isValidation(type: Json, regex: Json | undefined): boolean {
  if (!SHORT_TYPES.includes(type)) return false
  if (type !== 'regex') return true
  if (typeof regex !== 'string') return false
  return regex === '' || patternOf(regex) !== null
}

/** A pattern as questions have it, between slashes and with the modifiers s, m and i; `null`: it is none. */
export function patternOf(regex: string): RegExp | null {
  const [, pattern, modifiers] = /^\/(.+)\/([smi]{0,3})$/.exec(regex) ?? []
  if (pattern === undefined || /(?<=(?:^|[^\\]))(?:\\\\)*\//.test(pattern)) return null
  try {
    return new RegExp(pattern, [...new Set(modifiers)].join(''))
  } catch {
    return null
  }
}

/** Settings as they are kept: those that are off are left out. */
export const keptSettings = (given: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== false))
