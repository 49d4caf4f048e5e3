import { defineEndpoint, p, s } from '#app/index.ts'
import { membersOf } from '#lib/json.ts'
import { isKeyed, isPhpArray, type PhpArray, toInt } from '#lib/php.ts'
import { byRelease } from '#lib/releases.ts'
import * as groups from '#world/accounts/groups.ts'
import * as users from '#world/accounts/users.ts'
import type { World } from '#world/world.ts'
import { contextOf, PROBE } from './circles.ts'
import { actingMember, addedParty, fullMember, listedMember, memberSchema, newMember, TYPE, teamFor } from './format.ts'
import { groupParty, mailParty, teamParty } from './party.ts'
import {
  type CircleArguments,
  FOR_MEMBERS,
  isKnownTo,
  looksAtCallerFirst,
  membershipOf,
  patronOf,
  refuse,
} from './refusals.ts'
import * as circles from './state.ts'
import { type Circle, CONFIG, LEVEL, type Level, type Member } from './state.ts'

const APP = 'circles'
const BASE = '/apps/circles/circles/{circleId}/members'
const MEMBER_PROBE = { ...PROBE, memberId: 'nosuchmember' }
const NO_CONTACTS = ['Contacts in teams'] as const
const ALREADY = 'Already member of the team'
const ITSELF = 'Cannot add Team as its own Member'

/** Whoever may take others in: moderators, and everybody where the team says so. */
const adderOf = (args: CircleArguments, circleId: string) => {
  const circle = circles.find(args.world, circleId)
  const friendly = circle !== undefined && (circle.config & CONFIG.friend) !== 0
  return membershipOf(args, circleId, friendly ? LEVEL.member : LEVEL.moderator)
}

/** A member that was just added, and the team as it was before. */
const added = (args: CircleArguments, member: Member, circle: PhpArray): PhpArray =>
  newMember(contextOf(args), member, { basedOn: addedParty(contextOf(args), member.userId), circle })

const NOBODY = 'empty user id'
/** What is looked for before anybody sees that it has no name (Nextcloud 32.0.2, 33.0.0 and 34.0.1, asked). */
const NO_TEAM = byRelease(NOBODY, { 34: 'Circle not found' })
const NAMED: ReadonlySet<number> = new Set([TYPE.user, TYPE.group, TYPE.mail])

/** What a request means by a type and an id; or else why not. */
function readParty(
  { world, me }: CircleArguments,
  type: number,
  id: string,
): string | readonly [code: 400 | 404, message: string] {
  if (id === '' && NAMED.has(type)) return [404, NOBODY]
  if (id === '' && type === TYPE.team) return [404, NO_TEAM.at(world.release)]
  if (type === TYPE.user) return users.find(world, id)?.id ?? [404, `user ${id} not found`]
  if (type === TYPE.group) return groups.find(world, id) ? groupParty(id) : [404, 'group not found']
  if (type === TYPE.mail) return mailParty(id)
  if (type === TYPE.single) return circles.partyOfSingle(world, id) ?? [404, 'singleId not found']
  if (type !== TYPE.team) return [400, '']
  const team = circles.find(world, id)
  return team && circles.isVisibleTo(world, team, me) ? teamParty(id) : [404, 'Circle not found']
}

const memberById = (world: World, circle: Circle, id: string) =>
  circles.entries(world, circle.id).find((member) => member.id === id)

/** Which members of a team strangers see. 34 shows those of teams that they may know, where it refuses nobody (asked). */
const TO_STRANGERS = byRelease<'all' | 'none' | 'known'>('all', { 33: 'none', 34: 'known' })

function showsStrangers(world: World, circleId: string, me: string): boolean {
  const shown = TO_STRANGERS.at(world.release)
  const circle = circles.find(world, circleId)
  return shown === 'all' || (shown === 'known' && circle !== undefined && isKnownTo(world, circle, me))
}

export const list = defineEndpoint({
  id: 'circles:GET /apps/circles/circles/{circleId}/members',
  app: APP,
  method: 'GET',
  path: BASE,
  access: 'user',
  summary: 'Who is in a team of the caller, by level and name; who waits, for moderators',
  input: {
    circleId: p.string(),
    fullDetails: p.bool().default(false).describe('With the team, and who owns the parties'),
    limit: p.limit().default(0).since(34, 0),
    search: p.string().default('').since(34, ''),
    role: p.int().orNull().since(34, null),
  },
  output: s.list(memberSchema),
  ...FOR_MEMBERS,
  probe: PROBE,
  handle: (args) => {
    const { input, world, me, ok } = args
    const found = membershipOf(args, input.circleId, 0)
    if (!found && looksAtCallerFirst(args)) return refuse(args, input.circleId)
    if (found ? found.member.level === 0 : !showsStrangers(world, input.circleId, me)) return ok([])
    const wanted = input.search.toLowerCase()
    const shown = circles
      .entries(world, input.circleId)
      .filter(({ level }) => input.role === null || level === input.role)
      .filter(({ userId }) => circles.nameOf(world, userId).toLowerCase().includes(wanted))
    const context = contextOf(args)
    const circle = input.fullDetails ? circles.find(world, input.circleId) : undefined
    const whole = circle && teamFor(context, circle, me)
    return ok(
      shown
        .slice(0, input.limit > 0 ? input.limit : undefined)
        .map((member) => (whole ? fullMember(context, member, whole) : listedMember(context, member))),
    )
  },
})

export const add = defineEndpoint({
  id: 'circles:POST /apps/circles/circles/{circleId}/members',
  app: APP,
  method: 'POST',
  path: BASE,
  access: 'user',
  summary: 'Take an account into a team, or invite it; or a group, an address, or another team',
  input: {
    circleId: p.string(),
    userId: p.string(),
    type: p.int().describe('1: an account, 2: a group, 4: an address, 16: a team, 0: any of these by its circle'),
  },
  output: memberSchema,
  ...FOR_MEMBERS,
  failures: {
    122: ALREADY,
    128: ITSELF,
    400: '',
    404: [NOBODY, 'user … not found', 'group not found', 'singleId not found', 'Circle not found'],
  },
  probe: { ...PROBE, userId: 'nobody', type: '1' },
  notImplemented: NO_CONTACTS,
  handle: (args) => {
    const { input, world, me, ok, fail } = args
    const found = adderOf(args, input.circleId)
    if (!found) return refuse(args, input.circleId)
    const party = readParty(args, input.type, input.userId)
    if (typeof party !== 'string') return fail(...party)
    const before = teamFor(contextOf(args), found.circle, me)
    const member = circles.add(world, found.circle, party, patronOf(args))
    if (member === 'itself') return fail(128)
    return member === 'already' ? fail(122) : ok(added(args, member, before))
  },
})

export const addMany = defineEndpoint({
  id: 'circles:POST /apps/circles/circles/{circleId}/members/multi',
  app: APP,
  method: 'POST',
  path: `${BASE}/multi`,
  access: 'user',
  summary: 'Take several into a team; those that are not there, or in it already, are left out',
  input: { circleId: p.string(), members: p.array().describe('Each with its `id` and `type`') },
  output: s.list(memberSchema),
  ...FOR_MEMBERS,
  failures: { 128: ITSELF },
  probe: PROBE,
  notImplemented: NO_CONTACTS,
  handle: (args) => {
    const { input, world, me, ok, fail } = args
    const found = adderOf(args, input.circleId)
    if (!found) return refuse(args, input.circleId)
    const entries = Object.values(input.members).filter(isPhpArray).map(membersOf)
    const known = entries
      .map(({ id, type }) => readParty(args, toInt(type), String(id)))
      .filter((party) => typeof party === 'string')
    const before = teamFor(contextOf(args), found.circle, me)
    const members = known.map((party) => circles.add(world, found.circle, party, patronOf(args)))
    if (members.includes('itself')) return fail(128)
    return ok(members.flatMap((member) => (typeof member === 'string' ? [] : [added(args, member, before)])))
  },
})

export const confirm = defineEndpoint({
  id: 'circles:PUT /apps/circles/circles/{circleId}/members/{memberId}',
  app: APP,
  method: 'PUT',
  path: `${BASE}/{memberId}`,
  access: 'user',
  summary: 'Let somebody in who asked for it',
  output: memberSchema,
  ...FOR_MEMBERS,
  failures: { 122: ALREADY, 404: '' },
  probe: MEMBER_PROBE,
  handle: (args) => {
    const { input, world, me, ok, fail } = args
    const found = adderOf(args, input.circleId)
    if (!found) return refuse(args, input.circleId, 'member')
    const waiting = memberById(world, found.circle, input.memberId)
    if (!waiting) return fail(404)
    const before = teamFor(contextOf(args), found.circle, me)
    const member = circles.add(world, found.circle, waiting.userId, patronOf(args))
    return typeof member === 'string' ? fail(122) : ok(added(args, member, before))
  },
})

export const remove = defineEndpoint({
  id: 'circles:DELETE /apps/circles/circles/{circleId}/members/{memberId}',
  app: APP,
  method: 'DELETE',
  path: `${BASE}/{memberId}`,
  access: 'user',
  summary: 'Take somebody out of a team who is of a lower level than the caller',
  output: s.empty(),
  ...FOR_MEMBERS,
  failures: { 404: '' },
  probe: MEMBER_PROBE,
  handle: (args) => {
    const { input, world, ok, fail } = args
    const found = membershipOf(args, input.circleId, LEVEL.moderator)
    if (!found) return refuse(args, input.circleId, 'member')
    const member = memberById(world, found.circle, input.memberId)
    if (!member) return fail(404)
    if (member.level >= found.member.level) return refuse(args, found.circle.id)
    circles.remove(world, found.circle, member.userId)
    return ok()
  },
})

const LEVELS: Readonly<Record<string, Level>> = LEVEL
const NO_LEVEL = 'Available levels: Member, Moderator, Admin, Owner'
const NO_LEVEL_NUMBER = 'Available levels: 1, 4, 8, 9'

export const setLevel = defineEndpoint({
  id: 'circles:PUT /apps/circles/circles/{circleId}/members/{memberId}/level',
  app: APP,
  method: 'PUT',
  path: `${BASE}/{memberId}/level`,
  access: 'user',
  summary: 'Give somebody in a team another level',
  input: { circleId: p.string(), memberId: p.string(), level: p.mixed().describe('Its name; in JSON its number too') },
  output: memberSchema,
  ...FOR_MEMBERS,
  failures: {
    121: [NO_LEVEL, NO_LEVEL_NUMBER],
    400: ['Insufficient rights', 'This member already have the selected level', 'This level cannot be edited'],
    404: '',
  },
  probe: { ...MEMBER_PROBE, level: 'member' },
  handle: (args) => {
    const { input, world, me, ok, fail } = args
    const found = membershipOf(args, input.circleId, LEVEL.moderator)
    const level = levelOf(input.level)
    const failLevel = () => fail(121, typeof input.level === 'number' ? NO_LEVEL_NUMBER : NO_LEVEL)
    if (level === null && !looksAtCallerFirst(args)) return failLevel()
    if (!found) return refuse(args, input.circleId, 'member')
    if (level === null) return failLevel()
    const member = memberById(world, found.circle, input.memberId)
    if (!member) return fail(404)
    if ((found.circle.config & CONFIG.personal) !== 0) return fail(400, 'This level cannot be edited')
    const before = teamFor(contextOf(args), found.circle, me)
    const changed = circles.setLevel(world, found.member, member, level)
    if (changed === 'has-it') return fail(400, 'This member already have the selected level')
    if (changed === 'not-allowed') return fail(400, 'Insufficient rights')
    return ok(actingMember(contextOf(args), changed, { circle: withoutAccountOfOwner(before) }))
  },
})

/** This one answer says less of a team's owner than all others (Nextcloud 34.0.1, asked). */
function withoutAccountOfOwner({ owner, ...circle }: PhpArray): PhpArray {
  const { basedOn: _, ...rest } = isKeyed(owner) ? owner : {}
  const { settings, ...named } = circle
  return settings === undefined ? { ...named, owner: rest } : { ...named, owner: rest, settings }
}

/** Numbers are known where they are numbers: a form has texts alone. */
function levelOf(value: unknown): Level | null {
  if (typeof value === 'number') return Object.values(LEVEL).find((level) => level === value) ?? null
  const name = String(value).toLowerCase()
  return Object.hasOwn(LEVELS, name) ? LEVELS[name]! : null
}
