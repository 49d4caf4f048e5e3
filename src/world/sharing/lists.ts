import type { World } from '../world.ts'
import * as received from './received.ts'
import { allowsOutgoingRemote, allowsOutgoingRemoteGroups } from './settings.ts'
import * as shares from './share.ts'
import { type Share, type ShareType, TYPE } from './share.ts'
import { onlyValid } from './validity.ts'

/** The kinds that a list of shares has, in its order. */
const LISTED: readonly ShareType[] = [TYPE.user, TYPE.group, TYPE.link, TYPE.email, TYPE.team, TYPE.room, TYPE.deck]

export interface ListFilter {
  readonly nodeId?: number | undefined
  /** Also what others made of one's files; of a node, all that anybody made. */
  readonly reshares?: boolean
}

/** Shares of one kind that someone made. */
export function ofType(
  world: World,
  userId: string,
  type: ShareType,
  { nodeId, reshares = false }: ListFilter = {},
): Share[] {
  return onlyValid(world, select(world, userId, type, nodeId, reshares))
}

function select(world: World, userId: string, type: ShareType, nodeId: number | undefined, reshares: boolean): Share[] {
  if (nodeId !== undefined) {
    return shares.ofNode(world, nodeId).filter((s) => s.type === type && (reshares || s.sharedBy === userId))
  }
  const made = shares.madeBy(world, userId).filter((share) => share.type === type)
  if (!reshares) return made
  const owned = shares.ownedBy(world, userId).filter((share) => share.type === type)
  const all = [...owned, ...made.filter((share) => share.owner !== userId)]
  // The real server finds these by item type, so files come before folders (Nextcloud 34.0.1 on SQLite, asked).
  return type === TYPE.email
    ? all
    : all.sort((a, b) => (a.itemType === b.itemType ? a.id - b.id : a.itemType === 'file' ? -1 : 1))
}

/** Shares of all kinds that someone made, kind by kind. Shares with other servers go by the caller's id. */
export function made(world: World, userId: string, caller: string, asked: ListFilter = {}): Share[] {
  const list = LISTED.flatMap((type) => ofType(world, userId, type, asked))
  if (allowsOutgoingRemote(world)) list.push(...ofType(world, caller, TYPE.remote, asked))
  if (allowsOutgoingRemoteGroups(world)) list.push(...ofType(world, caller, TYPE.remoteGroup, asked))
  return list
}

/** Shares that reach an account: with it, then with its groups; those it left have no permissions. */
export function reaching(world: World, userId: string, nodeId?: number): Share[] {
  const all = [...received.directly(world, userId), ...received.throughGroups(world, userId)]
  return nodeId === undefined ? all : all.filter((share) => share.nodeId === nodeId)
}

/** A share by the id that clients know, as one account sees it. */
export function byId(world: World, id: string, userId: string): Share | undefined {
  if (!/^\s*\+?\d+(\.0*)?\s*$/.test(id)) return undefined
  const share = shares.find(world, Number(id))
  if (!share || share.type === TYPE.member) return undefined
  if (shares.isRemote(share) && !allowsOutgoingRemote(world)) return undefined
  return onlyValid(world, [share])[0] && received.asSeenBy(world, share, userId)
}
