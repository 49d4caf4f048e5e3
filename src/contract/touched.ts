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
  let state: JsonObject = {}
  // What is kept names others that it cannot be without.
  for (let known = -1; JSON.stringify(state).length !== known; ) {
    known = JSON.stringify(state).length
    state = pick(seed, actors, [...texts, namedBy(state)])
  }
  return state
}

function pick(seed: JsonObject, actors: ReadonlySet<string>, texts: readonly string[]): JsonObject {
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

/** The words of what is kept, but for what accounts and groups say of themselves. */
function namedBy({ users, groups: _, config: __, ...others }: JsonObject): string {
  const managers = listOf(users).map((user) => (isJsonObject(user) ? user.manager : null))
  return JSON.stringify([others, managers])
}

const isEmpty = (value: Json) => typeof value === 'object' && value !== null && Object.keys(value).length === 0

function isItemTouched(member: string, item: Json, isTouched: (id: string) => boolean): boolean {
  if (typeof item === 'string') return isTouched(item)
  if (!isJsonObject(item)) return true
  if (member === 'users')
    return [item.id, ...listOf(item.groups), ...listOf(item.subAdminOf)].some(isTextTouched(isTouched))
  if (member === 'groups')
    return [item.id, ...listOf(item.members), ...listOf(item.subAdmins)].some(isTextTouched(isTouched))
  // Whoever has to do with it, as its owner or in another way.
  return !OWNERS.some((name) => typeof item[name] === 'string') || textsIn(item).some(isTouched)
}

const isTextTouched = (isTouched: (id: string) => boolean) => (value: Json | undefined) =>
  typeof value === 'string' && isTouched(value)

function textsIn(value: Json): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(textsIn)
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
