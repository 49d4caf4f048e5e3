import type { Entry } from '../files/files.ts'
import type { World } from '../world.ts'
import * as received from './received.ts'
import * as shares from './share.ts'
import { type Share, TYPE } from './share.ts'
import { onlyValid } from './validity.ts'

/** What several shares of one node say together to the account that received them. */
export interface ReceivedView {
  readonly note: string
  readonly attributes: readonly shares.Attribute[]
}

/** The shares by which an account sees an entry, as one; `null`: it reached it without a share. */
export function shownBy(world: World, { userId, mount }: Entry): ReceivedView | null {
  if (mount?.kind !== 'shared') return null
  const all = received.ofNode(world, userId, mount.rootId)
  let attributes: readonly shares.Attribute[] = []
  for (const added of all.flatMap((share) => share.attributes ?? [])) {
    // What one share allows, no other takes away.
    const known = shares.attribute({ attributes }, added.scope, added.key)
    if (known !== true) attributes = shares.withAttribute(attributes, added)
  }
  return { note: all.map((share) => share.note).join('\n'), attributes }
}

/** Whether what an account sees may be downloaded: no share that it came by forbids it. */
export function mayDownload(world: World, entry: Entry): boolean {
  const shown = shownBy(world, entry)
  return !shown || shares.attribute(shown, 'permissions', 'download') !== false
}

/** Kinds of shares in the order in which WebDAV tells them. */
const TOLD = [TYPE.user, TYPE.group, TYPE.link, TYPE.remote, TYPE.email, TYPE.room, TYPE.team, TYPE.deck]

/** The shares of a node that an account made or received. */
export function sharesAround(world: World, userId: string, nodeId: number): Share[] {
  const made = onlyValid(world, shares.ofNode(world, nodeId)).filter((share) => share.sharedBy === userId)
  const got = [...received.directly(world, userId), ...received.throughGroups(world, userId)].filter(
    (share) => share.nodeId === nodeId && share.sharedBy !== userId,
  )
  return TOLD.flatMap((type) => [...made, ...got].filter((share) => share.type === type))
}

/** The shares of a node that an account made, or that others made of its file. */
export function sharesFrom(world: World, userId: string, nodeId: number): Share[] {
  const all = onlyValid(world, shares.ofNode(world, nodeId))
  const own = all.filter((share) => share.sharedBy === userId || share.owner === userId)
  return TOLD.flatMap((type) => own.filter((share) => share.type === type))
}
