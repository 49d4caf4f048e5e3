import type { SearchFilters, SearchFilterValue } from '#app/index.ts'
import type { Json, JsonObject } from '#lib/json.ts'
import { ownMember } from '#lib/own-member.ts'
import { parsePhpDate } from '#lib/php-date.ts'
import { byRelease } from '#lib/releases.ts'
import * as groups from '#world/accounts/groups.ts'
import * as users from '#world/accounts/users.ts'
import type { World } from '#world/world.ts'

/** Filters that every provider may be sent, and whether one that does not have them refuses them. */
const COMMON: Readonly<Record<string, { readonly type: string; readonly isLenient?: true }>> = {
  term: { type: 'string' },
  since: { type: 'datetime' },
  until: { type: 'datetime' },
  'title-only': { type: 'bool', isLenient: true },
  person: { type: 'person' },
  places: { type: 'strings', isLenient: true },
  provider: { type: 'string', isLenient: true },
}

/** A filter that says why it cannot be one. */
export interface Refused {
  readonly refused: string
}

/** Whether a list ends a search, whatever it is called (Nextcloud 34.0.1 and 27.1.10, asked). */
const LISTS_END_SEARCH = byRelease(false, { 28: true })

/** Which filters a provider has, with the types of their values, and which it refuses. */
interface Supported {
  readonly id: string
  readonly filters: Readonly<Record<string, string>>
  readonly refuses?: readonly string[]
}

/**
 * The filters among the parameters of a search, in the order in which they came. What no filter is called is none, as a
 * text is not that is blank. `crash`: a value that PHP cannot read as the filter's type.
 */
export function readFilters(
  world: World,
  { id, filters: supported, refuses = [] }: Supported,
  parameters: JsonObject,
): SearchFilters | Refused | 'crash' {
  const found: Record<string, SearchFilterValue> = {}
  for (const [name, sent] of Object.entries(parameters)) {
    if (typeof sent === 'object' && sent !== null && LISTS_END_SEARCH.at(world.release)) return 'crash'
    if (refuses.includes(name)) return refusal(id, name)
    const common = ownMember(COMMON, name)
    const type = common?.type ?? ownMember(supported, name)
    if (type === undefined) continue
    if (common && !common.isLenient && !Object.hasOwn(supported, name)) return refusal(id, name)
    const text = asText(sent)
    if (text === null) return 'crash'
    if (name === 'term' && text.trim() === '') continue
    const value = READERS[type]?.(text, world) ?? 'crash'
    if (value === 'crash') return 'crash'
    if (typeof value === 'object' && 'refused' in value) return value
    found[name] = value.value
  }
  return found
}

const refusal = (id: string, name: string): Refused => ({ refused: `Provider ${id} doesn’t support filter ${name}.` })

const asText = (sent: Json): string | null =>
  sent === null || typeof sent === 'object' ? null : sent === true ? '1' : sent === false ? '' : String(sent)

type Read = { readonly value: SearchFilterValue } | Refused | 'crash'
type Reader = (text: string, world: World) => Read

const person = (text: string, world: World): Read => {
  const [kind, name] = text.includes('/') ? text.split(/\/(.*)/s) : ['nc-user', text]
  if (kind === 'nc-user') {
    const user = users.find(world, name!)
    return user ? { value: { user: user.id } } : { refused: `User ${name} not found` }
  }
  if (kind !== 'nc-group') return 'crash'
  const group = groups.find(world, name!)
  return group ? { value: { group: group.id } } : { refused: `Group ${name} not found` }
}

const YES = new Set(['true', 'yes', 'y', '1'])
const NO = new Set(['false', 'no', 'n', '0', ''])

/** How a value is read, by the type of its filter. */
const READERS: Readonly<Record<string, Reader>> = {
  string: (text) => (text === '' ? { refused: 'String filter can’t be empty' } : { value: text }),
  strings: (text) => (text === '' || text === '0' ? { refused: 'Strings filter can’t be empty' } : { value: text }),
  bool: (text) => {
    if (YES.has(text)) return { value: true }
    return NO.has(text) ? { value: false } : { refused: `Invalid boolean value ${text}` }
  },
  int: (text) => (/^\s*[+-]?(?:0|[1-9]\d*)\s*$/.test(text) ? { value: Number(text) } : 'crash'),
  float: (text) => (text.trim() !== '' && Number.isFinite(Number(text)) ? { value: Number(text) } : 'crash'),
  datetime: (text, world) => {
    const isSeconds = /^\s*[+-]?[1-9]\d*\s*$/.test(text)
    const date = isSeconds ? { seconds: Number(text) } : parsePhpDate(text, world.clock.seconds())
    return date && text !== '0' ? { value: Math.floor(date.seconds) } : 'crash'
  },
  person,
}
