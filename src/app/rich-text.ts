import { isJsonObject, type Json } from '#lib/json.ts'
import type { Profile } from '#profiles/profile.ts'
import { defineProfileData } from '#profiles/profile-data.ts'

/** What a placeholder of a rich text stands for: always a type, an id and a name. */
export type RichObject = { readonly [key: string]: string }
export type RichParameters = { readonly [placeholder: string]: RichObject }

const PLACEHOLDER = '[A-Za-z][A-Za-z0-9\\-_.]+'

/** Members that an object of a type must have, by type. */
export const richObjects = defineProfileData<Readonly<Record<string, readonly string[]>>>('rich-objects')

/**
 * Whether every placeholder of a text is there, and every parameter is a whole object of a known type.
 * Who asks lists {@link richObjects} in its `data`.
 */
export function isValidRichText(profile: Profile, text: string, parameters: unknown): boolean {
  const given = parametersOf(parameters)
  for (const [, name] of text.matchAll(new RegExp(`\\{(${PLACEHOLDER})\\}`, 'g'))) {
    if (!given.some(([placeholder, value]) => placeholder === name && value !== null)) return false
  }
  return given.every(
    ([placeholder, value]) =>
      !Array.isArray(parameters) &&
      new RegExp(`^${PLACEHOLDER}$`, 'i').test(placeholder) &&
      isValidObject(profile, value),
  )
}

function isValidObject(profile: Profile, value: unknown): boolean {
  if (!isRecord(value) || Array.isArray(value)) return false
  const types = richObjects.of(profile)
  if (typeof value.type !== 'string' || !Object.hasOwn(types, value.type)) return false
  if (!types[value.type]!.every((member) => Object.hasOwn(value, member))) return false
  return Object.entries(value).every(([key, member]) => typeof member === 'string' && !/^\d+$/.test(key))
}

/** The text with its placeholders filled in; `null` where a parameter has no name or no type. */
export function toPlainText(text: string, parameters: unknown): string | null {
  let plain = text
  for (const [placeholder, value] of parametersOf(parameters)) {
    if (!isNamed(value)) return null
    plain = plain.replaceAll(`{${placeholder}}`, nameOf(value))
  }
  return plain
}

interface Named {
  readonly type: string
  readonly name: string
  readonly path?: unknown
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

const isNamed = (value: unknown): value is Named =>
  isRecord(value) && typeof value.name === 'string' && typeof value.type === 'string'

function nameOf({ type, name, path }: Named): string {
  if (type === 'user') return `@${name}`
  return type === 'file' && path !== undefined && path !== null ? String(path) : name
}

const parametersOf = (parameters: unknown): [string, unknown][] =>
  typeof parameters === 'object' && parameters !== null ? Object.entries(parameters) : []

/** A JSON value's member, or nothing. */
export function memberOf(value: Json, name: string): Json | undefined {
  return isJsonObject(value) ? value[name] : undefined
}
