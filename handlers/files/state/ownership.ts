import * as users from '#world/accounts/users.ts'
import * as files from '#world/files/files.ts'
import * as mounts from '#world/files/mounts.ts'
import { UNLIMITED } from '#world/files/quota.ts'
import * as tree from '#world/files/tree.ts'
import * as received from '#world/sharing/received.ts'
import { removeShare } from '#world/sharing/remove.ts'
import * as shares from '#world/sharing/share.ts'
import { type Share, TYPE } from '#world/sharing/share.ts'
import { update } from '#world/sharing/update.ts'
import type { World } from '#world/world.ts'

export interface OwnershipChange {
  readonly from: users.User
  readonly to: users.User
  /** What is given away, without a leading slash; empty: everything. */
  readonly path: string
  /** Into the top folder of the new owner, who has nothing yet, instead of a folder of its own. */
  readonly move: boolean
  /** Name that folder after the id of the old owner, not after the display name. */
  readonly useUserId: boolean
}

/** What is moved and how, once it is known that it can be. */
export interface PlannedTransfer extends OwnershipChange {
  readonly entry: files.Entry
  /** Where the new owner has it, below `files/`; empty: in the top folder. */
  readonly folder: string
  /** Files that are moved. */
  readonly count: number
  /** What the old owner made of it for others. */
  readonly given: readonly Share[]
  /** What the old owner received there. */
  readonly taken: readonly Share[]
}

/** Find out whether somebody can give files to somebody else. */
export function plan(
  world: World,
  change: OwnershipChange,
): PlannedTransfer | 'unknown-path' | 'no-space' | 'not-empty' {
  const { from, to, path, move } = change
  files.ensureHome(world, from.id)
  // Who never came in has nothing yet, not even what a new home begins with (Nextcloud 34.0.1, asked).
  files.ensureHome(world, to.id, () => {})
  const entry = files.resolve(world, from.id, `/${path}`)
  if (!entry) return 'unknown-path'
  const top = files.resolve(world, to.id, '/')!
  if (move && files.list(world, top).length > 0) return 'not-empty'
  const free = files.freeBytes(world, to.id)
  if (free !== UNLIMITED && entry.node.size > free) return 'no-space'
  const count = tree.subtree(world, entry.node.id).filter(({ type }) => type === 'file').length
  const planned = { ...change, entry, folder: move ? '' : folderName(world, change), count }
  return { ...planned, given: sharesBy(world, from.id, entry), taken: receivedBelow(world, from.id, entry.path) }
}

/** `Transferred from Alice on 2026-11-21 09-00-00`, without what a folder's name had better not have. */
function folderName(world: World, { from, useUserId }: OwnershipChange): string {
  const name = (useUserId ? '' : cleaned(from.displayName)) || from.id
  const [day, time] = new Date(world.clock.seconds() * 1000).toISOString().slice(0, 19).split('T')
  return cleaned(`Transferred from ${name} on ${day} ${time!.replaceAll(':', '-')}`)
}

const cleaned = (name: string) => name.replace(/[\\/:.?#'"]/g, '-').replace(/-{2,}/g, '-')

/** Kinds of shares, in the order in which they are asked for. */
export const KINDS: readonly number[] = [
  TYPE.group,
  TYPE.user,
  TYPE.link,
  TYPE.remote,
  TYPE.room,
  TYPE.email,
  TYPE.team,
  TYPE.deck,
]

function sharesBy(world: World, userId: string, entry: files.Entry): Share[] {
  const all = new Map([...shares.ownedBy(world, userId), ...shares.madeBy(world, userId)].map((one) => [one.id, one]))
  const inside = new Set(tree.subtree(world, entry.node.id).map(({ id }) => id))
  return KINDS.flatMap((kind) =>
    [...all.values()].filter(({ type, nodeId }) => type === kind && (entry.path === '/' || inside.has(nodeId))),
  )
}

const receivedBelow = (world: World, userId: string, path: string): Share[] =>
  received.directly(world, userId).filter(({ target }) => path === '/' || `${target}/`.startsWith(`${path}/`))

/**
 * Give files away, and with them what was made of them and what was received below them.
 * @returns the bytes that did not come along at once, which are those of what was received; `null`: it could not be done,
 * as what was received itself stays
 */
export function carryOut(world: World, planned: PlannedTransfer): number | null {
  const { entry, from, to, folder } = planned
  if (files.isMountRoot(entry)) return null
  const size = files.sizeWithMounts(world, entry)
  moveFiles(world, planned)
  const left = size - files.sizeWithMounts(world, files.resolve(world, to.id, `/${folder}`)!)
  for (const share of planned.taken) passOn(world, share, planned)
  for (const share of planned.given) giveAway(world, share, planned)
  // Who is in a group that the files are shared with still sees them, now as one of its members.
  received.refreshAccount(world, from.id)
  return left
}

function moveFiles(world: World, { from, to, entry, folder }: PlannedTransfer): void {
  const target = files.home(world, to.id)!
  if (entry.path !== '/') {
    const into = folder === '' ? target : tree.add(world, { parent: target.id, name: folder, type: 'folder' })
    tree.relocate(world, entry.node.id, into.id, entry.node.name)
    return
  }
  const root = tree.get(world, entry.node.parent)
  if (folder === '') {
    for (const child of tree.children(world, entry.node.id)) tree.relocate(world, child.id, target.id, child.name)
    return
  }
  tree.relocate(world, entry.node.id, target.id, folder)
  tree.add(world, { parent: root.id, name: 'files', type: 'folder' })
  for (const mount of mounts.ofUser(world, from.id)) received.refreshMount(world, from.id, mount.rootId)
}

/** What the new owner gets of the old one's: what was shared with the new owner ends, the rest is the new owner's. */
function giveAway(world: World, share: Share, { from, to }: PlannedTransfer): void {
  const old = shares.find(world, share.id)
  if (!old) return
  if (old.type === TYPE.user && (old.sharedWith === to.id || !users.find(world, old.sharedWith ?? ''))) {
    removeShare(world, old)
    return
  }
  const owner = old.owner === from.id ? to.id : old.owner
  const sharedBy = old.sharedBy === from.id ? to.id : old.sharedBy
  update(world, { ...old, owner, sharedBy }, old, to.id)
}

/** What the old owner had received goes to the new one, unless that one has it, or gave it. */
function passOn(world: World, share: Share, { to, folder, move }: PlannedTransfer): void {
  const old = shares.find(world, share.id)
  if (!old) return
  const own = received.directly(world, to.id).find(({ nodeId }) => nodeId === old.nodeId)
  if (old.sharedBy === to.id || old.owner === to.id || (own && own.permissions >= old.permissions)) {
    removeShare(world, old)
    return
  }
  if (own) removeShare(world, own)
  const before = old.sharedWith!
  const target = move ? old.target! : files.joinPath(`/${folder}`, old.target!.slice(1))
  shares.put(world, { ...old, sharedWith: to.id, target })
  received.refreshMount(world, before, old.nodeId)
  received.refreshMount(world, to.id, old.nodeId)
}
