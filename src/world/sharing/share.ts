import { s } from '#lib/schema.ts'
import { defineTable } from '../define-table.ts'
import * as files from '../files/files.ts'
import { nodesTable } from '../files/tree.ts'
import type { World } from '../world.ts'

declare module '#world/events.ts' {
  interface WorldEvents {
    'share.created': { readonly share: Share }
    'share.updated': { readonly share: Share; readonly old: Share }
    'share.noted': { readonly share: Share }
    'share.mailed': { readonly share: Share }
    'share.deleted': { readonly share: Share }
    'share.left': { readonly share: Share; readonly userId: string }
    'share.restored': { readonly share: Share; readonly userId: string }
    'share.accepted': { readonly share: Share; readonly userId: string | null }
    'share.visited': { readonly share: Share }
    'share.downloaded': { readonly share: Share }
  }
}

/** Kinds of shares, by their numbers on the wire. `member` is one member's own view of a group's share. */
export const TYPE = {
  user: 0,
  group: 1,
  member: 2,
  link: 3,
  email: 4,
  remote: 6,
  team: 7,
  remoteGroup: 9,
  room: 10,
  deck: 12,
} as const

export type ShareType = (typeof TYPE)[keyof typeof TYPE]

/** Anything an app hangs on a share; the server itself knows `permissions/download`. */
export interface Attribute {
  readonly scope: string
  readonly key: string
  readonly value: unknown
}

export interface Share {
  /** Sequential over all kinds, never used again. */
  readonly id: number
  readonly type: ShareType
  /** An account, a group, an address, a federated id; `null` for links. */
  readonly sharedWith: string | null
  /** Who made the share. */
  readonly sharedBy: string
  /** Whose file it is. */
  readonly owner: string
  readonly nodeId: number
  readonly itemType: 'file' | 'folder'
  /** Where it shows in the recipient's files. `null`: nowhere (e-mail). */
  readonly target: string | null
  /** Bits of `PERMISSION`; 0 in a member's view: left. */
  readonly permissions: number
  /** The group's share behind a member's view; the received share that a link was made from. */
  readonly parent: number | null
  /** Seconds since 1970. */
  readonly createdAt: number
  readonly expiresAt: number | null
  readonly token: string | null
  readonly password: string | null
  readonly passwordExpiresAt: number | null
  readonly passwordByTalk: boolean
  readonly note: string
  readonly label: string
  readonly hideDownload: boolean
  readonly attributes: readonly Attribute[] | null
  readonly mailSend: boolean
  readonly accepted: boolean
}

/** Shares by id. */
export const sharesTable = defineTable<Share>('shares', {
  sequence: 'share',
  open: ['token'],
  refersTo: { nodeId: nodesTable },
  record: s.object({
    id: s.int(),
    type: s.literal(...Object.values(TYPE)),
    sharedWith: s.nullable(s.string()),
    sharedBy: s.string(),
    owner: s.string(),
    nodeId: s.int(),
    itemType: s.literal('file', 'folder'),
    target: s.nullable(s.string()),
    permissions: s.int(),
    parent: s.nullable(s.int()),
    createdAt: s.number(),
    expiresAt: s.nullable(s.number()),
    token: s.nullable(s.string()),
    password: s.nullable(s.string()),
    passwordExpiresAt: s.nullable(s.number()),
    passwordByTalk: s.bool(),
    note: s.string(),
    label: s.string(),
    hideDownload: s.bool(),
    attributes: s.nullable(s.list(s.object({ scope: s.string(), key: s.string(), value: s.json() }))),
    mailSend: s.bool(),
    accepted: s.bool(),
  }),
})

/** Kinds that the server keeps itself; the others belong to apps. */
const INTERNAL: ReadonlySet<number> = new Set([TYPE.user, TYPE.group, TYPE.link])

export const isInternal = (share: Share): boolean => INTERNAL.has(share.type)
export const isLinkLike = (share: Pick<Share, 'type'>): boolean => share.type === TYPE.link || share.type === TYPE.email
export const isRemote = (share: Pick<Share, 'type'>): boolean =>
  share.type === TYPE.remote || share.type === TYPE.remoteGroup

export function find(world: World, id: number): Share | undefined {
  return world.table(sharesTable).get(String(id))
}

/** Keep a new share under the next id. */
export function insert(world: World, made: Omit<Share, 'id'>): Share {
  const share: Share = { ...made, id: world.nextId('share') }
  put(world, share)
  return share
}

export function put(world: World, share: Share): void {
  world.table(sharesTable).set(String(share.id), share)
}

export function patch(world: World, id: number, change: Partial<Share>): void {
  world.table(sharesTable).patch(String(id), change)
}

export function drop(world: World, id: number): void {
  world.table(sharesTable).delete(String(id))
}

function pick(world: World, index: string, textOf: (share: Share) => string | undefined, text: string): Share[] {
  const table = world.table(sharesTable)
  return table
    .index(index, textOf)
    .keysOf(text)
    .map((key) => table.get(key)!)
    .sort((a, b) => a.id - b.id)
}

export const madeBy = (world: World, userId: string): Share[] => pick(world, 'sharedBy', (s) => s.sharedBy, userId)
export const ownedBy = (world: World, userId: string): Share[] => pick(world, 'owner', (s) => s.owner, userId)
export const ofNode = (world: World, nodeId: number): Share[] =>
  pick(world, 'node', (s) => String(s.nodeId), String(nodeId))
export const childrenOf = (world: World, id: number): Share[] =>
  pick(world, 'parent', (s) => (s.parent === null ? undefined : String(s.parent)), String(id))
/** Shares of one kind with one account, group or address, in the exact case of its id. */
export const sharedWith = (world: World, type: ShareType, recipient: string): Share[] =>
  pick(
    world,
    'sharedWith',
    (s) => (s.sharedWith === null ? undefined : `${s.type}:${s.sharedWith}`),
    `${type}:${recipient}`,
  )
export const ofToken = (world: World, token: string): Share[] =>
  pick(world, 'token', (s) => s.token ?? undefined, token)

/** One member's own view of a group's share, if it has one. */
export function memberView(world: World, groupShareId: number, userId: string): Share | undefined {
  return sharedWith(world, TYPE.member, userId).find((share) => share.parent === groupShareId)
}

/** What a share shows, while it lies in its owner's files: not in the trash, not gone. */
export function nodeOf(world: World, share: Share): files.FileNode | undefined {
  const node = files.find(world, share.nodeId)
  return node && files.pathInFiles(world, node) !== null ? node : undefined
}

export function attribute(share: Pick<Share, 'attributes'>, scope: string, key: string): unknown {
  return share.attributes?.find((entry) => entry.scope === scope && entry.key === key)?.value
}

/** Attributes with one set or replaced. Those of one scope stay together, as the real server keeps them. */
export function withAttribute(attributes: readonly Attribute[], added: Attribute): Attribute[] {
  const list = [...attributes]
  const same = list.findIndex(({ scope, key }) => scope === added.scope && key === added.key)
  if (same >= 0) list[same] = added
  else {
    const last = list.findLastIndex(({ scope }) => scope === added.scope)
    list.splice(last < 0 ? list.length : last + 1, 0, added)
  }
  return list
}
