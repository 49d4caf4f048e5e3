import * as groups from '#world/accounts/groups.ts'
import * as users from '#world/accounts/users.ts'
import { defineTable } from '#world/define-table.ts'
import type { World } from '#world/world.ts'
import { partyOf } from './party.ts'
import { circleRecord, type LEVEL, memberRecord } from './records.ts'

export type Level = (typeof LEVEL)[keyof typeof LEVEL]

/** A team of accounts; the app's own word for it is circle. */
export interface Circle {
  /** 31 letters and digits. */
  readonly id: string
  readonly name: string
  /** The name, with a number where another team has it. */
  readonly displayName: string
  readonly description: string
  /** Bits of `CONFIG`. */
  readonly config: number
  /** What apps keep with it. */
  readonly settings: Readonly<Record<string, string>>
  /** Seconds since 1970. */
  readonly createdAt: number
}

/** Who is in a team, or on the way into it. */
export interface Member {
  readonly id: string
  readonly circleId: string
  /** An account, or what {@link partyOf} reads: a group, an address or another team. */
  readonly userId: string
  /** 0 while the account is not yet a member. */
  readonly level: Level | 0
  readonly status: 'Member' | 'Invited' | 'Requesting'
  readonly invitedBy: string
  /** Seconds since 1970. */
  readonly joinedAt: number
  /** What a team was called when it was taken in: that is its id among members, whatever it is called since. */
  readonly calledThen?: string
}

/** Teams by id. */
export const circlesTable = defineTable<Circle>('circles', { record: circleRecord })
/** Members by `circle/party`. */
export const circleMembersTable = defineTable<Member>('circleMembers', {
  refersTo: { circleId: circlesTable },
  record: memberRecord,
})

export const keyOf = (circleId: string, userId: string): string => `${circleId}/${userId}`

export const find = (world: World, id: string): Circle | undefined => world.table(circlesTable).get(id)

/** A member, or who is on the way in. */
export const entryOf = (world: World, circleId: string, userId: string): Member | undefined =>
  world.table(circleMembersTable).get(keyOf(circleId, userId))

/** Ids of the teams that a party is in. */
export function withParty(world: World, userId: string): string[] {
  const table = world.table(circleMembersTable)
  return table
    .index('party', (member) => member.userId)
    .keysOf(userId)
    .map((key) => table.get(key)!.circleId)
}

/** Everybody in a team or on the way in: by level, then by name. */
export function entries(world: World, circleId: string): Member[] {
  const table = world.table(circleMembersTable)
  return table
    .index('circle', (member) => member.circleId)
    .keysOf(circleId)
    .map((key) => table.get(key)!)
    .sort((a, b) => b.level - a.level || (nameOf(world, a.userId) < nameOf(world, b.userId) ? -1 : 1))
}

export const members = (world: World, circleId: string): Member[] =>
  entries(world, circleId).filter(({ status }) => status === 'Member')

/** What a party is called. */
export function nameOf(world: World, userId: string): string {
  const { kind, name } = partyOf(userId)
  if (kind === 'user') return users.find(world, userId)?.displayName ?? userId
  if (kind === 'team') return find(world, name)?.displayName ?? name
  return kind === 'group' ? groups.find(world, name)?.displayName || name : name
}
