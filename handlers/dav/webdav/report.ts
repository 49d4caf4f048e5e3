import type { Answer } from '../../../src/call.ts'
import { badRequest, preconditionFailed } from '../../../src/dav/errors.ts'
import { multistatus } from '../../../src/dav/multistatus.ts'
import { describe, namesIn } from '../../../src/dav/propfind.ts'
import { childOf, childrenOf, type ReadElement } from '../../../src/dav/read-xml.ts'
import type { Dav } from '../../../src/dav/resource.ts'
import { d, oc } from '../../../src/dav/xml.ts'
import { favoritesOf } from '../../../src/world/file-tags.ts'
import * as files from '../../../src/world/files.ts'
import type { FileResource } from './files.ts'

/** `oc:filter-files`: what lies below a folder and is a favourite, or has all of the tags. */
export function reportFiles(dav: Dav, folder: FileResource, root: ReadElement): Answer | undefined {
  if (root.name !== oc('filter-files') || !folder.collection) return undefined
  const rules = childOf(root, oc('filter-rules'))
  if (!rules) throw badRequest('Missing filter-rule block in request')
  const wanted = namesIn(childOf(root, d('prop'))) ?? []
  const entries = matching(dav, folder, rules)
  const parts = entries.map((entry) => describe(dav, folder.at(entry), wanted))
  return {
    status: 207,
    headers: [['Content-Type', 'application/xml; charset=utf-8']],
    body: multistatus(parts, dav.server.namespaces, ' '),
  }
}

function matching({ world, userId }: Dav, { entry: folder }: FileResource, rules: ReadElement): files.Entry[] {
  const tagIds = childrenOf(rules, oc('systemtag')).map(({ text }) => text)
  const favorite = childOf(rules, oc('favorite'))
  if (tagIds.length === 0 && !favorite) throw badRequest('Missing filter-rule block in request')
  if (tagIds.length > 0) throw preconditionFailed('Cannot filter by non-existing tag')
  const inside = (entry: files.Entry) => folder.path === '/' || entry.path.startsWith(`${folder.path}/`)
  return favoritesOf(world, userId).flatMap((id) => files.entriesOf(world, userId, id).filter(inside).slice(0, 1))
}
