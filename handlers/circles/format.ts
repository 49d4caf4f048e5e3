import { s } from '#app/index.ts'
import type { PhpArray } from '#lib/php.ts'
import * as circles from '#world/accounts/circles.ts'
import { type Circle, LEVEL, type Member } from '#world/accounts/circles.ts'
import * as users from '#world/accounts/users.ts'
import type { World } from '#world/world.ts'

/** What the app calls the kinds of things that it keeps. */
export const TYPE = { user: 1, team: 16 } as const
/** A team made by one account for itself has one bit; the app keeps one for everybody it knows. */
const SINGLE = 1

export interface Showing {
  readonly world: World
  /** Host and port by which others know this server. */
  readonly host: string
}

const nameOf = ({ world }: Showing, userId: string) => users.find(world, userId)?.displayName ?? userId

export const circleSchema = s.object(
  { id: s.string(), name: s.string(), displayName: s.string(), config: s.int(), population: s.int() },
  'allow',
)
export const memberSchema = s.object(
  { id: s.string(), circleId: s.string(), userId: s.string(), level: s.int(), status: s.string() },
  'allow',
)

interface Basic {
  readonly id: string
  readonly name: string
  readonly displayName: string
  readonly sanitizedName: string
  readonly source: number
  readonly config: number
}

const basic = ({ config, ...named }: Basic, more: PhpArray): PhpArray => ({
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
function single(showing: Showing, userId: string, more: PhpArray = {}): PhpArray {
  const { id } = circles.single(showing.world, userId)
  const displayName = nameOf(showing, userId)
  const named = { id, name: `user:${userId}:${id}`, displayName, sanitizedName: '', source: TYPE.user, config: SINGLE }
  return basic(named, more)
}

const createdAt = ({ world }: Showing, userId: string) => ({ creation: circles.single(world, userId).createdAt })

/** An account as somebody who is in its own circle. */
function ownMembership(showing: Showing, userId: string): PhpArray {
  const { id, createdAt: joined } = circles.single(showing.world, userId)
  return identity(showing, { id, circleId: id, userId }, { level: LEVEL.owner, displayUpdate: joined, joined })
}

function identity(
  showing: Showing,
  { id, circleId, userId }: Pick<Member, 'id' | 'circleId' | 'userId'>,
  { level = 0, status = 'Member', displayUpdate = 0, notes = [], joined = 0 }: PhpArray,
): PhpArray {
  return {
    id,
    circleId,
    singleId: circles.single(showing.world, userId).id,
    userId,
    userType: TYPE.user,
    instance: showing.host,
    local: true,
    level,
    status,
    displayName: nameOf(showing, userId),
    displayUpdate,
    notes,
    contactId: '',
    contactMeta: '',
    joined,
  }
}

const inviter = (showing: Showing, userId: string): PhpArray => ({
  id: circles.single(showing.world, userId).id,
  userId,
  userType: TYPE.user,
  displayName: nameOf(showing, userId),
  instance: showing.host,
  basedOn: single(showing, userId),
})

/** A member as it is kept, from its second reading on. */
export function keptMember(showing: Showing, member: Member, more: PhpArray = {}): PhpArray {
  const { level, status, joinedAt, invitedBy } = member
  const by = inviter(showing, invitedBy)
  return {
    ...identity(showing, member, {
      level,
      status,
      displayUpdate: joinedAt,
      notes: { invitedBy: by },
      joined: joinedAt,
    }),
    invitedBy: by,
    basedOn: single(showing, member.userId, createdAt(showing, member.userId)),
    ...more,
  }
}

/** A member in the answer that made it: nothing is known yet of when. */
export function newMember(showing: Showing, member: Member, more: PhpArray = {}): PhpArray {
  const { level, status, invitedBy } = member
  return { ...identity(showing, member, { level, status }), invitedBy: inviter(showing, invitedBy), ...more }
}

/** A member in a list of members. */
export const listedMember = (showing: Showing, member: Member): PhpArray =>
  keptMember(showing, member, {
    basedOn: single(showing, member.userId, {
      ...createdAt(showing, member.userId),
      owner: ownMembership(showing, member.userId),
    }),
  })

/** An account that somebody just added, with all that the app knows of it. */
export const addedAccount = (showing: Showing, userId: string): PhpArray =>
  single(showing, userId, {
    ...createdAt(showing, userId),
    owner: {
      ...ownMembership(showing, userId),
      basedOn: single(showing, userId, createdAt(showing, userId)),
    },
  })

/** How an account comes to be in a team: directly. */
const inheritance = (showing: Showing, circle: Circle, { userId, level }: Member): PhpArray => {
  const { id } = circles.single(showing.world, userId)
  return {
    id,
    userId,
    userType: TYPE.user,
    displayName: nameOf(showing, userId),
    instance: showing.host,
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
export function team({ world }: Showing, circle: Circle, more: PhpArray = {}): PhpArray {
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
export function teamFor(showing: Showing, circle: Circle, userId: string, more: PhpArray = {}): PhpArray {
  const { world } = showing
  const me = circles.memberOf(world, circle.id, userId)
  const owner = circles.ownerOf(world, circle.id)
  const population = circles.members(world, circle.id).length
  const initiator = me ? keptMember(showing, me, { inheritedBy: inheritance(showing, circle, me) }) : null
  const settings = { population, populationInherited: population, ...circle.settings }
  return {
    ...team(showing, circle),
    initiator,
    ...(owner ? { owner: keptMember(showing, owner) } : {}),
    ...(me && me.level >= LEVEL.admin ? { settings } : {}),
    ...more,
  }
}

/** A team in the answer that made it. */
export function newTeam(showing: Showing, circle: Circle): PhpArray {
  const owner = circles.ownerOf(showing.world, circle.id)!
  const member = newMember(showing, owner, { basedOn: single(showing, owner.userId) })
  const nothing = { population: 0, populationInherited: 0, creation: 0 }
  return { ...team(showing, circle), ...nothing, initiator: member, owner: member, settings: [] }
}

/** A team in the answer to who leaves it: as it was, but for its owner, if that is who leaves. */
export function leftTeam(showing: Showing, circle: Circle, member: Member): PhpArray {
  const owner = circles.ownerOf(showing.world, circle.id)
  return team(showing, circle, {
    initiator: identity(showing, { ...member, id: '', circleId: '' }, { status: '' }),
    ...(owner && owner.userId !== member.userId ? { owner: keptMember(showing, owner) } : {}),
  })
}
