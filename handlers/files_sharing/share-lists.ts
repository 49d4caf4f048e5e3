import type { PhpArray } from '#lib/php.ts'
import * as files from '#world/files/files.ts'
import * as shares from '#world/sharing/shares.ts'
import { lists, rights, type Share } from '#world/sharing/shares.ts'
import { formatShare, isFormatted, type Viewer } from './format.ts'

/** What was received from others. */
export function sharedWithMe(viewer: Viewer, node?: files.Entry): PhpArray[] {
  const { world, me } = viewer
  return lists
    .reaching(world, me, node?.node.id)
    .filter((share) => share.owner !== me && share.sharedBy !== me && rights.canAccess(world, share, me))
    .map((share) => formatShare(viewer, share))
    .filter(isFormatted)
}

interface SharedByMeFilter {
  /** Only shares of this node, as the viewer or the account in whose name is asked sees it. */
  readonly node?: files.Entry | undefined
  readonly reshares: boolean
  /** In whose name is asked: the viewer's, unless shares above a received node are wanted. */
  readonly userId?: string
}

/** What someone shared. Whoever may not share a node on sees only what they made of it. */
export function sharedByMe(viewer: Viewer, { node, reshares, userId = viewer.me }: SharedByMeFilter): PhpArray[] {
  const { world, me } = viewer
  const filter = { nodeId: node?.node.id, reshares }
  const found = lists
    .made(world, userId, me, filter)
    .filter((share) => shares.nodeOf(world, share) && !isWithMe(share, me))
  return visible(viewer, found, node)
}

const isWithMe = (share: Share, me: string) => share.type === shares.TYPE.user && share.sharedWith === me

function visible(viewer: Viewer, list: readonly Share[], node?: files.Entry): PhpArray[] {
  const { world, me } = viewer
  const all: PhpArray[] = []
  const mine: PhpArray[] = []
  let mayReshare = false
  for (const share of list) {
    const formatted = formatShare(viewer, share, node)
    if (!isFormatted(formatted)) continue
    all.push(formatted)
    if (share.sharedBy === me) mine.push(formatted)
    mayReshare ||= rights.mayReshare(world, me, share, node ?? null)
  }
  return mayReshare ? all : mine
}

/** What was shared of all that lies directly in a folder, by whomever. */
export function sharedInFolder(viewer: Viewer, folder: files.Entry): PhpArray[] {
  const { world, me } = viewer
  const known = new Map<number, Share>()
  for (const { node } of files.list(world, folder)) {
    for (const share of lists.made(world, me, me, { nodeId: node.id, reshares: true })) {
      if (share.sharedWith !== me) known.set(share.id, share)
    }
  }
  const all: PhpArray[] = []
  const mine: PhpArray[] = []
  let mayReshare = false
  for (const share of known.values()) {
    const formatted = formatShare(viewer, share)
    if (!isFormatted(formatted)) continue
    all.push(formatted)
    if (share.sharedBy === me) mine.push(formatted)
    mayReshare ||= rights.mayReshare(world, me, share, folder)
  }
  return mayReshare ? all : mine
}

/** What was shared of the folders above a node, up to the top of its owner's files. */
export function sharedAbove(viewer: Viewer, entry: files.Entry): PhpArray[] {
  const { world, me } = viewer
  const found = new Map<unknown, PhpArray>()
  let via = entry
  for (const folder of foldersAbove(viewer, entry)) {
    const list = sharedByMe(viewer, { node: folder, reshares: true, userId: entry.owner })
    via = files.entryOf(world, me, folder.node.id) ?? via
    for (const share of list) {
      if (!found.has(share.id)) found.set(share.id, { ...share, via_fileid: via.node.id, via_path: via.path })
    }
  }
  return [...found.values()]
}

/** The folders above a node as its owner sees them, the nearest first, without the top. */
function foldersAbove({ world }: Viewer, entry: files.Entry): files.Entry[] {
  const own = files.entryOf(world, entry.owner, entry.node.id)
  const found: files.Entry[] = []
  for (let path = files.dirName(own?.path ?? '/'); path !== '/'; path = files.dirName(path)) {
    const folder = files.resolve(world, entry.owner, path)
    if (folder) found.push(folder)
  }
  return found
}
