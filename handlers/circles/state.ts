import * as groups from '#world/accounts/groups.ts'
import * as users from '#world/accounts/users.ts'
import { defineReactions } from '#world/reactions.ts'
import type { World } from '#world/world.ts'
import {
  type Circle,
  circleMembersTable,
  circlesTable,
  entries,
  entryOf,
  find,
  keyOf,
  type Level,
  type Member,
  members,
  nameOf,
  withParty,
} from './lookups.ts'
import { memberOf } from './membership.ts'
import { groupParty, partyOf, teamParty } from './party.ts'
import { LEVEL } from './records.ts'
import { ensureSingle, ID_LENGTH, singlesTable } from './singles.ts'

export * from './lookups.ts'
export * from './membership.ts'
export { idOf, partyOfSingle, single, singlesTable } from './singles.ts'

declare module '#world/events.ts' {
  interface WorldEvents {
    'team.member-added': { readonly circleId: string; readonly userId: string }
    'team.member-removed': { readonly circleId: string; readonly userId: string }
    'team.deleted': { readonly circleId: string }
  }
}

export { LEVEL } from './records.ts'
/** Bits of a team's configuration that its administrators may set; personal teams have theirs from the start. */
export const CONFIG = { personal: 2, visible: 8, open: 16, invite: 32, request: 64, friend: 128 } as const

const SHORTEST_NAME = 3

/** A party, and the id by which it is known. */
export interface KnownParty {
  readonly userId: string
  readonly knownBy: string
}

/** Everybody whom the app knows: accounts and addresses, then again who is in groups, then who is in teams. */
export function allParties(world: World): KnownParty[] {
  const addresses = [...world.table(singlesTable).keys()].filter((party) => partyOf(party).kind === 'mail')
  const accounts = [...world.table(users.usersTable).keys()]
  const inGroups = accounts.flatMap((id) => groups.groupsOf(world, id).map(() => id))
  const inTeams = [...world.table(circlesTable).keys()].flatMap((id) => entries(world, id))
  return [
    ...[...accounts, ...addresses, ...inGroups].map((userId) => ({ userId, knownBy: partyOf(userId).name })),
    ...inTeams.map(({ userId, calledThen }) => ({ userId, knownBy: calledThen ?? partyOf(userId).name })),
  ]
}

export const ownerOf = (world: World, circleId: string): Member | undefined =>
  members(world, circleId).find(({ level }) => level === LEVEL.owner)

/** What kind of team it is, in words. */
export function definition(world: World, circle: Circle): string {
  if ((circle.config & CONFIG.personal) !== 0) return 'Personal team'
  const owner = ownerOf(world, circle.id)
  return owner ? `Team owned by ${nameOf(world, owner.userId)}` : 'Team'
}

/** Whether an account sees a team. */
export const isVisibleTo = (world: World, { id, config }: Circle, userId: string): boolean =>
  (config & CONFIG.visible) !== 0 ||
  entryOf(world, id, userId) !== undefined ||
  memberOf(world, id, userId) !== undefined

/** Teams that an account sees: its own, those that want it or that it wants, and the visible ones; the oldest first. */
export function visibleTo(world: World, userId: string): Circle[] {
  return [...world.table(circlesTable).values()].filter((circle) => isVisibleTo(world, circle, userId))
}

/** Teams that an account is in, the oldest first. */
export function ofUser(world: World, userId: string): Circle[] {
  return [...world.table(circlesTable).values()].filter(({ id }) => memberOf(world, id, userId))
}

/** The name as it shows: the same name again has a number. */
function freeName(world: World, name: string, own = ''): string {
  const taken = new Set([...world.table(circlesTable).values()].flatMap((c) => (c.id === own ? [] : [c.displayName])))
  let wanted = name
  for (let number = 2; taken.has(wanted); number++) wanted = `${name} (${number})`
  return wanted
}

const isTooShort = (name: string) => [...name].length < SHORTEST_NAME

interface NewCircle {
  readonly id?: string
  /** Who took its owner in. Default: the owner. */
  readonly by?: string
  /** It is never told to other servers. */
  readonly isLocal?: boolean
}

/** Make a team; its maker owns it. */
export function create(
  world: World,
  userId: string,
  name: string,
  isPersonal: boolean,
  { id = world.random.token(ID_LENGTH), by = userId, isLocal = false }: NewCircle = {},
): Circle | 'too-short' {
  if (isTooShort(name)) return 'too-short'
  const circle: Circle = {
    id,
    name,
    displayName: freeName(world, name),
    description: '',
    config: (isPersonal ? CONFIG.personal : 0) | (isLocal ? LOCAL : 0),
    settings: {},
    createdAt: world.clock.seconds(),
  }
  world.table(circlesTable).set(circle.id, circle)
  put(world, circle.id, userId, { level: LEVEL.owner, invitedBy: by })
  return circle
}

function put(world: World, circleId: string, userId: string, made: Partial<Member>): Member {
  const old = entryOf(world, circleId, userId)
  const member: Member = {
    id: old?.id ?? world.random.token(ID_LENGTH),
    circleId,
    userId,
    level: LEVEL.member,
    status: 'Member',
    invitedBy: old?.invitedBy ?? userId,
    joinedAt: old?.joinedAt ?? world.clock.seconds(),
    ...made,
  }
  ensureSingle(world, userId)
  world.table(circleMembersTable).set(keyOf(circleId, userId), member)
  if (member.status === 'Member' && old?.status !== 'Member')
    world.emit({ type: 'team.member-added', circleId, userId })
  return member
}

export function destroy(world: World, circle: Circle): void {
  const party = teamParty(circle.id)
  for (const id of withParty(world, party)) remove(world, find(world, id)!, party)
  world.emit({ type: 'team.deleted', circleId: circle.id })
  for (const { userId } of entries(world, circle.id)) world.table(circleMembersTable).delete(keyOf(circle.id, userId))
  world.table(circlesTable).delete(circle.id)
}

export function rename(world: World, circle: Circle, name: string): 'too-short' | 'renamed' {
  if (isTooShort(name)) return 'too-short'
  change(world, circle, { name, displayName: freeName(world, name, circle.id) })
  return 'renamed'
}

export const describe = (world: World, circle: Circle, description: string): void =>
  change(world, circle, { description })

/** Keep something with a team, or with `null` nothing any more. */
export function setSetting(world: World, circle: Circle, name: string, value: string | null): void {
  const { [name]: _, ...rest } = circle.settings
  change(world, circle, { settings: value === null ? rest : { ...rest, [name]: value } })
}

const change = (world: World, circle: Circle, to: Partial<Circle>) =>
  world.table(circlesTable).set(circle.id, { ...circle, ...to })

/** Bits that nobody may set over the API: those of the app's own circles, of personal and of hidden ones. */
const FORBIDDEN = 1 | 2 | 4 | 512 | 1024 | 2048
/** Known to this server alone; taken away, as there is no other one. */
const LOCAL = 4096
/** A federated team is no part of another one. */
const [FEDERATED, ROOT] = [32_768, 8192]

export function configure(world: World, circle: Circle, config: number): 'invalid' | 'configured' {
  if ((config & FORBIDDEN) !== 0) return 'invalid'
  // Nobody can ask to be let in where nobody can come in.
  const request = (config & CONFIG.open) === 0 ? CONFIG.request : 0
  const root = (config & FEDERATED) === 0 ? 0 : ROOT
  const wanted = (config & ~(LOCAL | request)) | root
  change(world, circle, { config: wanted | (circle.config & CONFIG.personal) })
  return 'configured'
}

const has = ({ config }: Circle, bit: keyof typeof CONFIG) => (config & CONFIG[bit]) !== 0

/** Take an account into a team, or invite it where the team invites. Who asked for it is in at once. */
export function add(world: World, circle: Circle, userId: string, by: string): Member | 'already' | 'itself' {
  if (userId === teamParty(circle.id)) return 'itself'
  const known = entryOf(world, circle.id, userId)
  if (known?.status === 'Member' || known?.status === 'Invited') return 'already'
  const asks = has(circle, 'invite') && partyOf(userId).kind === 'user'
  const { kind, name } = partyOf(userId)
  const called = kind === 'team' ? { calledThen: find(world, name)!.displayName } : {}
  if (known || !asks) return put(world, circle.id, userId, { invitedBy: by, level: LEVEL.member, ...called })
  return put(world, circle.id, userId, { invitedBy: by, status: 'Invited', level: 0 })
}

/** An account wants into a team: at once, once somebody confirms it, or not at all. */
export function join(world: World, circle: Circle, userId: string, by = userId): Member | 'already' | 'closed' {
  const known = entryOf(world, circle.id, userId)
  if (known?.status === 'Member' || known?.status === 'Requesting') return 'already'
  if (known?.status === 'Invited') return put(world, circle.id, userId, { level: LEVEL.member })
  if (!has(circle, 'open')) return 'closed'
  return has(circle, 'request')
    ? put(world, circle.id, userId, { status: 'Requesting', level: 0, invitedBy: by })
    : put(world, circle.id, userId, { invitedBy: by })
}

/** Take an account out of a team. Where it was the owner's, the next in level owns it; without anybody it ends. */
export function remove(world: World, circle: Circle, userId: string): void {
  const wasOwner = ownerOf(world, circle.id)?.userId === userId
  world.table(circleMembersTable).delete(keyOf(circle.id, userId))
  world.emit({ type: 'team.member-removed', circleId: circle.id, userId })
  if (!wasOwner) return
  const [next] = members(world, circle.id)
  if (next) put(world, circle.id, next.userId, { ...next, level: LEVEL.owner })
  else destroy(world, circle)
}

/**
 * Give a member another level. Nobody gives more than it has, nor to who has more; a new owner takes the old one's
 * place, and the old one administers from then on.
 */
export function setLevel(world: World, actor: Member, member: Member, level: Level): Member | 'not-allowed' | 'has-it' {
  if (member.level === level) return 'has-it'
  if (member.level === LEVEL.owner || level > actor.level || member.level > actor.level) return 'not-allowed'
  if (level === LEVEL.owner) put(world, actor.circleId, actor.userId, { ...actor, level: LEVEL.admin })
  return put(world, member.circleId, member.userId, { ...member, level })
}

/** Accounts and groups that are removed leave their teams. */
export const circleReactions = defineReactions(
  {
    'user.deleted': (world, { userId }) => {
      for (const circle of [...world.table(circlesTable).values()])
        if (entryOf(world, circle.id, userId)) remove(world, circle, userId)
      world.table(singlesTable).delete(userId)
    },
    'group.deleted': (world, { groupId }) => {
      const party = groupParty(groupId)
      for (const id of withParty(world, party)) remove(world, find(world, id)!, party)
      world.table(singlesTable).delete(party)
    },
  },
  { phase: 'clean-up', evenIfDisabled: true },
)
