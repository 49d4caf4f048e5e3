import { type Layer, layOver } from './layer.ts'

type Entry = Readonly<Record<string, unknown>>

/** Members by which entries of lists are told apart. */
const KEYS = ['id', 'name', 'class', 'path']

const isObject = (value: unknown): value is Entry =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The layer that makes an older value of a newer one; `null`: there is no difference. */
export function layerBetween(newer: unknown, older: unknown): Layer | null {
  if (same(newer, older)) return null
  const whole: Layer = { whole: older }
  const layer = isObject(newer) && isObject(older) ? { members: patchBetween(newer, older) } : listBetween(newer, older)
  if (!layer || !same(layOver(newer, layer), older)) return whole
  return JSON.stringify(layer).length < JSON.stringify(whole).length ? layer : whole
}

/** What `null` cannot say in a patch, the caller finds out. */
function patchBetween(newer: Entry, older: Entry): Entry {
  const patch: Record<string, unknown> = {}
  for (const key of Object.keys(newer)) if (!Object.hasOwn(older, key)) patch[key] = null
  for (const [key, value] of Object.entries(older)) {
    const before = newer[key]
    if (same(before, value)) continue
    patch[key] = isObject(before) && isObject(value) ? patchBetween(before, value) : value
  }
  return patch
}

function listBetween(newer: unknown, older: unknown): Layer | null {
  if (!Array.isArray(newer) || !Array.isArray(older) || ![...newer, ...older].every(isObject)) return null
  const key = KEYS.find((name) => tellsApart(newer, name) && tellsApart(older, name))
  if (key === undefined) return null
  const olderByKey = new Map((older as Entry[]).map((entry) => [entry[key], entry]))
  const newerByKey = new Map((newer as Entry[]).map((entry) => [entry[key], entry]))
  const without = [...newerByKey.keys()].filter((one) => !olderByKey.has(one))
  const changed = (older as Entry[]).flatMap((entry) => {
    const before = newerByKey.get(entry[key])
    return before && !same(before, entry) ? [{ [key]: entry[key], ...patchBetween(before, entry) }] : []
  })
  const added = (older as Entry[]).flatMap((entry, index) => (newerByKey.has(entry[key]) ? [] : [{ at: index, entry }]))
  return {
    list: {
      key,
      ...(without.length === 0 ? {} : { without }),
      ...(changed.length === 0 ? {} : { changed }),
      ...(added.length === 0 ? {} : { added }),
    },
  }
}

function tellsApart(list: readonly unknown[], name: string): boolean {
  const keys = list.map((entry) => (entry as Entry)[name])
  return keys.every((key) => typeof key === 'string') && new Set(keys).size === keys.length
}

/** The same JSON, whatever the order of members. */
function same(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (Array.isArray(one)) {
    return Array.isArray(other) && one.length === other.length && one.every((entry, i) => same(entry, other[i]))
  }
  if (!isObject(one) || !isObject(other)) return false
  const keys = Object.keys(one)
  return keys.length === Object.keys(other).length && keys.every((key) => same(one[key], other[key]))
}
