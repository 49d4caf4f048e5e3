import { multistatus } from '#dav/multistatus.ts'
import { propertyNames, responseFor } from '#dav/propfind.ts'
import { childOf, childrenOf, type ReadElement } from '#dav/read-xml.ts'
import type { DavContext, Resource } from '#dav/resource.ts'
import { d, oc } from '#dav/xml.ts'
import type { Answer } from '#line/call.ts'
import { badRequest, preconditionFailed, unexpected } from '#line/dav-exit.ts'
import * as files from '#world/files/files.ts'
import { favoritesOf } from '#world/files/tags.ts'
import type { World } from '#world/world.ts'
import * as systemTags from '../state/system-tags.ts'

/** The folder that is reported on. */
interface ReportedFolder {
  readonly collection: boolean
  readonly path: string
  readonly entry: files.Entry
  /** What lies below it, as it is answered. */
  at(entry: files.Entry): Resource
}

/** `oc:filter-files`: what lies below a folder and is a favourite, or has all of the tags. */
export function reportFiles(dav: DavContext, folder: ReportedFolder, root: ReadElement): Answer | undefined {
  if (root.name !== oc('filter-files') || !folder.collection) return undefined
  const rules = childOf(root, oc('filter-rules'))
  if (!rules) throw badRequest('Missing filter-rule block in request')
  const requested = propertyNames(childOf(root, d('prop'))) ?? []
  const entries = matching(dav, folder, rules)
  // Folders are named without a slash at their end here (Nextcloud 34.0.1, asked).
  const parts = entries.map((entry) => {
    const part = responseFor(dav, folder.at(entry), requested)
    return { ...part, href: part.href.replace(/(.)\/$/, '$1') }
  })
  return {
    status: 207,
    headers: [['Content-Type', 'application/xml; charset=utf-8']],
    body: multistatus(parts, dav.server.namespaces, ' '),
  }
}

function matching({ world, userId }: DavContext, { entry: folder }: ReportedFolder, rules: ReadElement): files.Entry[] {
  const tagIds = childrenOf(rules, oc('systemtag')).map(({ text }) => Number(text))
  const favorite = childOf(rules, oc('favorite'))
  if (tagIds.length === 0 && !favorite) throw badRequest('Missing filter-rule block in request')
  if (tagIds.some((id) => !Number.isInteger(id))) throw unexpected('InvalidArgumentException', 'Tag id must be integer')
  if (tagIds.some((id) => !isVisible(world, userId, id))) throw preconditionFailed('Cannot filter by non-existing tag')
  const inside = (entry: files.Entry) => folder.path === '/' || entry.path.startsWith(`${folder.path}/`)
  const ids = tagIds.length > 0 ? taggedWithAll(world, tagIds) : favoritesOf(world, userId)
  return ids.flatMap((id) => files.entriesOf(world, userId, id).filter(inside).slice(0, 1))
}

function isVisible(world: World, userId: string, id: number): boolean {
  const tag = systemTags.find(world, id)
  return tag !== undefined && systemTags.sees(world, userId, tag)
}

function taggedWithAll(world: World, [first, ...others]: readonly number[]): number[] {
  return systemTags
    .objectsOf(world, 'files', first!)
    .filter((objectId) => others.every((id) => systemTags.isAssigned(world, 'files', objectId, id)))
    .map(Number)
}
