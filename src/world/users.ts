import { tableKey, type World } from './world.ts'

/** An account. Its id keeps the case it was made with; look-ups ignore case. */
export interface User {
  readonly id: string
  readonly password: string
  readonly displayName: string
  readonly enabled: boolean
  /** Seconds since 1970; 0: never. */
  readonly firstLogin: number
  readonly lastLogin: number
  readonly email: string | null
  /** As it was given: `none`, `default`, `5 GB`. */
  readonly quota: string
  readonly language: string
  readonly locale: string
  readonly timezone: string
  readonly firstDayOfWeek: string
  readonly manager: string
  readonly createdAt: number
}

/** Accounts by lower-case id. */
export const usersTable = tableKey<User>('users')

export function find(world: World, userId: string): User | undefined {
  return world.table(usersTable).get(userId.toLowerCase())
}

/** The account behind a login name: its id, in any case. */
export function findByLogin(world: World, login: string): User | undefined {
  return find(world, login)
}

export function checkPassword(user: User, password: string): boolean {
  return user.password === password
}

/** Remember a login; once a minute is enough for the real server too. */
export function recordLogin(world: World, user: User): void {
  const now = world.clock.seconds()
  if (user.firstLogin === 0) world.table(usersTable).patch(user.id.toLowerCase(), { firstLogin: now, lastLogin: now })
  else if (now - user.lastLogin > 60) world.table(usersTable).patch(user.id.toLowerCase(), { lastLogin: now })
}
