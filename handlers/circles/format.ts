import { s } from '#app/index.ts'
import type { PhpArray } from '#lib/php.ts'
import { byRelease } from '#lib/releases.ts'
import { installedAt } from '#world/settings/installed-at.ts'
import type { World } from '#world/world.ts'
import { type PartyKind, partyOf } from './party.ts'
import * as circles from './state.ts'
import { type Circle, LEVEL, type Member, type Membership } from './state.ts'

/** What the app calls the kinds of things that it keeps. */
export const TYPE = { single: 0, user: 1, group: 2, mail: 4, team: 16, app: 10_000 } as const
/** A team made by one account for itself has one bit; the app keeps one for everybody it knows. */
const SINGLE = 1
/** A group is a circle that the app made: nobody sees it, and nobody changes who is in it. */
const GROUP = 4 | 512 | 1024
/** The app itself is in charge of groups: a single that is no part of anything else. */
const APP = { party: 'circles', name: 'Circles', source: 10_001, config: SINGLE | 8192 } as const
/** A group counts as the team that the app keeps for it. */
const USER_TYPE: Readonly<Record<PartyKind, number>> = {
  user: TYPE.user,
  group: TYPE.team,
  mail: TYPE.mail,
  team: TYPE.team,
}

export interface FormatContext {
  readonly world: World
  /** Host and port by which others know this server. */
  readonly host: string
}

const nameOf = ({ world }: FormatContext, userId: string) => circles.nameOf(world, userId)

export const circleSchema = s.object(
  { id: s.string(), name: s.string(), displayName: s.string(), config: s.int(), population: s.int() },
  'allow',
)
export const memberSchema = s.object(
  { id: s.string(), circleId: s.string(), userId: s.string(), level: s.int(), status: s.string() },
  'allow',
)

interface CircleBasics {
  readonly id: string
  readonly name: string
  readonly displayName: string
  readonly sanitizedName: string
  readonly source: number
  readonly config: number
}

/** Who is in a team through others is counted beside since 33 (32.0.2, 33.0.0, asked); settings had it before. */
const COUNTS_INHERITED = byRelease(false, { 33: true })

const inheritedIn = ({ world }: FormatContext, populationInherited: number): PhpArray =>
  COUNTS_INHERITED.at(world.release) ? { populationInherited } : {}

const basic = (
  context: FormatContext,
  { id, name, displayName, sanitizedName, source, config }: CircleBasics,
  more: PhpArray,
): PhpArray => ({
  ...{ id, name, displayName, sanitizedName, source },
  population: 0,
  ...inheritedIn(context, 0),
  config,
  description: '',
  url: '',
  creation: 0,
  initiator: null,
  ...more,
})

/** The app's own circle of one party, which stands for it. */
function single(context: FormatContext, userId: string, more: PhpArray = {}): PhpArray {
  const { id } = circles.single(context.world, userId)
  const { kind, name } = partyOf(userId)
  const itself = kind === 'team' ? circles.find(context.world, name) : undefined
  if (itself) return team(context, itself, more)
  const named = { id, displayName: nameOf(context, userId), sanitizedName: '', source: TYPE[kind] }
  if (kind !== 'group') return basic(context, { ...named, name: `${kind}:${name}:${id}`, config: SINGLE }, more)
  const population = circles.accountsOf(context.world, userId).length
  const counted = { population, ...inheritedIn(context, population) }
  return basic(context, { ...named, name: `group:${name}`, config: GROUP }, { ...counted, ...more })
}

/** The app's circle of itself, which has been there from the start. */
function appSingle(context: FormatContext): PhpArray {
  const { name: displayName, source, config, party } = APP
  const id = appId(context)
  const named = { id, name: `app:${party}:${id}`, displayName, sanitizedName: '', source, config }
  return basic(context, named, { creation: installedAt(context.world) })
}

const appId = ({ world }: FormatContext) => circles.idOf(world, `app:${APP.party}`)

const createdAt = ({ world }: FormatContext, userId: string) => ({ creation: circles.single(world, userId).createdAt })

/** A party as what is in its own circle; in that of a group it is the app. */
function ownMembership(context: FormatContext, userId: string): PhpArray {
  const { id, createdAt: joined } = circles.single(context.world, userId)
  const own = { level: LEVEL.owner, displayUpdate: joined, joined }
  if (partyOf(userId).kind !== 'group') return identity(context, { id, circleId: id, userId }, own)
  const member = identity(context, { id: circles.idOf(context.world, `chief/${userId}`), circleId: id, userId }, own)
  return { ...member, singleId: appId(context), ...{ userId: APP.party, userType: TYPE.app }, displayName: APP.name }
}

function identity(
  context: FormatContext,
  { id, circleId, userId, calledThen }: Pick<Member, 'id' | 'circleId' | 'userId' | 'calledThen'>,
  { level = 0, status = 'Member', displayUpdate = 0, notes = [], joined = 0 }: PhpArray,
): PhpArray {
  const { kind, name } = partyOf(userId)
  return {
    id,
    circleId,
    singleId: circles.single(context.world, userId).id,
    userId: calledThen ?? name,
    userType: USER_TYPE[kind],
    instance: context.host,
    local: true,
    level,
    status,
    displayName: nameOf(context, userId),
    displayUpdate,
    notes,
    contactId: '',
    contactMeta: '',
    joined,
  }
}

/** By whom somebody is in a team. Groups are there by the app, whoever adds them. */
function inviter(context: FormatContext, { userId, invitedBy }: Member, more: PhpArray = {}): PhpArray {
  const isGroup = partyOf(userId).kind === 'group'
  return {
    id: isGroup ? appId(context) : circles.single(context.world, invitedBy).id,
    userId: isGroup ? APP.party : invitedBy,
    userType: isGroup ? TYPE.app : TYPE.user,
    displayName: isGroup ? APP.name : nameOf(context, invitedBy),
    instance: context.host,
    basedOn: isGroup ? appSingle(context) : single(context, invitedBy, more),
  }
}

/** A party among those that somebody looks for. */
export function foundParty(context: FormatContext, { userId, knownBy }: circles.KnownParty): PhpArray {
  return {
    id: circles.single(context.world, userId).id,
    userId: knownBy,
    userType: USER_TYPE[partyOf(userId).kind],
    displayName: nameOf(context, userId),
    instance: context.host,
  }
}

/** A member in a few words. */
export function memberSummary(context: FormatContext, { userId, calledThen }: Member): PhpArray {
  const { kind, name } = partyOf(userId)
  return {
    singleId: circles.single(context.world, userId).id,
    userId: calledThen ?? name,
    displayName: nameOf(context, userId),
    type: USER_TYPE[kind],
  }
}

/** A member as it is kept, from its second reading on. */
export function keptMember(context: FormatContext, member: Member, more: PhpArray = {}): PhpArray {
  const { level, status, joinedAt } = member
  const by = inviter(context, member)
  return {
    ...identity(context, member, {
      level,
      status,
      displayUpdate: joinedAt,
      notes: { invitedBy: by },
      joined: joinedAt,
    }),
    invitedBy: by,
    basedOn: single(context, member.userId, createdAt(context, member.userId)),
    ...more,
  }
}

/** A member in the answer that made it: nothing is known yet of when. */
export function newMember(context: FormatContext, member: Member, more: PhpArray = {}): PhpArray {
  const { level, status } = member
  return { ...identity(context, member, { level, status }), invitedBy: inviter(context, member), ...more }
}

/** A member in a list of members. */
export const listedMember = (context: FormatContext, member: Member): PhpArray =>
  keptMember(context, member, { basedOn: single(context, member.userId, knownOf(context, member.userId)) })

/** The same with all that is known of the team and of who took the member in (Nextcloud 34.0.1, asked). */
export function fullMember(context: FormatContext, member: Member, circle: PhpArray): PhpArray {
  const { basedOn: _, ...owner } = circle.owner as Readonly<Record<string, PhpArray>>
  return {
    ...listedMember(context, member),
    invitedBy: inviter(context, member, knownOf(context, member.invitedBy)),
    circle: { ...circle, owner },
  }
}

const knownOf = (context: FormatContext, party: string): PhpArray => ({
  ...createdAt(context, party),
  owner: ownerOfTeam(context, party) ?? ownMembership(context, party),
})

/** Who owns the team that a party is; `undefined`: it is no team. */
function ownerOfTeam(context: FormatContext, party: string): PhpArray | undefined {
  const { kind, name } = partyOf(party)
  const owner = kind === 'team' ? circles.ownerOf(context.world, name) : undefined
  return owner && keptMember(context, owner)
}

/** What somebody just added, with all that the app knows of it. */
export const addedParty = (context: FormatContext, userId: string): PhpArray =>
  single(context, userId, {
    ...createdAt(context, userId),
    owner: ownerOfTeam(context, userId) ?? {
      ...ownMembership(context, userId),
      basedOn:
        partyOf(userId).kind === 'group' ? appSingle(context) : single(context, userId, createdAt(context, userId)),
    },
  })

/** How somebody comes to be in a team: by itself, by a group, or by other teams. */
export function inheritanceOf(context: FormatContext, circle: Circle, { member, path }: Membership): PhpArray {
  const ids = path.map((party) => circles.single(context.world, party).id)
  return {
    singleId: ids.at(-1)!,
    circleId: circle.id,
    // However the teams on the way are set up (Nextcloud 34.0.1, asked).
    circleConfig: 0,
    level: member.level,
    inheritanceFirst: ids[0]!,
    inheritanceLast: ids.at(-2) ?? circle.id,
    inheritancePath: ids,
    inheritanceDepth: ids.length,
  }
}

/** By what an account is in a team, in front of what it sees of it. */
const initiatorOf = (context: FormatContext, circle: Circle, userId: string, membership: Membership): PhpArray =>
  actingMember(context, membership.member, {
    inheritedBy: {
      ...{ id: circles.single(context.world, userId).id, userId, userType: TYPE.user },
      displayName: nameOf(context, userId),
      instance: context.host,
      inheritance: inheritanceOf(context, circle, membership),
    },
  })

/** A member outside of lists: who added a group does not show. */
export function actingMember(context: FormatContext, member: Member, more: PhpArray = {}): PhpArray {
  const kept = keptMember(context, member)
  if (partyOf(member.userId).kind !== 'group') return { ...kept, ...more }
  const { invitedBy: _, ...shown } = kept
  return { ...shown, notes: [], ...more }
}

/** A team without anybody in it: what its name is, and how it is set up. */
export function team(context: FormatContext, circle: Circle, more: PhpArray = {}): PhpArray {
  const { id, name, displayName, description, config, createdAt: creation } = circle
  const { direct, inherited } = circles.population(context.world, id)
  return {
    ...basic(context, { id, name, displayName, sanitizedName: sanitized(circle), source: TYPE.team, config }, {}),
    population: direct,
    ...inheritedIn(context, inherited),
    description,
    creation,
    ...more,
  }
}

/** A name that any disk takes. Nothing left of it: the beginning of the id. */
function sanitized({ id, displayName }: Circle): string {
  const kept = displayName.replaceAll('/', '-').replace(/[*|\\:"<>?]/g, '')
  return kept.replace(/^[ .]+|[ .]+$/g, '') || id.slice(0, 3)
}

/** A team as an account sees it; what apps keep with it is for those who administer it. */
export function teamFor(context: FormatContext, circle: Circle, userId: string, more: PhpArray = {}): PhpArray {
  const { world } = context
  const me = circles.membershipIn(world, circle.id, userId)
  const owner = circles.ownerOf(world, circle.id)
  const { direct, inherited } = circles.population(world, circle.id)
  const initiator = me ? initiatorOf(context, circle, userId, me) : null
  const settings = { population: direct, populationInherited: inherited, ...circle.settings }
  return {
    ...team(context, circle),
    initiator,
    ...(owner ? { owner: keptMember(context, owner) } : {}),
    ...(me && me.member.level >= LEVEL.admin ? { settings } : {}),
    ...more,
  }
}

/** A team in the answer that made it. */
export function newTeam(context: FormatContext, circle: Circle): PhpArray {
  const owner = circles.ownerOf(context.world, circle.id)!
  const member = newMember(context, owner, { basedOn: single(context, owner.userId) })
  const nothing = { population: 0, ...inheritedIn(context, 0), creation: 0 }
  return { ...team(context, circle), ...nothing, initiator: member, owner: member, settings: [] }
}

/** A team in the answer to who leaves it: as it was, but for its owner, if that is who leaves. */
export function leftTeam(context: FormatContext, circle: Circle, member: Member): PhpArray {
  const owner = circles.ownerOf(context.world, circle.id)
  return team(context, circle, {
    initiator: identity(context, { ...member, id: '', circleId: '' }, { status: '' }),
    ...(owner && owner.userId !== member.userId ? { owner: keptMember(context, owner) } : {}),
  })
}
