import { isNumeric, jsonEncode, toFloat } from '#lib/php.ts'
import type { World } from '../world.ts'
import { isEnabled } from './apps.ts'
import { type ConfigType, deleteApp, FALSE_WORDS, findApp, setApp, TRUE_WORDS } from './config.ts'

declare module '#world/events.ts' {
  interface WorldEvents {
    'config.app-changed': { readonly app: string; readonly key: string }
  }
}

/** What an app declares about one of its settings. */
export interface LexiconEntry {
  readonly type: Exclude<ConfigType, 'mixed'>
  /** As it would be stored. */
  readonly default: string
  readonly lazy?: true
  /** The key under which the setting was known before. */
  readonly renamedFrom?: string
}

/** What an app declares about its settings. */
export interface AppLexicon {
  /** Settings that are not declared are neither stored nor read. */
  readonly closed?: true
  readonly entries: Readonly<Record<string, LexiconEntry>>
}

/** The declarations of all apps of a release; those of a disabled app do not count. */
export type Lexicon = Readonly<Record<string, AppLexicon>>

const MAX_APP = 32
const MAX_KEY = 64

interface Place {
  readonly key: string
  readonly entry: LexiconEntry | undefined
  readonly closed: boolean
}

/** Where a setting really is: under its new key, as its app declares it. */
function locate(world: World, lexicon: Lexicon, app: string, key: string): Place {
  const declared = isEnabled(world, app) && Object.hasOwn(lexicon, app) ? lexicon[app]! : undefined
  if (!declared || key === 'enabled' || key === 'installed_version' || key === 'types')
    return { key, entry: undefined, closed: false }
  const renamed = Object.entries(declared.entries).find(([, entry]) => entry.renamedFrom === key)
  const name = renamed?.[0] ?? key
  const entry = Object.hasOwn(declared.entries, name) ? declared.entries[name] : undefined
  return { key: name, entry, closed: declared.closed === true && entry === undefined }
}

/** A setting as it is stored, found under its old key too. */
export function read(world: World, lexicon: Lexicon, app: string, key: string): string | undefined {
  const place = locate(world, lexicon, app, key)
  return place.closed ? undefined : findApp(world, app, place.key)?.value
}

/**
 * Store a setting in its declared type, or in the type it has. `ignored`: its app declares all of its settings,
 * and this is none of them.
 */
export function write(
  world: World,
  lexicon: Lexicon,
  app: string,
  key: string,
  value: string,
): 'stored' | 'ignored' | 'wrong-type' | 'too-long' {
  if (isTooLong(app, key)) return 'too-long'
  const place = locate(world, lexicon, app, key)
  const type = place.entry?.type ?? findApp(world, app, place.key)?.type ?? 'mixed'
  const stored = convert(type, value)
  if (stored === null) return 'wrong-type'
  if (place.closed) return 'ignored'
  setApp(world, app, place.key, stored, { type, lazy: place.entry?.lazy === true })
  world.emit({ type: 'config.app-changed', app, key: place.key })
  return 'stored'
}

/** Forget a setting, known or not. */
export function remove(world: World, lexicon: Lexicon, app: string, key: string): 'removed' | 'too-long' {
  if (isTooLong(app, key)) return 'too-long'
  const place = locate(world, lexicon, app, key)
  if (deleteApp(world, app, place.key)) world.emit({ type: 'config.app-changed', app, key: place.key })
  return 'removed'
}

const BYTES = new TextEncoder()

/** Whether the names do not fit their columns. */
export function isTooLong(app: string, key = ''): boolean {
  return BYTES.encode(app).length > MAX_APP || BYTES.encode(key).length > MAX_KEY
}

/** A text as a type stores it, or `null` where it is none of that type. */
export function convert(type: ConfigType, value: string): string | null {
  const word = value.toLowerCase()
  switch (type) {
    case 'mixed':
    case 'string':
      return value
    case 'boolean':
      return TRUE_WORDS.includes(word) ? '1' : FALSE_WORDS.includes(word) ? '0' : null
    case 'integer':
      return isNumeric(value) && Number.isInteger(toFloat(value)) ? String(toFloat(value)) : null
    case 'float':
      return isNumeric(value) ? String(toFloat(value)) : null
    case 'array':
      return arrayText(value)
  }
}

function arrayText(value: string): string | null {
  try {
    const parsed: unknown = JSON.parse(value)
    return typeof parsed === 'object' && parsed !== null ? jsonEncode(parsed) : null
  } catch {
    return null
  }
}

/** The type that a setting is declared or stored with. */
export function typeOf(world: World, lexicon: Lexicon, app: string, key: string): ConfigType | undefined {
  const { key: name, entry } = locate(world, lexicon, app, key)
  return entry?.type ?? findApp(world, app, name)?.type
}

/** A setting as an administrator wants it stored. */
export interface Wanted {
  /** As the type stores it. */
  readonly value: string
  readonly type: ConfigType
  readonly lazy: boolean
  readonly sensitive: boolean
}

/**
 * Store a setting with its type and flags. What its app declares counts more than the type `mixed` and the flag
 * `lazy`; another type contradicts it. `unchanged`: it is like this already, or its app does not know it.
 */
export function put(
  world: World,
  lexicon: Lexicon,
  app: string,
  key: string,
  wanted: Wanted,
): 'stored' | 'unchanged' | 'contradicts' {
  const { key: name, entry, closed } = locate(world, lexicon, app, key)
  if (closed) return 'unchanged'
  if (entry && wanted.type !== 'mixed' && wanted.type !== entry.type) return 'contradicts'
  const type = entry?.type ?? wanted.type
  const lazy = entry ? entry.lazy === true : wanted.lazy
  const old = findApp(world, app, name)
  const sensitive = wanted.sensitive || old?.sensitive === true
  const isSame = old?.value === wanted.value && (old.lazy ?? false) === lazy && sensitive === (old.sensitive ?? false)
  if (isSame) return 'unchanged'
  setApp(world, app, name, wanted.value, { type, lazy, sensitive })
  world.emit({ type: 'config.app-changed', app, key: name })
  return 'stored'
}
