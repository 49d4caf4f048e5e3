import { s } from '#app/index.ts'
import type { PhpArray } from '#lib/php.ts'
import * as users from '#world/accounts/users.ts'
import type { World } from '#world/world.ts'
import * as circles from './state.ts'
import { type Circle, LEVEL, type Member } from './state.ts'

/** What the app calls the kinds of things that it keeps. */
export const TYPE = { user: 1, team: 16 } as const
/** A team made by one account for itself has one bit; the app keeps one for everybody it knows. */
const SINGLE = 1

export interface FormatContext {
  readonly world: World
  /** Host and port by which others know this server. */
  readonly host: string
}

const nameOf = ({ world }: FormatContext, userId: string) => users.find(world, userId)?.displayName ?? userId

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

const basic = ({ config, ...named }: CircleBasics, more: PhpArray): PhpArray => ({
  ...named,
  population: 0,
  populationInherited: 0,
  config,
  description: '',
  url: '',
  creation: 0,
  initiator: null,
  ...more,
})

/** The app's own circle of one account, which stands for it. */
function single(context: FormatContext, userId: string, more: PhpArray = {}): PhpArray {
  const { id } = circles.single(context.world, userId)
  const displayName = nameOf(context, userId)
  const named = { id, name: `user:${userId}:${id}`, displayName, sanitizedName: '', source: TYPE.user, config: SINGLE }
  return basic(named, more)
}

const createdAt = ({ world }: FormatContext, userId: string) => ({ creation: circles.single(world, userId).createdAt })

/** An account as somebody who is in its own circle. */
function ownMembership(context: FormatContext, userId: string): PhpArray {
  const { id, createdAt: joined } = circles.single(context.world, userId)
  return identity(context, { id, circleId: id, userId }, { level: LEVEL.owner, displayUpdate: joined, joined })
}

function identity(
  context: FormatContext,
  { id, circleId, userId }: Pick<Member, 'id' | 'circleId' | 'userId'>,
  { level = 0, status = 'Member', displayUpdate = 0, notes = [], joined = 0 }: PhpArray,
): PhpArray {
  return {
    id,
    circleId,
    singleId: circles.single(context.world, userId).id,
    userId,
    userType: TYPE.user,
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

const inviter = (context: FormatContext, userId: string): PhpArray => ({
  id: circles.single(context.world, userId).id,
  userId,
  userType: TYPE.user,
  displayName: nameOf(context, userId),
  instance: context.host,
  basedOn: single(context, userId),
})

/** A member as it is kept, from its second reading on. */
export function keptMember(context: FormatContext, member: Member, more: PhpArray = {}): PhpArray {
  const { level, status, joinedAt, invitedBy } = member
  const by = inviter(context, invitedBy)
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
  const { level, status, invitedBy } = member
  return { ...identity(context, member, { level, status }), invitedBy: inviter(context, invitedBy), ...more }
}

/** A member in a list of members. */
export const listedMember = (context: FormatContext, member: Member): PhpArray =>
  keptMember(context, member, {
    basedOn: single(context, member.userId, {
      ...createdAt(context, member.userId),
      owner: ownMembership(context, member.userId),
    }),
  })

/** An account that somebody just added, with all that the app knows of it. */
export const addedAccount = (context: FormatContext, userId: string): PhpArray =>
  single(context, userId, {
    ...createdAt(context, userId),
    owner: {
      ...ownMembership(context, userId),
      basedOn: single(context, userId, createdAt(context, userId)),
    },
  })

/** How an account comes to be in a team: directly. */
const inheritance = (context: FormatContext, circle: Circle, { userId, level }: Member): PhpArray => {
  const { id } = circles.single(context.world, userId)
  return {
    id,
    userId,
    userType: TYPE.user,
    displayName: nameOf(context, userId),
    instance: context.host,
    inheritance: {
      singleId: id,
      circleId: circle.id,
      circleConfig: circle.config,
      level,
      inheritanceFirst: id,
      inheritanceLast: circle.id,
      inheritancePath: [id],
      inheritanceDepth: 1,
    },
  }
}

/** A team without anybody in it: what its name is, and how it is set up. */
export function team({ world }: FormatContext, circle: Circle, more: PhpArray = {}): PhpArray {
  const { id, name, displayName, description, config, createdAt: creation } = circle
  const population = circles.members(world, id).length
  return {
    ...basic({ id, name, displayName, sanitizedName: displayName, source: TYPE.team, config }, {}),
    population,
    populationInherited: population,
    description,
    creation,
    ...more,
  }
}

/** A team as an account sees it; what apps keep with it is for those who administer it. */
export function teamFor(context: FormatContext, circle: Circle, userId: string, more: PhpArray = {}): PhpArray {
  const { world } = context
  const me = circles.memberOf(world, circle.id, userId)
  const owner = circles.ownerOf(world, circle.id)
  const population = circles.members(world, circle.id).length
  const initiator = me ? keptMember(context, me, { inheritedBy: inheritance(context, circle, me) }) : null
  const settings = { population, populationInherited: population, ...circle.settings }
  return {
    ...team(context, circle),
    initiator,
    ...(owner ? { owner: keptMember(context, owner) } : {}),
    ...(me && me.level >= LEVEL.admin ? { settings } : {}),
    ...more,
  }
}

/** A team in the answer that made it. */
export function newTeam(context: FormatContext, circle: Circle): PhpArray {
  const owner = circles.ownerOf(context.world, circle.id)!
  const member = newMember(context, owner, { basedOn: single(context, owner.userId) })
  const nothing = { population: 0, populationInherited: 0, creation: 0 }
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
