import { isJsonObject, type Json, type JsonObject, membersOf } from '#lib/json.ts'
import { fits } from '#lib/schema.ts'
import type { World } from '#world/world.ts'
import type { JsonSchema, OpenApiDocument } from './document.ts'
import { choicesOf, requiredOf, schemaOf, typesOf } from './json-schema.ts'

/** Who makes an item, and what is known of it before the document is asked. */
export interface Making {
  readonly world: World
  readonly document: OpenApiDocument
  /** The account, or `''`. */
  readonly owner: string
  /** What its names say that an account is called. */
  displayNameOf(userId: string): string
  /** Its number, for a document that has ids of numbers. */
  readonly number: number
  /** The how manieth it is where it lies, from 1 on. */
  readonly place: number
  /** What was sent, and in which items it lies, by the names of the parameters. */
  readonly given: JsonObject
  /** By which parameter paths name it. */
  readonly parameter?: string
}

/** Deeper nothing is made up: schemas that hold themselves have no end. */
const MOST_LEVELS = 4

/** Members by whose names one knows what they are. */
const OWNER =
  /^(owner(_?id|user|uid)?|ownership|user(_?id)?|uid|creator|(created|added|last_?edit(ed)?|edited|modified|updated)_?by|author(_?id)?|actor_?id|sender)$/i
const SHOWN_NAME = /^(.*?)_?display_?name$/i
const MOMENTS = [
  /^(created|updated|modified|changed|added|edited|timestamp|mtime|ctime|date)$/i,
  /^(last_?|date_?)(updated?|modified|changed|edit(ed)?|edit_?at|activity)$/i,
  /[a-z](_at|At)$/,
]
const isMoment = (name: string) => MOMENTS.some((pattern) => pattern.test(name))
const TOKEN = /(^|_|[a-z])(hash|token|uuid|guid|secret)$/i
const COUNT = /count$/i
const ORDER = /^(order|position|sort_?order)$/i

/** What a fresh item holds: what was sent, what its members' names say, and else what is empty. */
export function newFields(schema: JsonSchema, idMember: string | null, making: Making, level = 0): JsonObject {
  const properties = membersOf(schema.properties)
  const required = requiredOf(schema)
  // An object that need not have any of its members has all of them.
  const isLoose = required.length === 0 && level > 0
  const fields: Record<string, Json> = {}
  for (const [name, given] of Object.entries(properties)) {
    const member = making.document.resolve(given)
    const sent = making.given[name]
    if (name === idMember) fields[name] = idValue(member, making)
    else if (sent !== undefined && sent !== null) fields[name] = fitting(name, member, sent, making, level)
    else if (isLoose || required.includes(name) || isKnown(name, member))
      fields[name] = emptyValue(name, member, making, level)
  }
  return fields
}

/** What was sent, as the document has it: the kind that it says, or else nothing. */
function fitting(name: string, member: JsonSchema, sent: Json, making: Making, level: number): Json {
  const value = inKind(making.document, member, sent)
  if (fits(schemaOf(making.document, member), value)) return value
  const isMap = typesOf(member).includes('array') && isJsonObject(value)
  return isMap
    ? listedFrom(making.document.resolve(member.items), value, making)
    : emptyValue(name, member, making, level)
}

/** What was sent by keys, as a list whose elements say their keys: `{ 7: ['yes'] }` is `[{ questionId: 7, text: 'yes' }]`. */
function listedFrom(item: JsonSchema, sent: JsonObject, making: Making): Json {
  const members = Object.entries(membersOf(item.properties)).map(
    ([name, one]) => [name, making.document.resolve(one)] as const,
  )
  const isKey = ([name, one]: readonly [string, JsonSchema]) =>
    /[a-z](Id|_id)$/.test(name) && name !== making.parameter && !typesOf(one).includes('null')
  const [key] = members.find(isKey) ?? []
  const [text] = members.find(([name, one]) => typesOf(one)[0] === 'string' && requiredOf(item).includes(name)) ?? []
  const own = making.parameter === undefined ? {} : { [making.parameter]: making.number }
  const values = Object.entries(sent).flatMap(([id, value]) =>
    (Array.isArray(value) ? value : [value]).map((one: Json) => [id, one] as const),
  )
  return values.map(([id, one], i) => {
    const given = {
      ...own,
      ...(key === undefined ? {} : { [key]: id }),
      ...(text === undefined ? {} : { [text]: one }),
    }
    return newFields(item, 'id', { ...making, number: i + 1, place: i + 1, given })
  })
}

/** The member that holds what a path's parameter says: `id`, or the parameter's own name. */
export function idMemberOf(schema: JsonSchema, parameter: string): string | null {
  const names = Object.keys(membersOf(schema.properties))
  const wanted = [parameter, 'id', 'uuid', 'token', 'name', 'key', 'uid']
  // A member of the parameter's name is it, unless there is an `id` besides.
  return wanted.toSorted((a, b) => Number(b === 'id') - Number(a === 'id')).find((name) => names.includes(name)) ?? null
}

/** A moment as a member's kind has it. */
export function momentOf(member: JsonSchema, world: World): Json {
  const seconds = world.clock.seconds()
  if (!typesOf(member).includes('string')) return seconds
  const iso = new Date(seconds * 1000).toISOString()
  return member.format === 'date' ? iso.slice(0, 10) : iso.replace(/\.\d+Z$/, '+00:00')
}

/** Whether a member tells when something changed last. */
export const isChangeMoment = (name: string): boolean => isMoment(name) && /(last|upd|mod|chang|edit|mtime)/i.test(name)

function isKnown(name: string, member: JsonSchema): boolean {
  if (member.default !== undefined || typesOf(member).includes('null')) return false
  return OWNER.test(name) || isMoment(name) || COUNT.test(name) || Array.isArray(member.enum)
}

function idValue(member: JsonSchema, { number, given, world }: Making): Json {
  if (!typesOf(member).includes('string')) return number
  const sent = given.id ?? given.name ?? given.key
  return typeof sent === 'string' && sent !== ''
    ? sent
    : member.format === 'uuid'
      ? world.random.uuid()
      : world.random.token(8)
}

/** What a member holds that nobody said anything of. */
function emptyValue(name: string, member: JsonSchema, making: Making, level: number): Json {
  const { document, world } = making
  const isText = typesOf(member).includes('string')
  if (member.default !== undefined) return member.default
  if (OWNER.test(name) && isText) return making.owner
  const shown = SHOWN_NAME.exec(name)
  if (shown && isText) return shownName(shown[1]!, making)
  if (isMoment(name) && /string|integer|number/.test(typesOf(member).join())) return momentOf(member, world)
  if (ORDER.test(name) && !isText) return making.place
  if (typesOf(member).includes('null')) return null
  const all = allOf(name, member, document)
  if (all) return all
  if (TOKEN.test(name) && isText) return member.format === 'uuid' ? world.random.uuid() : world.random.token(16)
  return emptyOf(document, member, making, level)
}

/** Who makes something may do all with it that there is. */
function allOf(name: string, member: JsonSchema, document: OpenApiDocument): Json | null {
  const values = document.resolve(member.items).enum
  return /permissions$/i.test(name) && typesOf(member).includes('array') && Array.isArray(values)
    ? values.map(String).sort()
    : null
}

/** The name of the account that a neighbouring member names, or of the owner. */
function shownName(of: string, making: Making): string {
  const neighbours = [of, `${of}Id`, `${of}_id`, 'userId', 'user_id', 'shareWith', 'share_with', 'receiver']
  const account = neighbours.map((name) => making.given[name]).find((value) => typeof value === 'string')
  return making.displayNameOf(typeof account === 'string' ? account : making.owner)
}

function emptyOf(document: OpenApiDocument, member: JsonSchema, making: Making, level: number): Json {
  const choices = (choicesOf(member) ?? []).map((one) => document.resolve(one))
  if (choices.some(isFree)) return {}
  if (choices.length > 0) return emptyOf(document, choices[0]!, making, level)
  if (Array.isArray(member.enum)) return member.enum[0] ?? null
  const minimum = typeof member.minimum === 'number' ? member.minimum : 0
  switch (typesOf(member)[0]) {
    case 'string':
      return ''
    case 'integer':
    case 'number':
      return Math.max(0, minimum)
    case 'boolean':
      return false
    case 'array':
      return []
    case 'object':
      return level > MOST_LEVELS ? {} : newFields(member, null, { ...making, given: {} }, level + 1)
    default:
      return null
  }
}

/** What was sent, in the kind that the member has: forms send numbers as texts. */
export function inKind(document: OpenApiDocument, given: Json | undefined, sent: Json): Json {
  const member = document.resolve(given)
  const types = [member, ...(choicesOf(member) ?? []).map((one) => document.resolve(one))].flatMap(typesOf)
  if (typeof sent === 'string' && types.length > 0 && !types.includes('string')) {
    if (/integer|number/.test(types.join()) && /^-?\d+(\.\d+)?$/.test(sent)) return Number(sent)
    if (types.includes('boolean')) return sent !== '' && sent !== '0' && sent !== 'false'
  }
  if (typeof sent === 'number' && types[0] === 'string') return String(sent)
  if (isJsonObject(member.properties) && isJsonObject(sent)) {
    const inner = membersOf(member.properties)
    return Object.fromEntries(Object.entries(sent).map(([name, value]) => [name, inKind(document, inner[name], value)]))
  }
  return sent
}

/** An object of any members. */
export const isFree = (schema: JsonSchema): boolean =>
  typesOf(schema).includes('object') && schema.additionalProperties === true
