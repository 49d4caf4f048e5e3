import { childOf, type ReadElement } from '#dav/read-xml.ts'
import type { DavContext } from '#dav/resource.ts'
import { d, nc, oc } from '#dav/xml.ts'
import { isLike } from '#lib/like.ts'
import * as files from '#world/files/files.ts'
import { tagsOf } from '#world/files/tags.ts'

/** A condition on something that cannot be searched. */
export class UnknownProperty extends Error {
  override readonly name = 'UnknownProperty'
}

type Value = string | number | boolean

/** What can be searched and sorted by. */
const VALUES: ReadonlyMap<string, (dav: DavContext, entry: files.Entry) => Value> = new Map<
  string,
  (dav: DavContext, entry: files.Entry) => Value
>([
  [d('displayname'), (_, { path }) => files.baseName(path)],
  [d('getcontenttype'), (_, { node }) => node.mime],
  [d('getlastmodified'), (_, { node }) => node.mtime],
  [d('creationdate'), (_, { node }) => node.createdAt],
  [nc('upload_time'), (_, { node }) => node.uploadedAt],
  [nc('last_activity'), (_, { node }) => Math.max(node.mtime, node.uploadedAt)],
  [oc('size'), (_, { node }) => node.size],
  [oc('favorite'), ({ world, userId }, { node }) => tagsOf(world, userId, node.id).favorite],
  [oc('fileid'), (_, { node }) => node.id],
  [oc('owner-id'), (_, { owner }) => owner],
])

function valueIn(dav: DavContext, entry: files.Entry, name: string): Value {
  const get = VALUES.get(name)
  if (!get) throw new UnknownProperty(name)
  return get(dav, entry)
}

/** @throws UnknownProperty */
export function compareEntries(dav: DavContext, name: string, a: files.Entry, b: files.Entry): number {
  const [left, right] = [valueIn(dav, a, name), valueIn(dav, b, name)]
  if (typeof left !== 'string' || typeof right !== 'string') return Number(left) - Number(right)
  return left.localeCompare(right, 'en')
}

/**
 * Whether a file or folder fits a condition of a `basicsearch`.
 * @throws UnknownProperty
 */
export function matches(dav: DavContext, entry: files.Entry, condition: ReadElement): boolean {
  const { name, children } = condition
  switch (name) {
    case d('and'):
      return children.every((child) => matches(dav, entry, child))
    case d('or'):
      return children.some((child) => matches(dav, entry, child))
    case d('not'):
      return !children.some((child) => matches(dav, entry, child))
    case d('is-collection'):
      return files.isFolder(entry)
  }
  const value = valueIn(dav, entry, childOf(condition, d('prop'))?.children[0]?.name ?? '')
  const literal = childOf(condition, d('literal'))?.text ?? ''
  if (name === d('like')) return isLike(String(value), literal)
  const compared = compare(value, literal)
  switch (name) {
    case d('eq'):
      return compared === 0
    case d('gt'):
      return compared > 0
    case d('gte'):
      return compared >= 0
    case d('lt'):
      return compared < 0
    case d('lte'):
      return compared <= 0
    default:
      throw new UnknownProperty(name)
  }
}

function compare(value: Value, literal: string): number {
  if (typeof value === 'boolean') return Number(value) - Number(['1', 'true', 'yes'].includes(literal))
  if (typeof value === 'number') return value - (/^-?\d+$/.test(literal) ? Number(literal) : Date.parse(literal) / 1000)
  return value === literal ? 0 : value < literal ? -1 : 1
}
