import { isJsonObject, type Json, type JsonObject } from '#lib/json.ts'

/** Members of seeds that are no part of a state: when and how it came about. */
const WITHOUT_STATE: ReadonlySet<string> = new Set(['clock', 'random'])
/** Members that say who something belongs to. */
const OWNERS = ['user', 'owner'] as const

/**
 * What of a seed interactions have to do with: accounts that ask or are named, groups that are named or have such members,
 * files that are named, and what else belongs to such an account. Settings and apps stay whole.
 * @param actors accounts that asked
 * @param texts everything that was said and answered
 */
export function touched(seed: JsonObject, actors: ReadonlySet<string>, texts: readonly string[]): JsonObject {
  const words = new Words(texts)
  const isTouched = (id: string) => actors.has(id) || words.has(id)
  const state: Record<string, Json> = {}
  for (const [member, value] of Object.entries(seed)) {
    if (WITHOUT_STATE.has(member)) continue
    const kept = Array.isArray(value)
      ? (value as readonly Json[]).filter((item) => isItemTouched(member, item, isTouched))
      : member === 'files' || member === 'trash'
        ? filesOf(value, isTouched)
        : member === 'notes'
          ? Object.fromEntries(Object.entries(value as JsonObject).filter(([user]) => isTouched(user)))
          : value
    if (!isEmpty(kept)) state[member] = kept
  }
  return state
}

const isEmpty = (value: Json) => typeof value === 'object' && value !== null && Object.keys(value).length === 0

function isItemTouched(member: string, item: Json, isTouched: (id: string) => boolean): boolean {
  if (typeof item === 'string') return isTouched(item)
  if (!isJsonObject(item)) return true
  const owner = OWNERS.map((name) => item[name]).find((value) => typeof value === 'string')
  if (owner !== undefined) return isTouched(String(owner))
  if (member === 'users') return isTouched(String(item.id))
  if (member === 'groups')
    return [item.id, ...listOf(item.members), ...listOf(item.subAdmins)].some((id) => isTouched(String(id)))
  return true
}

const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : [])

/** Files by account: those whose name, or whose folder's, is somewhere. */
function filesOf(value: Json, isTouched: (id: string) => boolean): JsonObject {
  const kept = Object.entries(value as JsonObject).map(([user, files]): [string, JsonObject] => [
    user,
    Object.fromEntries(
      Object.entries(files as JsonObject).filter(
        ([path]) => isTouched(user) && path.split('/').some((name) => name !== '' && isTouched(name)),
      ),
    ),
  ])
  return Object.fromEntries(kept.filter(([, files]) => !isEmpty(files)))
}

/** Finds words in many texts. */
class Words {
  readonly #text: string

  constructor(texts: readonly string[]) {
    this.#text = ` ${texts.join('\n')} `
  }

  /** Whether a text stands there as a word, as it is or as addresses write it. */
  has(word: string): boolean {
    return [word, encodeURIComponent(word)].some((form) => {
      for (let at = this.#text.indexOf(form); at >= 0; at = this.#text.indexOf(form, at + 1))
        if (!WORD.test(this.#text[at - 1]!) && !WORD.test(this.#text[at + form.length]!)) return true
      return false
    })
  }
}

const WORD = /[\p{L}\d_-]/u

/** A seed laid over another. */
export function layOver(below: Json, above: Json): Json {
  if (Array.isArray(below) && Array.isArray(above)) return [...below, ...above]
  if (!isJsonObject(below) || !isJsonObject(above)) return above
  const merged: Record<string, Json> = { ...below }
  for (const [name, value] of Object.entries(above))
    merged[name] = Object.hasOwn(below, name) ? layOver(below[name]!, value) : value
  return merged
}
